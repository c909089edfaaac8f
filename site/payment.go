package site

import (
	"strings"

	"yangguang/pattern"
)

// moneyWords tell by which way a sum goes: words of paying; words of fees,
// which only count where nothing says that the fee is waived; words of money
// that a pupil gets or gets back.
var moneyWords = pattern.New(
	`(?P<waived>减免|免(?:交|缴|收|除|费|学|住|书|杂)|退|返|补助|补贴|助学金|奖学金|奖励|资助|收入|工资|薪|报酬)` +
		`|(?P<pay>交|缴|付|押金|定金|订金|保证金|转账|汇款|打款|只要|只需|需要)` +
		`|(?P<fee>费|收)`)

const clauseEnds = "，。；！？：,;!?\n"

// asksToPay reports whether a text asks for the sum that stands at these
// bytes: 交500元, 500元押金, but not 助学金每年2000元. It reads the clause of the
// sum, before it and only where that says nothing behind it.
func asksToPay(text string, from, to int) bool {
	before, after := text[:from], text[to:]
	if i := strings.LastIndexAny(strings.TrimRight(before, "：: "), clauseEnds); i >= 0 {
		before = before[i:]
	}
	if i := strings.IndexAny(after, clauseEnds); i >= 0 {
		after = after[:i]
	}
	pays, said := paysIn(before)
	if !said {
		pays, _ = paysIn(after)
	}
	return pays
}

// paysIn reads the money words of a clause in order; the last one holds.
func paysIn(clause string) (pays, said bool) {
	waived := false
	for _, m := range moneyWords.FindAllStringSubmatch(clause, -1) {
		said = true
		switch {
		case m[1] != "":
			pays, waived = false, true
		case m[2] != "":
			pays = true
		default:
			pays = pays || !waived
		}
	}
	return pays, said
}
