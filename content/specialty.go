package content

// Specialty is a specialty of the state catalogue (专业目录).
type Specialty struct {
	Meta
	Code   string `json:"code"` // six digits
	Name   string `json:"name"`
	Class  string `json:"class"`
	Family string `json:"family"`
	// Years is the length of study as the catalogue prints it (三年), empty
	// where it does not.
	Years string `json:"years,omitempty"`
	// First is the year of the edition of the catalogue in which it appeared.
	First int `json:"first,omitempty"`
	// Where it leads: specialties of higher vocational schools, of vocational
	// and of other bachelors' courses, as the catalogue's descriptions name them.
	Higher     []string `json:"higher,omitempty"`
	Vocational []string `json:"vocational,omitempty"`
	Bachelor   []string `json:"bachelor,omitempty"`
	// Everyday are the words families use: 汽修.
	Everyday []string `json:"everyday,omitempty"`
}

// SpecialtyID returns the id of a specialty.
func SpecialtyID(code string) ID { return yearly(TypeSpecialty, 0, code) }

// Specialty returns the specialty of that code.
func (s *Snapshot) Specialty(code string) (*Specialty, bool) {
	r, ok := s.records[SpecialtyID(code)].(*Specialty)
	return r, ok
}

// Specialties returns the catalogue, in its order.
func (s *Snapshot) Specialties() []*Specialty { return list[*Specialty](s, TypeSpecialty) }

// In reports whether the catalogue that holds in that year has the specialty.
func (p *Specialty) In(year int) bool { return year >= p.First }
