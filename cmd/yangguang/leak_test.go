package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"maps"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/site"
	"yangguang/site/desk"
	"yangguang/site/page"
	"yangguang/staff"
	"yangguang/store"
)

// city is a random organisation with its officers, its cases and the desk as it
// is served, on a real database.
type city struct {
	*mathrand.Rand
	t       *testing.T
	base    string
	parent  map[string]string // of each unit
	units   []complaint.Unit
	kinds   []complaint.Kind
	mu      sync.Mutex
	people  []staff.Officer // their ties change
	office  *complaint.Office
	keys    *seal.Keys
	routes  []string // GET /desk/cases/:number …
	doors   map[string]*http.Client
	cases   []*filedCase
	forms   map[string]bool // the names of forms that any page offered
	refused int
}

// filedCase is a case with what must not reach who may not see it.
type filedCase struct {
	complaint.Filed
	against []complaint.Accused
	barred  []string // units that the law keeps from it
	recused map[string]bool
	marks   []string
}

// TestNobodyReadsWhatTheyAreAccusedOf is the promise of the desk: over random
// organisations, officers and cases, who may not see a case finds nothing of it
// on any path, and every address answers as if there were none.
func TestNobodyReadsWhatTheyAreAccusedOf(t *testing.T) {
	looked, hidden, byLaw := 0, 0, 0
	for seed := range uint64(5) {
		c := newCity(t, seed)
		for range 12 {
			c.fileOne()
		}
		for range 40 {
			c.act()
		}
		c.tie()
		c.learnForms()
		for _, o := range c.people {
			pages := c.lists(o.ID)
			for _, one := range c.cases {
				looked++
				sees := c.sees(o.ID, one)
				if c.keptFrom(o, one) {
					byLaw++
					if sees {
						t.Fatalf("seed %d: %+v sees %s against %+v", seed, o, one.Number, one.against)
					}
				}
				if !sees {
					hidden++
					c.nothingOf(one, o.ID, pages)
					c.asIfNone(one, o.ID)
				}
			}
		}
		c.quietlyNew()
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Logf("%d pairs of officer and case, %d hidden, %d of them by law", looked, hidden, byLaw)
	if hidden < 150 || byLaw < 50 {
		t.Error("too few pairs for the test to say anything")
	}
}

func newCity(t *testing.T, seed uint64) *city {
	t.Helper()
	c := &city{
		Rand: mathrand.New(mathrand.NewPCG(seed, 11)), t: t, parent: map[string]string{}, doors: map[string]*http.Client{}, forms: map[string]bool{},
	}
	c.found()
	for n := range 7 {
		c.people = append(c.people, c.officer(fmt.Sprint("o", n)))
	}
	take := c.officer("intake")
	take.Units, take.Interests = []string{"410800"}, nil
	take.Roles = []staff.Role{staff.Intake, staff.Triage, staff.Handler, staff.Discipline, staff.Editor}
	c.people = append(c.people, take)
	c.open()
	return c
}

// found makes the units: a bureau, sections, counties with sections, schools.
func (c *city) found() {
	add := func(code, parent string, level complaint.Level, duty complaint.Duty) {
		c.units = append(c.units, complaint.Unit{Code: code, Parent: parent, Level: level, Duty: duty})
		c.parent[code] = parent
	}
	duties := append(slices.Clone(sections), complaint.Publishing)
	add("410800", "", complaint.CityLevel, "")
	for n := range c.IntN(4) {
		add(fmt.Sprint("410800.s", n), "410800", complaint.SectionLevel, duties[c.IntN(len(duties))])
	}
	for n := range 1 + c.IntN(3) {
		county := fmt.Sprint("41082", n)
		add(county, "410800", complaint.CountyLevel, "")
		for s := range c.IntN(2) {
			add(fmt.Sprint(county, ".s", s), county, complaint.SectionLevel, duties[c.IntN(len(duties))])
		}
		for s := range 1 + c.IntN(2) {
			add(fmt.Sprint(county, "-0", s), county, complaint.SchoolLevel, "")
		}
	}
	for n := range 1 + c.IntN(2) {
		add(fmt.Sprint("410800-0", n), "410800", complaint.SchoolLevel, "")
	}
	for _, k := range complaint.Kinds() {
		if p, _ := k.Profile(); p.Kept {
			c.kinds = append(c.kinds, k)
		}
	}
}

func (c *city) unit() string { return c.units[c.IntN(len(c.units))].Code }

func (c *city) officer(id string) staff.Officer {
	o := staff.Officer{ID: id, Name: "席位" + id, Units: []string{c.unit()}}
	if c.IntN(2) == 0 { // most cases lie at the bureau
		o.Units = []string{"410800"}
	}
	if c.IntN(3) == 0 {
		o.Units = append(o.Units, c.unit())
	}
	if c.IntN(2) == 0 {
		o.Interests = []string{c.unit()}
	}
	all := staff.Roles()
	for range 1 + c.IntN(8) {
		o.Roles = append(o.Roles, all[c.IntN(len(all))])
	}
	slices.Sort(o.Roles)
	o.Roles = slices.Compact(o.Roles)
	return o
}

// open serves the desk of the city.
func (c *city) open() {
	t := c.t
	folder := t.TempDir()
	db, err := store.Open(t.Context(), store.Config{Folder: folder})
	must(t, err)
	c.keys, err = seal.MakeKeys(filepath.Join(folder, keyName))
	must(t, err)
	board, err := content.NewBoard(t.Context(), db.Shelf())
	must(t, err)
	trial, err := staff.NewTrial(c.people...)
	must(t, err)
	links := map[string]string{}
	for _, o := range c.people {
		links[o.ID] = trial.Link(o.ID)
	}
	clock := func() time.Time { return autumn }
	h := &house{db: db, board: board, now: clock}
	door := newDoor(staff.NewMemory(), trial, c.keys, page.NewMeter(clock), clock)
	c.office = h.office(c.keys, door.Officers)
	org, err := complaint.NewOrg(c.units)
	must(t, err)
	c.office.Roster = func(context.Context) (*complaint.Roster, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		active := trial.Officers()
		for i := range active {
			active[i].Interests = c.people[i].Interests
		}
		return rosterIn(org, active), nil
	}
	days, err := calendar.New(nil)
	must(t, err)
	c.office.Calendar = func() *calendar.Calendar { return days }
	public, err := site.New(site.Config{Board: board, Office: c.office, Identity: site.Trial, Now: clock})
	must(t, err)
	must(t, desk.New(desk.Config{Office: c.office, Door: door, Mint: c.keys.Mint, Identity: site.Trial, Now: clock}).Mount(public.Server))
	for _, r := range public.App.GetRoutes(true) {
		if strings.HasPrefix(r.Path, "/desk/cases/") && r.Method != http.MethodHead {
			c.routes = append(c.routes, r.Method+" "+r.Path)
		}
	}
	c.base = serveOn(t, public)
	t.Cleanup(func() { must(t, db.Close()) })
	for id, link := range links {
		v := (&program{base: c.base}).visitor(t)
		v.get(t, "/desk/enter/"+link)
		v.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		c.doors[id] = v.client
	}
}

// fileOne files a complaint of any kind against anybody; what the office
// refuses is no case.
func (c *city) fileOne() {
	kind := c.kinds[c.IntN(len(c.kinds))]
	p, _ := kind.Profile()
	one := &filedCase{recused: map[string]bool{}}
	about := ""
	if p.NeedsAbout {
		about = "target/2022#number"
	}
	if len(p.Against) > 0 {
		for range 1 + c.IntN(2) {
			one.against = append(one.against, c.accused(p.Against[c.IntN(len(p.Against))]))
		}
	}
	for _, a := range one.against {
		one.barred = append(one.barred, a.Unit)
		if p.BarsCounty {
			one.barred = append(one.barred, c.countyOf(a))
		}
	}
	one.barred = slices.DeleteFunc(one.barred, func(u string) bool { return u == "" })
	mark := func() string {
		m := "mark" + rand.Text()[:12]
		one.marks = append(one.marks, m)
		return m
	}
	receipt, err := complaint.NewReceipt(rand.Reader)
	must(c.t, err)
	id := rand.Text()
	d := complaint.Draft{
		ID: id, Receipt: receipt, Key: c.keys.Mint(id), Kind: kind, Accused: one.against, About: about, Identity: complaint.Sealed,
		Channel: complaint.WebForm, Words: []byte("写了" + mark()), Who: []byte(mark()), Urgent: c.IntN(5) == 0,
	}
	if len(one.against) > 0 {
		d.AccusedName = []byte(mark())
	}
	one.Filed, err = c.office.File(c.t.Context(), d)
	if errors.Is(err, complaint.ErrRefused) || errors.Is(err, complaint.ErrIncomplete) {
		c.refused++
		return
	}
	must(c.t, err)
	one.marks = append(one.marks, string(one.Number), one.Number.String(), receipt.Reveal())
	c.cases = append(c.cases, one)
}

func (c *city) accused(kind complaint.AccusedKind) complaint.Accused {
	var fit []complaint.Accused
	for _, u := range c.units {
		school := u.Level == complaint.SchoolLevel
		switch {
		case kind == complaint.VocationalSchool && school:
			fit = append(fit, complaint.Accused{Kind: kind, Unit: u.Code})
		case kind != complaint.VocationalSchool && u.Level == complaint.CountyLevel:
			fit = append(fit, complaint.Accused{Kind: kind, Area: u.Code})
		}
	}
	return fit[c.IntN(len(fit))]
}

// countyOf returns the county in which the accused is, "" at the city's own.
func (c *city) countyOf(a complaint.Accused) string {
	if a.Unit != "" && c.parent[a.Unit] != "410800" {
		return c.parent[a.Unit]
	}
	return a.Area
}

// keptFrom says by the law alone whether o is kept from the case: who sits at
// the accused or below, or has a tie there, and who stepped back.
func (c *city) keptFrom(o staff.Officer, one *filedCase) bool {
	if one.recused[o.ID] {
		return true
	}
	for _, u := range slices.Concat(o.Units, o.Interests) {
		for ; u != ""; u = c.parent[u] {
			if slices.Contains(one.barred, u) {
				return true
			}
		}
	}
	return false
}

// sees asks the office.
func (c *city) sees(id string, one *filedCase) bool {
	roster, err := c.office.Roster(c.t.Context())
	must(c.t, err)
	rec, err := c.office.Book.Record(c.t.Context(), complaint.Unscoped(), one.Number)
	must(c.t, err)
	now, err := complaint.Fold(rec.Events)
	must(c.t, err)
	return roster.Scope(complaint.OfficerID(id)).Sees(now.Route)
}

// act lets somebody do something, so that there is more to leak.
func (c *city) act() {
	one, o := c.cases[c.IntN(len(c.cases))], c.people[c.IntN(len(c.people))]
	v, err := c.office.Open(c.t.Context(), complaint.OfficerID(o.ID), one.Number)
	if err != nil {
		return
	}
	moves := []complaint.Move{
		complaint.Accept, complaint.Assign, complaint.SignFor, complaint.Note, complaint.Write, complaint.DraftReply, complaint.PresentReply, complaint.Sign,
		complaint.Recuse, complaint.Ask, complaint.ProposeDecline, complaint.Decline,
	}
	m := moves[c.IntN(len(moves))]
	mark := "mark" + rand.Text()[:12]
	_, err = c.office.Act(c.t.Context(), complaint.OfficerID(o.ID), one.Number, v.Case.Turn, complaint.Action{
		Move: m, Words: []byte(mark), Facts: complaint.Facts{Reason: complaint.KinOrInterest, Outcome: complaint.Substantiated},
	})
	if err == nil {
		one.marks = append(one.marks, mark)
		one.recused[o.ID] = one.recused[o.ID] || m == complaint.Recuse
	}
}

// tie gives officers a tie to somebody who is accused already.
func (c *city) tie() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range 3 {
		o, one := &c.people[c.IntN(len(c.people)-1)], c.cases[c.IntN(len(c.cases))] // the intake stays
		o.Interests = append(slices.Clone(o.Interests), one.barred...)
	}
}

var formPath = regexp.MustCompile(`/desk/cases/[0-9A-Z]+/([a-z_-]+)`)

// learnForms opens every case for everybody who sees it and notes which forms
// and other addresses its page names.
func (c *city) learnForms() {
	for id := range c.doors {
		for _, one := range c.cases {
			for _, m := range formPath.FindAllStringSubmatch(c.ask(id, "GET", "/desk/cases/"+string(one.Number)).body, -1) {
				c.forms[m[1]] = true
			}
		}
	}
	if len(c.forms) < 5 && len(c.routes) > 2 {
		c.t.Errorf("pages name only the forms %v", c.forms)
	}
}

// ask sends a request as that officer; a POST carries what a form could.
func (c *city) ask(id, method, path string) answer {
	c.t.Helper()
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader(url.Values{
			"turn": {"1"}, "words": {"x"}, "reason": {string(complaint.KinOrInterest)}, "outcome": {string(complaint.Substantiated)}, "unit": {"410800"},
		}.Encode())
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, body)
	must(c.t, err)
	if body != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("Origin", c.base)
	}
	resp, err := c.doors[id].Do(req)
	must(c.t, err)
	defer resp.Body.Close()
	return answer{resp.StatusCode, resp.Header, read(c.t, resp.Body), path}
}

var goesOn = regexp.MustCompile(`/desk\?state=[a-z_]*&amp;after=[A-Za-z0-9_-]+`)

// lists returns every page of the desk that is not about one case, as the
// officer gets it.
func (c *city) lists(id string) map[string]string {
	todo := []string{"/desk", "/desk/newest", "/desk/new", "/desk/account", "/desk/officers", "/desk?after=x", "/desk?state=x"}
	for _, s := range complaint.States() {
		todo = append(todo, "/desk?state="+string(s))
	}
	out := map[string]string{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if out[path] != "" {
			continue
		}
		a := c.ask(id, "GET", path)
		out[path] = fmt.Sprint(a.status, a.header, a.body)
		for _, more := range goesOn.FindAllString(a.body, -1) {
			todo = append(todo, strings.ReplaceAll(more, "&amp;", "&"))
		}
	}
	return out
}

// nothingOf looks for what belongs to the case in the officer's pages.
func (c *city) nothingOf(one *filedCase, id string, pages map[string]string) {
	c.t.Helper()
	for path, text := range pages {
		for _, m := range one.marks {
			if strings.Contains(text, m) {
				c.t.Errorf("%s reads %s of %s at %s", id, m, one.Number, path)
			}
		}
	}
}

// absent is a number that no case has.
var absent = complaint.NumberOf(2026)

// asIfNone asks each address of the case as that officer: the answer is that of
// a case that does not exist, and nothing happens to the case.
func (c *city) asIfNone(one *filedCase, id string) {
	c.t.Helper()
	before := c.version(one)
	paths := []string{"GET /desk/find?number=:number"}
	for _, r := range c.routes {
		if !strings.Contains(r, ":form") {
			paths = append(paths, r)
			continue
		}
		for form := range c.forms {
			paths = append(paths, strings.ReplaceAll(r, ":form", form))
		}
	}
	for _, p := range paths {
		method, path, _ := strings.Cut(p, " ")
		path = otherParameter.ReplaceAllString(path, "${1}0123456789abcdef")
		got := c.ask(id, method, strings.ReplaceAll(path, ":number", string(one.Number)))
		want := c.ask(id, method, strings.ReplaceAll(path, ":number", string(absent)))
		if same(got, one.Number) != same(want, absent) {
			c.t.Errorf("%s tells %s from none: %s:\n%.400s\n%.400s", id, one.Number, p, same(got, one.Number), same(want, absent))
		}
		for _, m := range one.marks[:len(one.marks)-3] {
			if strings.Contains(got.body, m) {
				c.t.Errorf("%s reads %s of %s at %s", id, m, one.Number, p)
			}
		}
	}
	if after := c.version(one); after != before {
		c.t.Errorf("%s has moved %s", id, one.Number)
	}
}

// otherParameter is a parameter of a route that is not the case's number.
var otherParameter = regexp.MustCompile(`(/):(?:[a-mo-z]|n[a-tv-z])[a-z]*`)

// same is an answer without what differs between any two.
func same(a answer, n complaint.Number) string {
	h := maps.Clone(map[string][]string(a.header))
	delete(h, "Date")
	text := fmt.Sprint(a.status, h, a.body)
	return strings.NewReplacer(string(n), "N", n.String(), "N").Replace(text)
}

func (c *city) version(one *filedCase) int {
	rec, err := c.office.Book.Record(c.t.Context(), complaint.Unscoped(), one.Number)
	must(c.t, err)
	return len(rec.Events)
}

// quietlyNew: a new case changes no page of who does not see it.
func (c *city) quietlyNew() {
	before, again := map[string]map[string]string{}, map[string]map[string]string{}
	for id := range c.doors {
		before[id], again[id] = c.lists(id), c.lists(id)
	}
	n := len(c.cases)
	for range 4 {
		c.fileOne()
	}
	for id := range c.doors {
		if slices.ContainsFunc(c.cases[n:], func(one *filedCase) bool { return c.sees(id, one) }) {
			continue
		}
		after := c.lists(id)
		for path, was := range before[id] {
			if undated(again[id][path]) != undated(was) {
				continue // a form with a number of its own is different each time
			}
			if undated(after[path]) != undated(was) {
				c.t.Errorf("%s notices at %s that something was filed", id, path)
			}
		}
	}
}

var dateHeader = regexp.MustCompile(`Date:\[[^\]]*\]`)

func undated(s string) string { return dateHeader.ReplaceAllString(s, "") }
