package desk

import (
	"slices"
	"strconv"
	"strings"

	"yangguang/complaint"
	"yangguang/content"
)

// accusedRows is how many can be named in a form.
const accusedRows = 3

var (
	kindField = field{
		Name: "kind", Label: "是什么事", options: func(f *file) []option { return kinds(f.kept) },
		before: func(f *file) string { return string(f.Case.Kind) },
	}
	rerouteFields = append([]field{kindField}, accusedFields()...)
)

// kinds are what a complaint can be about, as far as they may be chosen.
func kinds(may func(complaint.Profile) bool) []option {
	var out []option
	for _, k := range complaint.Kinds() {
		if p, _ := k.Profile(); may(p) {
			out = append(out, option{string(k), p.Chinese})
		}
	}
	return out
}

// kept reports whether the case could be of that kind.
func (f *file) kept(p complaint.Profile) bool { return p.Kept && (!p.NeedsAbout || f.Case.About != "") }

// accusedFields are two choices for each who can be named: what it is and which.
func accusedFields() []field {
	var out []field
	for i := range accusedRows {
		n := strconv.Itoa(i + 1)
		out = append(out,
			field{
				Name: "accused" + n, Label: "对象" + n, options: func(*file) []option { return accusedKinds },
				before: func(f *file) string {
					if i < len(f.Case.Accused) {
						return string(f.Case.Accused[i].Kind)
					}
					return ""
				},
			},
			field{
				Name: "place" + n, Label: "对象" + n + "是哪个单位，或在哪里", options: (*file).places,
				before: func(f *file) string {
					if i < len(f.Case.Accused) {
						return placeOf(f.Case.Accused[i])
					}
					return ""
				},
			})
	}
	return out
}

var accusedKinds = func() []option {
	out := []option{{"", "没有"}}
	for _, k := range []complaint.AccusedKind{
		complaint.VocationalSchool, complaint.JuniorSchool, complaint.Teacher, complaint.Schoolmate, complaint.Agent, complaint.CountyItself, complaint.UnknownPerson,
		complaint.BureauItself,
	} {
		out = append(out, option{string(k), accusedWords[k]})
	}
	return out
}()

// placeOf is the value of the choice for somebody accused.
func placeOf(a complaint.Accused) string {
	switch {
	case a.Unit != "":
		return "unit:" + a.Unit
	case a.Area != "":
		return "area:" + a.Area
	}
	return ""
}

// places are the units of the record, and the counties as places.
func (f *file) places() []option {
	out := places(f.visit.Snapshot)
	for _, a := range f.Case.Accused {
		own := option{placeOf(a), f.unit(a.Unit + a.Area)}
		if !slices.ContainsFunc(out, func(o option) bool { return o.Value == own.Value }) {
			out = append(out, own)
		}
	}
	return out
}

func places(s *content.Snapshot) []option {
	out := []option{{"", "不清楚，或名单里没有"}}
	for _, u := range s.Units() {
		switch u.Kind {
		case content.Bureau:
		case content.County, content.District:
			out = append(out, option{"area:" + u.Code, "在" + u.Name})
		case content.MunicipalSchool, content.CountySchool:
			out = append(out, option{"unit:" + u.Code, u.Name})
		}
	}
	return out
}

// accusedTyped are who was named in the form.
func accusedTyped(get func(string) string) []complaint.Accused {
	var out []complaint.Accused
	for i := range accusedRows {
		n := strconv.Itoa(i + 1)
		kind := complaint.AccusedKind(get("accused" + n))
		if kind == "" {
			continue
		}
		a := complaint.Accused{Kind: kind}
		place := get("place" + n)
		if unit, ok := strings.CutPrefix(place, "unit:"); ok {
			a.Unit = unit
		}
		if area, ok := strings.CutPrefix(place, "area:"); ok {
			a.Area = area
		}
		out = append(out, a)
	}
	return out
}

func reroute(p press) []complaint.Action {
	f := complaint.Facts{Kind: complaint.Kind(p.get("kind")), Accused: accusedTyped(p.get)}
	if k, _ := f.Kind.Profile(); k.NeedsAbout {
		f.About = p.Case.About
	}
	return act(complaint.Action{Move: complaint.Reroute, Facts: f})
}
