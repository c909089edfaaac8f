package search

import (
	"strings"

	"yangguang/content"
)

// helpPage is the document that says whom to call in danger.
const helpPage = TypePage + "/complain#danger"

// help is the answer to somebody who may be in danger: whom to call, in the
// words of the record. It goes before every other answer.
func (e *edition) help(dangers []content.CrisisKind) *Answer {
	contacts, page := e.snapshot.Help(dangers...), e.docs[helpPage]
	if len(contacts) == 0 {
		return nil
	}
	lines := make([]string, len(contacts))
	for i, c := range contacts {
		lines[i] = strings.Join(filled(c.Phone, c.Name, c.Text), " ")
	}
	return &Answer{
		ID: page.ID, Title: page.Title, Text: strings.Join(lines, "\n"), URL: page.URL,
		Source: e.sourceOf(contacts[0].Head()),
	}
}
