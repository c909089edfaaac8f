package understand

import (
	"slices"
	"strings"

	"yangguang/content"
	"yangguang/pattern"
	"yangguang/search/hanzi"
)

// Crisis is a word of somebody who may be in danger. It counts whatever the
// sentence says of it: 老师没有打我 is asked about too.
type Crisis struct {
	Span
	Kind content.CrisisKind `json:"kind"`
}

// Dangers are the kinds of danger that the text has words of, in its order.
func (r Reading) Dangers() []content.CrisisKind {
	kinds := make([]content.CrisisKind, len(r.Crisis))
	for i, c := range r.Crisis {
		kinds[i] = c.Kind
	}
	return kinds
}

// crises are the words of danger, and those in which they say something else.
type crises struct {
	words *gazetteer[danger]
	not   *gazetteer[struct{}]
}

// danger is what a word says. Exact is one without a gap.
type danger struct {
	kind  content.CrisisKind
	exact bool
}

func newCrises(records []*content.Crisis) crises {
	c := crises{newGazetteer[danger](), newGazetteer[struct{}]()}
	for _, r := range records {
		for _, w := range r.Words {
			c.words.add(w, danger{r.Kind, !strings.Contains(w, gap)})
		}
		for _, w := range r.Not {
			c.not.add(w, struct{}{})
		}
	}
	return c
}

// Crisis returns the words of danger in a text.
func (r *Reader) Crisis(s string) []Crisis {
	return r.crises.read(&text{original: s, Text: hanzi.Normalise(s)})
}

// read finds the words, from left to right. One that is a part of a word that
// says something else, or overlaps it (被打 in 被打折), does not count, unless it
// is written in full around it (不让打电话 around 打电话).
func (c crises) read(t *text) []Crisis {
	not := c.not.all(t.Norm)
	innocent := func(f finding[danger]) bool {
		return slices.ContainsFunc(not, func(n finding[struct{}]) bool {
			around := f.value.exact && f.from <= n.from && n.to <= f.to
			return f.overlaps(n.place) && !around
		})
	}
	var out []Crisis
	end := 0
	for _, f := range c.words.all(t.Norm) {
		if f.from < end || strings.ContainsAny(t.Norm[f.from:f.to], clauseEnds) || innocent(f) || f.value.kind == content.Missing && strangerGone(t.Norm, f.place) {
			continue
		}
		end = f.to
		out = append(out, Crisis{t.span(f.place), f.value.kind})
	}
	return lost(t, out)
}

// strangerGone reports whether it is somebody else who is out of reach: who took
// the money, 骗子联系不上. A child that is with them is out of reach too: 孩子和中介都
// 联系不上; and so is one of whom was spoken before: 孩子被骗子带走，联系不上.
func strangerGone(text string, p place) bool {
	from := strings.LastIndexAny(text[:p.to], clauseEnds) + 1
	gone := outOfReach.FindStringIndex(text[from:p.to])
	if gone == nil {
		return false
	}
	at := from + gone[0]
	who := stranger.FindStringIndex(text[from:at])
	if who != nil && !besideThem.MatchString(text[from:from+who[0]]) {
		return true
	}
	return !child.MatchString(text[:p.to]) && (dealing.MatchString(text[:at]) || dealing.MatchString(text[p.to:]))
}

// lost finds a child out of reach of whom an earlier clause speaks.
func lost(t *text, found []Crisis) []Crisis {
	for _, at := range outOfTouch.FindAllStringIndex(t.Norm, -1) {
		p := place{at[0], at[1]}
		s := t.span(p)
		known := slices.ContainsFunc(found, func(c Crisis) bool { return c.From < s.To && s.From < c.To })
		if !known && child.MatchString(t.Norm[max(0, p.from-longestClause):p.from]) && !strangerGone(t.Norm, p) && !stranger.MatchString(t.Norm[p.to:min(len(t.Norm), p.to+12)]) {
			found = append(found, Crisis{s, content.Missing})
		}
	}
	return found
}

const strangerWords = `骗子|骗我的人?|黑?中介|代理|代办|招生的?(?:人|老师|代理|办|处)?|对方|[收拿骗](?:了?我?们?的?)?(?:钱|定金|订金|费)的?(?:那个?)?人?|收款人|卖家|客服|业务员|介绍的?人|负责人|联系人|经办人|老板|机构|公司|校长|老师|班主任|主任|学校|办事的?人?|熟人|那头|那边`

var (
	outOfTouch = pattern.New(`联系不[上到]|失联`)
	outOfReach = pattern.New(`联系不[上到了]|失联|找不[到着]人?了?|不见了?人?|没(?:有)?(?:消息|音信|音讯)|失踪|没联系了|失去联系`)
	stranger   = pattern.New(`(?:` + strangerWords + `)(?:们|的?(?:那个)?人|那边|的?(?:手机|电话|微信|号码)|本人|后来|现在|一直|突然|忽然|已经|从此|再|都|就|也|却|又|直接|彻底|根本|,)*$`)
	besideThem = pattern.New(`(?:[和跟同与被随让在从去到离往]|带着?|连着?|以及|还有)[^和跟同与被随]{0,6}$`)
	child      = pattern.New(`孩子|小孩|娃|女儿|闺女|妮儿?|儿子|学生|同学|[弟妹姐哥]|孙|[室舍]友|家人|外甥|侄`)
	// dealing: it is about money, papers or an office.
	dealing = pattern.New(strangerWords + `|交.{0,4}[钱费]|付.{0,4}[钱款费]|转[了账]|收了|定金|[录成]|通知书|学籍|档案|招生办|教育局|热线|中专|职校|卫校`)
)

// all returns every place at which a pattern stands, from left to right, of
// those that begin at a character the longest first; other places may lie
// inside.
func (g *gazetteer[T]) all(text string) []finding[T] {
	var out []finding[T]
	for at, first := range text {
		for _, e := range g.byFirst[first] {
			if to, ok := e.match(text, at); ok && alone(text, at, to) {
				out = append(out, finding[T]{place{at, to}, e.value})
			}
		}
	}
	return out
}
