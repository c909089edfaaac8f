package content

import "strings"

// Prohibition is one kind of conduct that a document forbids, in its words.
type Prohibition struct {
	Text   string
	Source Source
}

// Prohibitions returns what the document forbids (严禁), clause by clause, in
// order. Notice 48 has four in one sentence, which are told apart at its
// commas.
func (p *Policy) Prohibitions() []Prohibition {
	var found []Prohibition
	for _, b := range p.Blocks {
		if b.Kind != Paragraph {
			continue
		}
		for _, clause := range strings.FieldsFunc(b.Text, func(r rune) bool { return strings.ContainsRune("，。；\n", r) }) {
			if strings.Contains(clause, "严禁") {
				found = append(found, Prohibition{clause, Source{Policy: p.ID, Place: b.ID, Quote: clause}})
			}
		}
	}
	return found
}
