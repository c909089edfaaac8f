package content

import (
	"slices"
	"strings"
)

// Plan is what a school plans to recruit for a specialty in a year (招生计划).
type Plan struct {
	Meta
	School    string `json:"school"`
	Specialty string `json:"specialty"`
	// Direction is the school's own branch of the specialty (专业方向).
	Direction string `json:"direction,omitempty"`
	Number    Figure `json:"number"`
	// Duration is the length of study (学制) in years, as printed: 3, 5, 3+2.
	Duration string `json:"duration,omitempty"`
	// Fee is in yuan a year, and Approval the document that allows it.
	Fee      Figure `json:"fee"`
	Approval string `json:"approval,omitempty"`
	// Partner is the school above that takes its pupils on (3+2).
	Partner string `json:"partner,omitempty"`
	Campus  string `json:"campus,omitempty"`
	Batch   string `json:"batch,omitempty"`
	Text    string `json:"text,omitempty"`
}

// Result is what became of a plan (录取结果): numbers of pupils, never names.
type Result struct {
	Meta
	School    string `json:"school"`
	Specialty string `json:"specialty"`
	Direction string `json:"direction,omitempty"`
	// Duration is the length of study, where a school has the specialty with
	// several.
	Duration string `json:"duration,omitempty"`
	Batch    string `json:"batch,omitempty"`
	Plan     Figure `json:"plan"`
	Admitted Figure `json:"admitted"`
	// Registered have their record set up (学籍注册), Filed had it filed (备案).
	Registered Figure `json:"registered"`
	Filed      Figure `json:"filed"`
	// Lowest is the lowest score admitted, as printed: 321.5.
	Lowest string `json:"lowest,omitempty"`
}

// PlanKey is the key of a plan or a result, made of what tells the rows of a
// sheet apart: school, specialty and, where there are several of both, what
// else they differ in.
func PlanKey(school, specialty string, apart ...string) string {
	key := append([]string{school, specialty}, apart...)
	return strings.Join(slices.DeleteFunc(key, func(s string) bool { return s == "" }), "-")
}

// PlanID returns the id of a plan.
func PlanID(year int, key string) ID { return yearly(TypePlan, year, key) }

// ResultID returns the id of a result.
func ResultID(year int, key string) ID { return yearly(TypeResult, year, key) }

// Plans returns a year's plans, in the order of their sheets.
func (s *Snapshot) Plans(year int) []*Plan { return ofYear[*Plan](s, TypePlan, year) }

// Results returns a year's results, in the order of their sheets.
func (s *Snapshot) Results(year int) []*Result { return ofYear[*Result](s, TypeResult, year) }

// PlansOf returns a school's plans, the newest year first.
func (s *Snapshot) PlansOf(school string) []*Plan { return ofSchool[*Plan](s, school) }

// ResultsOf returns a school's results, the newest year first.
func (s *Snapshot) ResultsOf(school string) []*Result { return ofSchool[*Result](s, school) }

// PlansFor returns the plans for a specialty, the newest year first.
func (s *Snapshot) PlansFor(specialty string) []*Plan {
	var out []*Plan
	for _, r := range s.about[SpecialtyID(specialty)] {
		if p, ok := r.(*Plan); ok {
			out = append(out, p)
		}
	}
	return out
}

// QualificationsOf returns a school's standing of every year, the newest first.
func (s *Snapshot) QualificationsOf(school string) []*Qualification {
	return ofSchool[*Qualification](s, school)
}

func ofSchool[T Record](s *Snapshot, school string) []T {
	var out []T
	for _, r := range s.about[SchoolID(school)] {
		if r, ok := r.(T); ok {
			out = append(out, r)
		}
	}
	return out
}

// subjects are the schools and specialties that a record is about.
func subjects(r Record) []ID {
	switch r := r.(type) {
	case *Qualification:
		return []ID{SchoolID(r.School)}
	case *Plan:
		return []ID{SchoolID(r.School), SpecialtyID(r.Specialty)}
	case *Result:
		return []ID{SchoolID(r.School)}
	case *Clarification:
		ids := make([]ID, len(r.Schools))
		for i, code := range r.Schools {
			ids[i] = SchoolID(code)
		}
		return ids
	}
	return nil
}
