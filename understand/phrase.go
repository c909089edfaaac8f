package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yangguang/pattern"
	"yangguang/search/hanzi"
)

// readPhrases finds the wordings of adverts, except where the text says that
// there is no such thing, forbids it or warns of it.
func (r *Reader) readPhrases(t *text, out *Reading) {
	for _, f := range r.phrases.scan(t.Norm) {
		words := t.Norm[f.from:f.to]
		before, after := t.clause(f.place)
		if inCompound(before, words) || denied(before, words, after) {
			continue
		}
		p := f.value
		out.Phrases = append(out.Phrases, Phrase{t.span(f.place), p.ID.Key(), p.Topic, p.Text, p.Law, p.Article})
	}
}

// clauseEnds end a clause; 、 does not, and neither does a word in quotes.
const clauseEnds = ",.;:!?，。；：！？｡~～|"

// longestClause is how many bytes of a clause are read on either side.
const longestClause = 120

// clause returns what stands before and after p in the same clause, folded. A
// line's end and a space end it too, as people write adverts.
func (t *text) clause(p place) (before, after string) { return t.clauseAround(t.span(p)) }

func (t *text) clauseAround(s Span) (before, after string) {
	from, to := s.From, s.To
	before, after = t.original[max(0, from-longestClause):from], t.original[to:min(len(t.original), to+longestClause)]
	ends := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(clauseEnds, r) }
	if i := strings.LastIndexFunc(before, ends); i >= 0 {
		_, width := utf8.DecodeRuneInString(before[i:])
		before = before[i+width:]
	}
	if i := strings.IndexFunc(after, ends); i >= 0 {
		after = after[:i]
	}
	return hanzi.Fold(before), hanzi.Fold(after)
}

// compounds are the characters with which 包 or 保 in front of a wording is a
// part of another word: 书包过大, 环保就业, 承包工作.
const compounds = "书面红钱背腰外承打荷皮挎提药蒙环医社担"

func inCompound(before, words string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return (strings.HasPrefix(words, "包") || strings.HasPrefix(words, "保")) && strings.ContainsRune(compounds, last)
}

// Denials. A ban covers its whole clause (严禁任何人以任何名义收占位费); 不 and 没有 only
// what they stand next to: 不限户籍包分配 promises it all the same.
var (
	// In a folded clause a comma is 、.
	bans = pattern.New(`(?:严禁|禁止|拒绝|杜绝|谨防|严防|警惕|抵制|打击|查处|取缔|反对|反感|不准|不许|不允许|不得|切勿|请勿|切莫|` +
		`(?:不要|别|勿|莫|不能|不可)(?:轻易|盲目)?(?:相信|轻信|听信|信))`)
	noChoice = "不得不"
	nothing  = pattern.New(`(?:不|没有?|无|未|非|从来?不|绝不|决不|概不|也不|都不|并不|毫无|没)` +
		`(?:会|能|可|再|曾|敢|存在|提供|承诺|允诺|许诺|保证|宣传|搞|设|设有|设立|接受|相信|参与|参加|组织|办理|开设|实行|是|有|会有|向|对|给|为|与|学生|家长|考生|新生|您|你|任何|所谓的?|什么|一切|额外|另外|其他|其它|各种|各类|形式的?|名义的?|的|")*$`)
	unpaid = pattern.New(`(?:不|没有?|未|无需|无须|不用|不需要?|不必|免|免除|从不|绝不|决不|概不|一律不)` +
		`(?:会|再|曾|要|得|向|对|学生|家长|考生|新生|您|你|额外|另外|另行|单独|预先|提前|收取?|收缴|收过|索要|索取|征收|交|缴|缴纳|交纳|付|支付|任何|所谓的?|什么|一切|其他|其它|各种|各类|形式的?|名义的?|的|")*` +
		`(?:\p{Han}{1,6}?[费金][,和或及与"])*$`)
	denial = pattern.New(`^(?:等|等等|之类|的说法|的承诺|这样的话|")*(?:费用)?(?:都|均|全|一律|一概|概|从|绝|也)*(?:不收|不承诺|不保证|不存在|不可信|不能信|不要信|没有|是假的|是骗|是违法|属违法|属于违法|系违法|违法|是谣言|涉嫌)`)
	fees   = []string{"费", "金"}
)

// denied reports whether the clause says of the words that it is not so.
func denied(before, words, after string) bool {
	before = strings.ReplaceAll(before, noChoice, "")
	if bans.MatchString(before) || nothing.MatchString(before) || denial.MatchString(after) {
		return true
	}
	for _, end := range fees {
		if strings.HasSuffix(words, end) && unpaid.MatchString(before) {
			return true
		}
	}
	return false
}
