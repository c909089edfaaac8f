package bot

import (
	"yangguang/content"
)

// Directory is what a talk knows of the record: names of places and schools,
// and the labels of options, for those who type them. It is made of one
// snapshot and never changes.
type Directory struct {
	// Areas are the counties and districts, Schools the vocational schools.
	Areas, Schools []Place
	// Bureau is the code of the city's bureau.
	Bureau string
	names  map[string]string
	// areas and schools are the options for them.
	areas, schools []Option
	labels         map[string]string
}

// Place is a unit with its name.
type Place struct{ Code, Name string }

// NewDirectory returns the directory of a snapshot.
func NewDirectory(s *content.Snapshot) *Directory {
	d := &Directory{names: map[string]string{}, labels: s.Wording("talk").Texts}
	for _, u := range s.Units() {
		d.names[u.Code] = u.Name
		switch u.Kind {
		case content.County, content.District:
			d.Areas = append(d.Areas, Place{u.Code, u.Name})
		case content.MunicipalSchool, content.CountySchool:
			d.Schools = append(d.Schools, Place{u.Code, u.Name})
		case content.Bureau:
			d.Bureau = u.Code
		}
	}
	d.areas, d.schools = places(d.Areas), append(places(d.Schools), choice("school", Unlisted))
	return d
}

// Name returns the name of a unit, or the code where it is unknown.
func (d *Directory) Name(code string) string {
	if name, ok := d.names[code]; ok {
		return name
	}
	return code
}

// label is how an option is called.
func (d *Directory) label(o Option) string {
	if o.Text != "" {
		return o.Text
	}
	return d.labels[o.Key]
}
