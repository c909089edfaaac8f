package site

import (
	"yangguang/content"
)

// recordLists are the lists of schools and of what they recruit as data.
func (s *Site) recordLists() {
	addList(s, "/schools", schoolItems)
	addList(s, "/specialties", specialtyItems)
	addList(s, "/qualifications/:year<int>", qualificationItems)
	addList(s, "/plans/:year<int>", planItems)
	addList(s, "/results/:year<int>", resultItems)
	addList(s, "/bulletins/:year<int>", bulletinItems)
	addList(s, "/clarifications", clarificationItems)
}

// sourceAt is where a field of a record stands.
func (r *reading) sourceAt(of content.Record, field string) source {
	s := r.SourceOf(of, field)
	if sheet, ok := r.Sheet(s.Sheet); ok {
		s.Policy = sheet.Source.Policy
		return source{s.Policy, s.Place, s.URL}
	}
	return source{s.Policy, s.Place, s.Link()}
}

// figureAt is a figure with the cell that it stands in.
func (r *reading) figureAt(of content.Record, field string, n content.Figure) figure {
	f := figure{ID: content.FigureID(of.Head().ID, field), State: n.State, Source: r.sourceAt(of, field)}
	if n.State == content.HasValue {
		f.Value = &n.Value
	}
	return f
}

type schoolItem struct {
	ID        content.ID         `json:"id"`
	Code      string             `json:"code"`
	Name      string             `json:"name"`
	Short     []string           `json:"short"`
	Former    []string           `json:"former"`
	Kind      content.SchoolKind `json:"kind"`
	Ownership content.Ownership  `json:"ownership"`
	Sponsor   string             `json:"sponsor"`
	Authority string             `json:"authority"`
	UnitCode  string             `json:"unit_code"`
	AreaCode  string             `json:"area_code"`
	Area      string             `json:"area"`
	Addresses []string           `json:"addresses"`
	Phone     string             `json:"phone"`
	Website   string             `json:"website"`
	Boarding  string             `json:"boarding"`
	// StatusYear is the year of the status and of the specialties: the one in
	// which the list was asked for.
	StatusYear  int            `json:"status_year"`
	Status      content.Status `json:"status"`
	Specialties []string       `json:"specialties"`
	Source      source         `json:"source"`
	Version     int            `json:"version"`
	URL         string         `json:"url"`
	standing
}

func schoolItems(r *reading) listOf[schoolItem] {
	return itemsOf(r, content.TypeSchool, 0, r.Schools(), func(s *content.School) schoolItem {
		c := r.candidate(s, r.today.Year())
		i := schoolItem{
			ID: s.ID, Code: s.Code, Name: s.Name, Short: some(s.Short), Former: some(s.Former), Kind: s.Kind, Ownership: s.Ownership,
			Sponsor: s.Sponsor, Authority: s.Authority, UnitCode: s.Unit, AreaCode: s.Area, Area: r.AreaName(s.Area), Addresses: []string{},
			Phone: s.Phone, Website: s.URL, Boarding: s.Boarding, StatusYear: r.today.Year(), Status: c.status, Specialties: some(c.specialties),
			Source: r.sourceAt(s, "code"), Version: s.Version, URL: content.Path(s), standing: standingOf(&s.Meta),
		}
		if c.standing != nil {
			r.uses(c.standing)
		}
		for _, campus := range s.Campuses {
			i.Addresses = append(i.Addresses, campus.Address)
		}
		return i
	})
}

// some is a list that is never null.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

type specialtyItem struct {
	ID         content.ID `json:"id"`
	Code       string     `json:"code"`
	Name       string     `json:"name"`
	Class      string     `json:"class"`
	Family     string     `json:"family"`
	Years      string     `json:"years"`
	First      int        `json:"first"`
	Higher     []string   `json:"higher"`
	Vocational []string   `json:"vocational"`
	Bachelor   []string   `json:"bachelor"`
	Everyday   []string   `json:"everyday"`
	Source     source     `json:"source"`
	Version    int        `json:"version"`
	URL        string     `json:"url"`
	standing
}

func specialtyItems(r *reading) listOf[specialtyItem] {
	return itemsOf(r, content.TypeSpecialty, 0, r.Specialties(), func(p *content.Specialty) specialtyItem {
		return specialtyItem{
			p.ID, p.Code, p.Name, p.Class, p.Family, p.Years, p.First, some(p.Higher), some(p.Vocational), some(p.Bachelor), some(p.Everyday),
			r.sourceAt(p, "code"), p.Version, content.Path(p), standingOf(&p.Meta),
		}
	})
}

type qualificationItem struct {
	ID          content.ID     `json:"id"`
	School      string         `json:"school"`
	Name        string         `json:"name"`
	Status      content.Status `json:"status"`
	Reason      string         `json:"status_reason"`
	Scope       string         `json:"scope"`
	Document    string         `json:"document"`
	Date        string         `json:"date"`
	From        string         `json:"from"`
	To          string         `json:"to"`
	Specialties []string       `json:"specialties"`
	Addresses   []string       `json:"addresses"`
	Source      source         `json:"source"`
	Version     int            `json:"version"`
	URL         string         `json:"url"`
	standing
}

func qualificationItems(r *reading) listOf[qualificationItem] {
	return itemsOf(r, content.TypeQualification, r.year(), r.Qualifications(r.year()), func(q *content.Qualification) qualificationItem {
		return qualificationItem{
			q.ID, q.School, r.Name(q), q.Status, q.Reason, q.Scope, q.Document, q.Date.String(), q.From.String(), q.To.String(),
			some(q.Specialties), some(q.Addresses), r.sourceAt(q, "status"), q.Version, content.Path(q), standingOf(&q.Meta),
		}
	})
}

type planItem struct {
	ID            content.ID `json:"id"`
	School        string     `json:"school"`
	SchoolName    string     `json:"school_name"`
	Specialty     string     `json:"specialty"`
	SpecialtyName string     `json:"specialty_name"`
	Direction     string     `json:"direction"`
	Batch         string     `json:"batch"`
	Campus        string     `json:"campus"`
	Number        figure     `json:"number"`
	Duration      string     `json:"duration"`
	// Fee is in yuan a year.
	Fee      figure `json:"fee"`
	Approval string `json:"approval"`
	Partner  string `json:"partner"`
	Text     string `json:"text"`
	Version  int    `json:"version"`
	URL      string `json:"url"`
	standing
}

func planItems(r *reading) listOf[planItem] {
	return itemsOf(r, content.TypePlan, r.year(), r.Plans(r.year()), func(p *content.Plan) planItem {
		return planItem{
			ID: p.ID, School: p.School, SchoolName: r.SchoolName(p.School), Specialty: p.Specialty, SpecialtyName: r.SpecialtyName(p.Specialty),
			Direction: p.Direction, Batch: p.Batch, Campus: p.Campus, Number: r.figureAt(p, "number", p.Number), Duration: p.Duration,
			Fee: r.figureAt(p, "fee", p.Fee), Approval: p.Approval, Partner: p.Partner, Text: p.Text, Version: p.Version,
			URL: content.Path(p), standing: standingOf(&p.Meta),
		}
	})
}

type resultItem struct {
	ID            content.ID `json:"id"`
	School        string     `json:"school"`
	SchoolName    string     `json:"school_name"`
	Specialty     string     `json:"specialty"`
	SpecialtyName string     `json:"specialty_name"`
	Direction     string     `json:"direction"`
	Batch         string     `json:"batch"`
	Plan          figure     `json:"plan"`
	Admitted      figure     `json:"admitted"`
	Registered    figure     `json:"registered"`
	Filed         figure     `json:"filed"`
	Lowest        string     `json:"lowest"`
	Version       int        `json:"version"`
	URL           string     `json:"url"`
	standing
}

func resultItems(r *reading) listOf[resultItem] {
	return itemsOf(r, content.TypeResult, r.year(), r.Results(r.year()), func(o *content.Result) resultItem {
		return resultItem{
			ID: o.ID, School: o.School, SchoolName: r.SchoolName(o.School), Specialty: o.Specialty, SpecialtyName: r.SpecialtyName(o.Specialty),
			Direction: o.Direction, Batch: o.Batch, Plan: r.figureAt(o, "plan", o.Plan), Admitted: r.figureAt(o, "admitted", o.Admitted),
			Registered: r.figureAt(o, "registered", o.Registered), Filed: r.figureAt(o, "filed", o.Filed), Lowest: o.Lowest,
			Version: o.Version, URL: content.Path(o), standing: standingOf(&o.Meta),
		}
	})
}

type bulletinItem struct {
	ID         content.ID          `json:"id"`
	AsOf       string              `json:"as_of"`
	UnitCode   string              `json:"unit_code"`
	Unit       string              `json:"unit"`
	Row        content.BulletinRow `json:"row"`
	Graduates  figure              `json:"graduates"`
	Total      figure              `json:"total_hs"`
	General    figure              `json:"general_hs"`
	Vocational figure              `json:"vocational"`
	// Ratio and Rate are as the unit wrote them.
	Ratio   string `json:"ratio"`
	Rate    string `json:"rate"`
	Version int    `json:"version"`
	URL     string `json:"url"`
	standing
}

func bulletinItems(r *reading) listOf[bulletinItem] {
	return itemsOf(r, content.TypeBulletin, r.year(), r.Bulletins(r.year()), func(b *content.Bulletin) bulletinItem {
		return bulletinItem{
			b.ID, b.AsOf.String(), b.Unit, r.AreaName(b.Unit), b.Row, r.figureAt(b, "graduates", b.Graduates), r.figureAt(b, "total_hs", b.Total),
			r.figureAt(b, "general_hs", b.General), r.figureAt(b, "vocational", b.Vocational), b.Ratio, b.Rate, b.Version, content.Path(b), standingOf(&b.Meta),
		}
	})
}

type clarificationItem struct {
	ID       content.ID      `json:"id"`
	Claim    string          `json:"claim"`
	Seen     string          `json:"seen"`
	On       string          `json:"on"`
	Verdict  content.Verdict `json:"verdict"`
	Text     string          `json:"text"`
	Answered string          `json:"answered"`
	Days     *int            `json:"days"`
	Schools  []string        `json:"schools"`
	Source   source          `json:"source"`
	Version  int             `json:"version"`
	URL      string          `json:"url"`
	standing
}

func clarificationItems(r *reading) listOf[clarificationItem] {
	return itemsOf(r, content.TypeClarification, 0, r.Clarifications(), func(c *content.Clarification) clarificationItem {
		i := clarificationItem{
			c.ID, c.Claim, c.Seen, c.On.String(), c.Verdict, c.Text, c.Answered.String(), nil, some(c.Schools),
			r.sourceAt(c, "verdict"), c.Version, content.Path(c), standingOf(&c.Meta),
		}
		if n, ok := c.Days(); ok {
			i.Days = &n
		}
		return i
	})
}
