package content

import "slices"

// Duty is something that the public should see: what, by whom, and where it
// stands. It stands on the page 尚未公开 until it is met.
type Duty struct {
	Meta
	Name  string `json:"name"`
	Text  string `json:"text"`
	Owner string `json:"owner"`
	// Ordered is true where the document orders it to be published; the others
	// it orders to be done, and does not say that the public is told.
	Ordered bool `json:"ordered,omitempty"`
	// Met is the type of record that meets it.
	Met Type `json:"met,omitempty"`
	// Due is when, in words, as far as a document says so.
	Due string `json:"due,omitempty"`
	// Ask is where a family can ask meanwhile.
	Ask string `json:"ask,omitempty"`
}

// Met reports whether what the duty asks for is published for the duty's own
// year: a document of another year does not meet it. Schools, specialties and
// clarifications are of no year.
func (s *Snapshot) Met(d *Duty) bool {
	switch d.Met {
	case "":
		return false
	case TypeSchool, TypeSpecialty, TypeClarification:
		return s.Has(d.Met)
	}
	return slices.Contains(s.Years(d.Met), d.Year)
}
