package content

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"yangguang/calendar"
)

// Snapshot is everything public at one edition. It is never changed: a new
// edition makes a new one. Its lists leave out what is withdrawn.
type Snapshot struct {
	// Edition is the number of the newest edition in it, At when that was
	// published (zero when nothing is).
	Edition int64
	At      time.Time
	// Pack is the origin of the newest edition that a pack published.
	Pack Origin

	records   map[ID]Record
	byType    map[Type][]Record
	withdrawn map[Type][]Record
	// about are the yearly records of a school or a specialty that hold, the
	// newest year first.
	about   map[ID][]Record
	working *calendar.Calendar
	// published are the editions, taken what was taken down by law.
	published []Published
	taken     map[ID]Tombstone
}

// Fold returns what is public after the given editions, in order from 1.
func Fold(editions []Edition) (*Snapshot, error) { return (&Snapshot{}).Apply(editions...) }

// Apply returns the snapshot after further editions. The editions' records
// become the snapshot's: it writes into their Meta, so nobody else may use
// them afterwards.
func (s *Snapshot) Apply(editions ...Edition) (*Snapshot, error) {
	next := &Snapshot{Edition: s.Edition, At: s.At, Pack: s.Pack}
	size := len(s.records)
	for _, e := range editions {
		size += len(e.Changes)
	}
	next.records = make(map[ID]Record, size)
	maps.Copy(next.records, s.records)
	next.taken = map[ID]Tombstone{}
	maps.Copy(next.taken, s.taken)
	next.published = slices.Clone(s.published)
	for _, e := range editions {
		if e.Number != next.Edition+1 {
			return nil, fmt.Errorf("content: edition %d does not follow %d", e.Number, next.Edition)
		}
		p := Published{Number: e.Number, Origin: e.Origin, At: e.At, By: e.By, ApprovedBy: e.ApprovedBy, Note: e.Note}
		for _, c := range e.Changes {
			_, had := next.records[c.ID]
			p.Changed = append(p.Changed, Changed{c.Op, c.ID, !had})
			if err := next.change(e, c); err != nil {
				return nil, err
			}
		}
		next.published = append(next.published, p)
		next.Edition, next.At = e.Number, e.At
		if e.Origin.pack() {
			next.Pack = e.Origin
		}
	}
	return next, next.arrange()
}

func (s *Snapshot) change(e Edition, c Change) error {
	old, had := s.records[c.ID]
	if _, gone := s.taken[c.ID]; gone {
		return fmt.Errorf("content: edition %d: %s: %w", e.Number, c.ID, ErrTakenDown)
	}
	r := c.Record
	if c.Op != Put {
		if !had {
			return fmt.Errorf("content: edition %d: %s %s: %w", e.Number, c.Op, c.ID, ErrNotFound)
		}
		if c.Op == TakeDown {
			s.takeDown(e, c)
			return nil
		}
		var err error
		if r, err = copyOf(old); err != nil {
			return err
		}
	}
	m := r.Head()
	m.Version, m.Edition, m.At, m.Note = 1, e.Number, e.At, e.Note
	m.Withdrawn, m.Reason = c.Op == Withdraw, c.Reason
	if had {
		m.Version, m.before = old.Head().Version+1, old
	}
	s.records[c.ID] = r
	return nil
}

func (s *Snapshot) takeDown(e Edition, c Change) {
	s.taken[c.ID] = Tombstone{c.ID, Path(s.records[c.ID]), e.At, c.Reason}
	delete(s.records, c.ID)
}

// copyOf copies a record that an older snapshot still shows.
func copyOf(r Record) (Record, error) {
	b, err := plainJSON([]Record{r})
	if err != nil {
		return nil, err
	}
	copies, err := recordsOf(formOf[r.Head().ID.Type()], b)
	if err != nil {
		return nil, err
	}
	return copies[0], nil
}

func (s *Snapshot) arrange() error {
	s.byType, s.withdrawn = map[Type][]Record{}, map[Type][]Record{}
	for id, r := range s.records {
		of := s.byType
		if r.Head().Withdrawn {
			of = s.withdrawn
		}
		of[id.Type()] = append(of[id.Type()], r)
	}
	for _, of := range []map[Type][]Record{s.byType, s.withdrawn} {
		for _, list := range of {
			slices.SortFunc(list, func(a, b Record) int {
				x, y := a.Head(), b.Head()
				return cmp.Or(cmp.Compare(x.Year, y.Year), cmp.Compare(x.Order, y.Order), cmp.Compare(x.ID, y.ID))
			})
		}
	}
	s.about = map[ID][]Record{}
	for _, t := range []Type{TypeQualification, TypePlan, TypeResult, TypeClarification} {
		for _, r := range s.byType[t] {
			for _, id := range subjects(r) {
				s.about[id] = append(s.about[id], r)
			}
		}
	}
	for _, list := range s.about {
		slices.SortStableFunc(list, func(a, b Record) int { return b.Head().Year - a.Head().Year })
	}
	var days []calendar.Holiday
	for _, h := range list[*Holidays](s, TypeHolidays) {
		days = append(days, h.days()...)
	}
	var err error
	s.working, err = calendar.New(days)
	return err
}

func list[T Record](s *Snapshot, t Type) []T {
	out := make([]T, 0, len(s.byType[t]))
	for _, r := range s.byType[t] {
		out = append(out, r.(T))
	}
	return out
}

func ofYear[T Record](s *Snapshot, t Type, year int) []T {
	records := s.ofYear(t, year)
	out := make([]T, len(records))
	for i, r := range records {
		out[i] = r.(T)
	}
	return out
}

// ofYear returns the part of a list that is of the year; lists are sorted by
// year.
func (s *Snapshot) ofYear(t Type, year int) []Record {
	all := s.byType[t]
	byYear := func(r Record, year int) int { return r.Head().Year - year }
	from, _ := slices.BinarySearchFunc(all, year, byYear)
	to, _ := slices.BinarySearchFunc(all, year+1, byYear)
	return all[from:to]
}

// Record returns the record of that id, withdrawn or not.
func (s *Snapshot) Record(id ID) (Record, bool) {
	r, ok := s.records[id]
	return r, ok
}

// Withdrawn returns the records of a type that no longer hold, in the order in
// which they stood; for a year other than 0 those of that year.
func (s *Snapshot) Withdrawn(t Type, year int) []Record {
	return slices.DeleteFunc(slices.Clone(s.withdrawn[t]), func(r Record) bool { return year != 0 && r.Head().Year != year })
}

// List returns the records of a type that hold, in the order of their list.
func (s *Snapshot) List(t Type) []Record { return slices.Clone(s.byType[t]) }

// Has reports whether any record of the type is published.
func (s *Snapshot) Has(t Type) bool { return len(s.byType[t]) > 0 }

// Count returns how many records of the type a year has; 0 is the year of those
// that are of none.
func (s *Snapshot) Count(t Type, year int) int { return len(s.ofYear(t, year)) }

// Years returns the years with records of the type, newest first.
func (s *Snapshot) Years(t Type) []int {
	var years []int
	for all := s.byType[t]; len(all) > 0; {
		year := all[len(all)-1].Head().Year
		years = append(years, year)
		from, _ := slices.BinarySearchFunc(all, year, func(r Record, year int) int { return r.Head().Year - year })
		all = all[:from]
	}
	return years
}

// WorkingDays returns the calendar of the published holiday notices.
func (s *Snapshot) WorkingDays() *calendar.Calendar { return s.working }

// Policy returns the policy of that key, withdrawn or not.
func (s *Snapshot) Policy(key string) (*Policy, bool) {
	p, ok := s.records[ID("policy/"+key)].(*Policy)
	return p, ok
}

// Unit returns the unit of that code.
func (s *Snapshot) Unit(code string) (*Unit, bool) {
	u, ok := s.records[ID("unit/"+code)].(*Unit)
	return u, ok
}

// Target returns a unit's target, or the year's total for "", withdrawn or not.
func (s *Snapshot) Target(year int, unit string) (*Target, bool) {
	t, ok := s.records[TargetID(year, unit)].(*Target)
	return t, ok
}

// Targets returns the year's targets by unit, as printed, without the total.
func (s *Snapshot) Targets(year int) []*Target {
	return slices.DeleteFunc(ofYear[*Target](s, TypeTarget, year), func(t *Target) bool { return t.Unit == "" })
}

// The lists, each in its published order.
func (s *Snapshot) Policies() []*Policy          { return list[*Policy](s, TypePolicy) }
func (s *Snapshot) Units() []*Unit               { return list[*Unit](s, TypeUnit) }
func (s *Snapshot) KeyDates(year int) []*KeyDate { return ofYear[*KeyDate](s, TypeKeyDate, year) }
func (s *Snapshot) Rules(year int) []*Rule       { return ofYear[*Rule](s, TypeRule, year) }
func (s *Snapshot) Aids() []*Aid                 { return list[*Aid](s, TypeAid) }
func (s *Snapshot) Contacts() []*Contact         { return list[*Contact](s, TypeContact) }
func (s *Snapshot) FAQs() []*FAQ                 { return list[*FAQ](s, TypeFAQ) }
func (s *Snapshot) Terms() []*Term               { return list[*Term](s, TypeTerm) }
func (s *Snapshot) Duties() []*Duty              { return list[*Duty](s, TypeDuty) }
func (s *Snapshot) Articles() []*Article         { return list[*Article](s, TypeArticle) }
func (s *Snapshot) Laws() []*Law                 { return list[*Law](s, TypeLaw) }
func (s *Snapshot) Words() []*Word               { return list[*Word](s, TypeWord) }
func (s *Snapshot) Phrases() []*Phrase           { return list[*Phrase](s, TypePhrase) }
func (s *Snapshot) Crises() []*Crisis            { return list[*Crisis](s, TypeCrisis) }
