package understand

import (
	"cmp"
	"slices"
	"strings"

	"yangguang/pattern"
)

// Sum is a sum of money in a story. Demanded: it reads as what was asked for,
// paid or kept back, not as what something else costs or should.
type Sum struct {
	Amount
	Demanded bool
}

// Compare puts what was demanded first, of several the greater.
func (s Sum) Compare(o Sum) int {
	if s.Demanded != o.Demanded {
		if s.Demanded {
			return -1
		}
		return 1
	}
	return cmp.Compare(o.Yuan, s.Yuan)
}

var (
	demanding = pattern.New(`[收交缴要付扣退欠骗罚押花转塞返抽赔买卖抵]|打给|给了|拿走|报价|开价|定金|回扣|提成|人头|好处|占位|一个学生|每个学生|送一个|介绍一个|推荐一个`)
	comparing = pattern.New(`外面|市场价|市面|网上|公示|标准|规定|应该|应当|原价|原来|别的|别人|人家|政策|工资|月薪|年薪|底薪|一个月|一天给|每天给|补助|补贴|助学金|才[卖要收]?$|只[卖要收]$|成本|实际(?:只|才)?值|值$|说好$|讲好$|答应$|承诺`)
)

// promised: what somebody is to earn, as adverts say it: 保底六千五, 月薪八千, 一个月七千起.
var promised = pattern.New(`(?:保底|底薪|起薪|月薪|年薪|月入|年入|薪资|待遇)(?:是|为|有|能|可达|高达|至少|最低|保证|:)*$`)

// sumsOf are the sums of a story, the likeliest first.
func sumsOf(t *text, r Reading) []Sum {
	var out []Sum
	for _, a := range r.Amounts {
		before, after := t.clauseAround(a.Span)
		if promised.MatchString(before) || strings.HasPrefix(after, "起") {
			continue
		}
		says := demanding.MatchString(before) || demanding.MatchString(after)
		out = append(out, Sum{a, says && !comparing.MatchString(before) && !comparing.MatchString(after)})
	}
	slices.SortStableFunc(out, Sum.Compare)
	return out
}
