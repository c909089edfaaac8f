package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/page"
	"yangguang/understand"
)

// longestAdvert is how many characters of an advert are read, mostRows how many
// findings of a kind are shown.
const (
	longestAdvert = 2000
	mostRows      = 20
)

// verify checks a school's name or a whole advert against the record. While no
// complete list of a year is published it never says that a school may
// recruit, or may not. What was pasted is neither stored nor logged.
func (s *Site) verify(r *reading) (templ.Component, error) {
	pasted := strings.TrimSpace(strings.ReplaceAll(cmp.Or(r.form("q"), r.query("q")), "\r\n", "\n"))
	v := verifyPage{}
	if text := trimTo(pasted, longestAdvert); text != "" {
		understood, err := s.finder.Grievance(r.context(), text)
		if err != nil {
			return nil, err
		}
		v = checked(r.Snapshot, text, r.today.Year(), understood)
		v.Help = helpFor(r.Snapshot, understood.Reading)
		r.noStore = len(v.Help) > 0
		v.TooLong = utf8.RuneCountInString(pasted) > longestAdvert
		r.frame.NoIndex = true
	}
	for _, p := range r.Policies() {
		if found := p.Prohibitions(); len(found) > 0 {
			v.Forbidden, v.ForbiddenBy = found, p
			r.uses(p)
			break
		}
	}
	for _, u := range v.Units {
		r.uses(u.Of)
		if u.Target != nil {
			r.uses(u.Target)
		}
	}
	r.frame.Title, r.frame.Section = "这条广告是真的吗", "/verify"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "查真伪"}}
	r.frame.Description = "贴上招生广告、短信或学校名，帮您逐条核对：像不像《广告法》禁止的话，学校在不在名单上，先找谁问。"
	v.Platform, _ = r.Contact(content.Platform)
	v.Record = r.Snapshot
	v.Frame = r.framed()
	return verifyView(v), nil
}

type verifyPage struct {
	page.Frame
	Text    string
	TooLong bool
	// Help is whom to call, where the words say that somebody is in danger.
	Help []*content.Contact
	// Year is the year of the question, Listed whether its list of schools is
	// published.
	Year   int
	Listed bool
	// Shown is the text with the findings highlighted.
	Shown []run
	Units []namedUnit
	// Exact are the schools that are named, letter for letter, with their
	// standing; none while no whole list of the year is published.
	Exact []exactSchool
	// Unknown are the names of schools that are no records, Others what else is
	// the name of somebody else.
	Unknown []string
	Others  []understand.Other
	Phrases []foundPhrase
	// Fees are the sums that the text asks for, Sums the other ones, as written.
	Fees, Sums []string
	Phones     []foundPhone
	// More is how many findings are not shown.
	More int
	// Platform is where the schools of a province are listed, Record where the
	// telephones are.
	Platform *content.Contact
	Record   *content.Snapshot
	// Forbidden is what the newest document that forbids conduct forbids.
	Forbidden   []content.Prohibition
	ForbiddenBy *content.Policy
}

// Found reports whether anything of the text can be checked one by one.
func (v *verifyPage) Found() bool { return len(v.Phrases)+len(v.Fees)+len(v.Sums)+len(v.Phones) > 0 }

// namedUnit is a unit that the text names, and what is known of it.
type namedUnit struct {
	understand.Unit
	Of     *content.Unit
	Target *content.Target
}

// foundPhrase is a wording that a law speaks of, with every place of it.
type foundPhrase struct {
	Words   []string
	Text    string
	Law     *content.Law
	Article string
}

// LawText is the article, empty where it is not quoted on this site.
func (p foundPhrase) LawText() string {
	if p.Law == nil {
		return ""
	}
	return p.Law.Articles[p.Article]
}

// foundPhone is a telephone number, with the contact it belongs to, if any.
type foundPhone struct {
	understand.Phone
	Contact *content.Contact
}

// checked holds what a text names against the record.
func checked(s *content.Snapshot, text string, year int, found understand.Grievance) verifyPage {
	v := verifyPage{Text: text, Year: year, Listed: s.ListsSchools(year)}
	var cuts []cut
	mark := func(at understand.Span) { cuts = append(cuts, cut{From: at.From, To: at.To}) }
	for _, u := range found.Units {
		mark(u.Span)
		if slices.ContainsFunc(v.Units, func(had namedUnit) bool { return had.Code == u.Code }) {
			continue
		}
		if of, ok := s.Unit(u.Code); ok {
			v.Units = append(v.Units, namedUnit{u, of, newestTarget(s, u.Code)})
		}
	}
	for _, p := range found.Parties {
		if p.Named && p.Kind == complaint.VocationalSchool {
			mark(p.Span)
			if !slices.Contains(v.Unknown, p.Words) {
				v.Unknown = append(v.Unknown, p.Words)
			}
		}
	}
	for _, o := range found.Others {
		mark(o.Span)
		if slices.Contains(v.Unknown, o.Words) && len(o.Means) == 0 {
			continue // said of it above
		}
		if !slices.ContainsFunc(v.Others, func(had understand.Other) bool { return had.Word == o.Word }) {
			v.Others = append(v.Others, o)
		}
	}
	at := map[string]int{}
	for _, p := range found.Phrases {
		mark(p.Span)
		i, again := at[p.Key]
		if !again {
			i, at[p.Key] = len(v.Phrases), len(v.Phrases)
			law, _ := s.Record(content.ID("law/" + p.Law))
			one := foundPhrase{Text: p.Text, Article: p.Article}
			one.Law, _ = law.(*content.Law)
			v.Phrases = append(v.Phrases, one)
		}
		if !slices.Contains(v.Phrases[i].Words, p.Words) {
			v.Phrases[i].Words = append(v.Phrases[i].Words, p.Words)
		}
	}
	for _, a := range found.Amounts {
		mark(a.Span)
		kind := &v.Sums
		if asksToPay(text, a.From, a.To) {
			kind = &v.Fees
		}
		if !slices.Contains(*kind, a.Words) {
			*kind = append(*kind, a.Words)
		}
	}
	for _, p := range found.Phones {
		mark(p.Span)
		if !slices.ContainsFunc(v.Phones, func(had foundPhone) bool { return digits(had.Phone.Phone) == digits(p.Phone) }) {
			v.Phones = append(v.Phones, foundPhone{p, contactOf(s, p.Phone)})
		}
	}
	if v.Listed {
		v.onTheList(s, text)
	}
	v.Unknown = atMost(&v.More, v.Unknown)
	v.Others, v.Fees, v.Sums, v.Phones = atMost(&v.More, v.Others), atMost(&v.More, v.Fees), atMost(&v.More, v.Sums), atMost(&v.More, v.Phones)
	v.Shown = runs(text, cuts)
	return v
}

// atMost cuts a list off where it would fill the page, and counts what goes.
func atMost[T any](gone *int, list []T) []T {
	n := min(len(list), mostRows)
	*gone += len(list) - n
	return list[:n]
}

// newestTarget is the unit's target of the newest year that has one.
func newestTarget(s *content.Snapshot, unit string) *content.Target {
	for _, year := range s.Years(content.TypeTarget) {
		if t, ok := s.Target(year, unit); ok && !t.Withdrawn {
			return t
		}
	}
	return nil
}

// contactOf is the contact with that number.
func contactOf(s *content.Snapshot, phone string) *content.Contact {
	for _, c := range s.Contacts() {
		if c.Phone != "" && digits(c.Phone) == digits(phone) {
			return c
		}
	}
	return nil
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func yearWord(year int) string { return strconv.Itoa(year) + " 年" }

// exactSchool is a school that was named in full, and whether it may recruit.
type exactSchool struct {
	*content.School
	Status content.Status
}

// onTheList sets apart who is a school here, by a whole list of the year: a
// name is one letter for letter, or it is nobody's. What only looks like a
// school's is not taken for it.
func (v *verifyPage) onTheList(s *content.Snapshot, text string) {
	names := v.Unknown
	v.Unknown = nil
	if schoolName.MatchString(text) && !slices.Contains(names, text) {
		names = append(names, text)
		v.Units = slices.DeleteFunc(v.Units, func(u namedUnit) bool { return !u.How.Sure() })
	}
	for _, u := range v.Units {
		if u.How.Sure() {
			names = append(names, u.Words)
		}
	}
	for _, school := range s.Schools() {
		called := slices.Concat([]string{school.Name}, school.Short, school.Former)
		isCalled := func(name string) bool { return slices.Contains(called, name) }
		if slices.ContainsFunc(names, isCalled) || isCalled(text) {
			status, _ := s.Standing(v.Year, school.Code)
			v.Exact = append(v.Exact, exactSchool{school, status})
			names = slices.DeleteFunc(names, isCalled)
		}
	}
	for _, name := range names {
		known := slices.ContainsFunc(v.Units, func(u namedUnit) bool { return u.Words == name })
		if !known && (name != text || len(v.Exact) == 0) {
			v.Unknown = append(v.Unknown, name)
		}
	}
}
