package understand

import (
	"fmt"
	"strconv"
	"strings"

	"yangguang/content"
	"yangguang/pattern"
	"yangguang/search/hanzi"
)

// document is a document number taken apart: 焦教文 2022 48.
type document struct {
	issuer    string
	year, seq int
	number    string // as issued
	policy    string // its id, where it is on this site
}

var issued = pattern.New(`^(\p{Han}+)\(?(\d{4})\)?第?(\d{1,4})号$`)

// documents are the documents of this site and those they name.
func documents(policies []*content.Policy) []document {
	var out []document
	add := func(number, policy string) {
		m := issued.FindStringSubmatch(hanzi.Fold(number))
		if m == nil {
			return
		}
		year, _ := strconv.Atoi(m[2])
		seq, _ := strconv.Atoi(m[3])
		out = append(out, document{m[1], year, seq, number, policy})
	}
	for _, p := range policies {
		add(p.Number, string(p.ID))
	}
	for _, p := range policies {
		for _, r := range p.Relations {
			add(r.Number, "")
		}
	}
	return out
}

// written are the writings of a document number: with its issuer, with its
// year, or as people say it (48号文).
var written = []*pattern.Pattern{
	pattern.New(`(\p{Han}{2,6})\(?((?:19|20)\d{2})\)?年?第?[ -]?(\d{1,4})号?(?:文件?|通知)?`),
	pattern.New(`()\(?((?:19|20)\d{2})\)?年?第?(\d{1,4})号(?:文件?|通知)?`),
	pattern.New(`(\p{Han}{2,6}?)()第?(\d{1,4})号(?:文件?|通知)?`),
	pattern.New(`()()第?(\d{1,4})号(?:文件|文|通知)`),
	pattern.New(`^()()第?(\d{1,4})号$`),
}

func (r *Reader) readNumbers(t *text, out *Reading) {
	if !strings.ContainsAny(t.Norm, "0123456789") {
		return
	}
	for _, form := range written {
		for _, m := range form.FindAllStringSubmatchIndex(t.Norm, -1) {
			r.readNumber(t, out, m)
		}
	}
}

// readNumber keeps a number whose parts are those of a known document, or one
// that is written out with issuer and year.
func (r *Reader) readNumber(t *text, out *Reading, m []int) {
	issuer, year, seq := t.Norm[m[2]:m[3]], atoi(t.Norm[m[4]:m[5]]), atoi(t.Norm[m[6]:m[7]])
	p := place{m[0], m[1]}
	for _, d := range r.documents {
		if d.seq != seq || year != 0 && d.year != year || issuer != "" && !strings.HasSuffix(issuer, d.issuer) && year == 0 {
			continue
		}
		if i := strings.LastIndex(issuer, d.issuer); issuer != "" {
			switch {
			case i >= 0:
				p.from = m[2] + i
			case endsLikeIssuer(issuer):
				continue
			default: // words in front that are no issuer: 看看2022年48号文
				p.from = m[3]
			}
		}
		if t.free(p) {
			t.take(p)
			out.Numbers = append(out.Numbers, Number{t.span(p), d.number, d.policy})
		}
		return
	}
	number := ""
	switch said := t.Norm[p.from:p.to]; {
	case year != 0 && endsLikeIssuer(issuer):
		number = fmt.Sprintf("%s〔%d〕%d号", issuer, year, seq)
	case issuer == "" && (strings.HasSuffix(said, "号文") || strings.HasSuffix(said, "号文件")):
		number = fmt.Sprintf("%d号文", seq)
	}
	if number != "" && t.free(p) {
		t.take(p)
		out.Numbers = append(out.Numbers, Number{t.span(p), number, ""})
	}
}

// endsLikeIssuer: the letters in front of the year end in the kind of document.
func endsLikeIssuer(s string) bool {
	for _, end := range []string{"文", "字", "函", "发", "办", "成", "通", "令"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
