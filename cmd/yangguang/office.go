package main

import (
	"context"
	"strings"
	"sync"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/staff"
)

// office is the complaint office over the record that is up, the officers as
// they are at the moment of a question, and the keys.
func (h *house) office(keys *seal.Keys, officers func(context.Context) ([]staff.Officer, error)) *complaint.Office {
	var units tree
	return &complaint.Office{
		Book: h.db.Book(), Sealer: keys, MAC: keys.MAC, Now: h.now,
		Roster: func(ctx context.Context) (*complaint.Roster, error) {
			all, err := officers(ctx)
			if err != nil {
				return nil, err
			}
			org, err := units.of(h.board.Snapshot())
			if err != nil {
				return nil, err
			}
			return rosterIn(org, all), nil
		},
		Calendar: func() *calendar.Calendar { return h.board.Snapshot().WorkingDays() },
		Windows: func() []complaint.Window {
			return windowsOf(h.board.Snapshot(), calendar.DateOf(h.now()).Year())
		},
	}
}

// tree is the organisation as the edition that is up has it, built once for
// each: everybody who files or looks asks for it.
type tree struct {
	mu     sync.Mutex
	public *content.Snapshot
	org    *complaint.Org
}

func (t *tree) of(public *content.Snapshot) (*complaint.Org, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.org == nil || t.public != public {
		org, err := complaint.NewOrg(unitsOf(public))
		if err != nil {
			return nil, err
		}
		t.public, t.org = public, org
	}
	return t.org, nil
}

// rosterOf seats the officers at the units as they are published.
func rosterOf(public *content.Snapshot, officers []staff.Officer) (*complaint.Roster, error) {
	org, err := complaint.NewOrg(unitsOf(public))
	if err != nil {
		return nil, err
	}
	return rosterIn(org, officers), nil
}

func rosterIn(org *complaint.Org, officers []staff.Officer) *complaint.Roster {
	r := &complaint.Roster{Org: org}
	for _, o := range officers {
		roles := make([]complaint.Role, len(o.Roles))
		for i, role := range o.Roles {
			roles[i] = complaint.Role(role)
		}
		r.Officers = append(r.Officers, complaint.Officer{
			ID: complaint.OfficerID(o.ID), Units: o.Units, Interests: o.Interests, Roles: roles, Active: o.State == staff.Active,
		})
	}
	return r
}

// sections are those of the bureau that hold a duty of their own.
var sections = []complaint.Duty{complaint.Vocational, complaint.Registry, complaint.StudentAid, complaint.Discipline}

// unitsOf returns the units that can hold a case or be accused, as they are
// published: the bureau with its sections, the counties, the schools under who
// runs them.
func unitsOf(public *content.Snapshot) []complaint.Unit {
	bureau := bureauOf(public)
	var out []complaint.Unit
	for _, u := range public.Units() {
		switch u.Kind {
		case content.Bureau:
			out = append(out, complaint.Unit{Code: u.Code, Level: complaint.CityLevel})
			for _, duty := range sections {
				out = append(out, complaint.Unit{Code: u.Code + "." + string(duty), Parent: u.Code, Level: complaint.SectionLevel, Duty: duty})
			}
		case content.County, content.District:
			out = append(out, complaint.Unit{Code: u.Code, Parent: bureau, Level: complaint.CountyLevel})
		case content.MunicipalSchool:
			out = append(out, complaint.Unit{Code: u.Code, Parent: bureau, Level: complaint.SchoolLevel})
		case content.CountySchool:
			county, _, _ := strings.Cut(u.Code, "-")
			out = append(out, complaint.Unit{Code: u.Code, Parent: county, Level: complaint.SchoolLevel})
		}
	}
	return out
}

// bureauOf returns the code of the bureau whose record it is, "" for none.
func bureauOf(public *content.Snapshot) string {
	for _, u := range public.Units() {
		if u.Kind == content.Bureau {
			return u.Code
		}
	}
	return ""
}

// The keys of the dates between which pupils fill in their choices.
const (
	formsOpen  = "forms-open"
	formsClose = "forms-close"
)

// windowsOf returns the windows that the year's own dates open. What is of
// another year is history and opens none.
func windowsOf(public *content.Snapshot, year int) []complaint.Window {
	var out []complaint.Window
	forms := complaint.Window{Season: complaint.FormsOpen, Year: year}
	for _, d := range public.KeyDates(year) {
		switch key := d.ID.Key(); {
		case d.Date.IsZero(): // counted from an event
		case key == formsOpen:
			forms.From = d.Date
		case key == formsClose:
			forms.ID, forms.To = string(d.ID), d.Date
		case d.Season != "" && d.Deadline:
			out = append(out, complaint.Approaching(string(d.ID), year, d.Date))
		}
	}
	return append(out, forms) // open on no day while one of its ends is unknown
}
