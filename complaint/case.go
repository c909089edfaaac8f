package complaint

import (
	"fmt"
	"slices"
	"time"
)

// Case is what the events of one complaint come to. The zero value is a draft
// to which nothing has happened.
type Case struct { //nolint:recvcheck // only the step changes a case, and it is long
	// Version is the Seq of the last event, Turn that of the last one that
	// matters to somebody who is looking at the case.
	Version, Turn int
	State         State
	Kind          Kind
	Class         Class
	Accused       []Accused
	About         string
	Route         Route
	Window        string
	Urgent        bool
	Minor         bool
	Identity      Identity
	Channel       Channel
	Evidence      []Evidence

	// Handler is who has the case in hand, Hands everybody who ever had.
	Handler OfficerID
	Hands   []OfficerID
	// Signers are who signed an answer, Decliner and Eraser who proposed it.
	Signers          []OfficerID
	Decliner, Eraser OfficerID
	// Asked is where the case stood when the citizen was asked something.
	Asked State
	// Asking and Granted: whose look at the identity is asked for and approved.
	Asking  map[OfficerID]bool
	Granted map[OfficerID]time.Time

	Lead Number
	To   Authority
	// Drafted is what the drafted answer finds, Outcome what a signed one did.
	Drafted     Outcome
	Outcome     Outcome
	Rating      Rating
	Extended    int // days
	Supervised  bool
	Reopened    bool
	Withdrawn   bool
	WithdrawnBy OfficerID // "" when the citizen did it
	ReportedTo  []Authority
	Erased      bool
	// Unread is the Seq of what the citizen last said and nobody who answers
	// for the case has seen yet; 0 for nothing.
	Unread int

	// Acted lists the parts in which each officer took part.
	Acted    map[OfficerID][]Role
	Timeline []Step
	sum      string
}

// Step is one line of a case's timeline.
type Step struct {
	Seq   int
	At    time.Time
	Move  Move
	By    Actor
	State State // after the move
	Fast  bool  // in the fast lane after it
}

// Fold derives the case from its events. It refuses a list that the table of
// moves does not allow, so a case that exists is a legal one.
func Fold(events []Event) (Case, error) {
	c := Case{State: InDraft}
	for _, e := range events {
		if err := apply(&c, e); err != nil {
			return Case{}, fmt.Errorf("event %d: %w", e.Seq, err)
		}
	}
	return c, nil
}

// apply makes c the case as it stands after e, or leaves it as it was.
func apply(c *Case, e Event) error {
	if e.Seq != c.Version+1 {
		return fmt.Errorf("%w: event %d after %d", errBroken, e.Seq, c.Version)
	}
	found, err := c.find(e.Move, e.By, e.Facts)
	if err == nil {
		c.step(found[0], e) // lines that apply together lead to one state
	}
	return err
}

// step makes c the case as it stands after e, which a line of the table allows.
func (c *Case) step(r row, e Event) {
	stood := c.State
	if effect := effects[e.Move]; effect != nil {
		effect(c, e)
	}
	if r.to == back {
		c.State, c.Asked = c.Asked, ""
	} else if r.to != stays {
		c.State = r.to
	}
	if e.Move == Ask {
		c.Asked = stood
	}
	if c.reads(e.By) {
		c.Unread = 0
	}
	if stood == Submitted && c.State != Submitted {
		c.Decliner = ""
	}
	c.Version, c.sum = e.Seq, e.Sum
	if !r.quiet {
		c.Turn = e.Seq
	}
	c.Timeline = append(c.Timeline, Step{e.Seq, e.At, e.Move, e.By, c.State, c.Fast()})
	if id := e.By.Officer; id != "" && !slices.Contains(c.Acted[id], e.By.Role) {
		put(&c.Acted, id, append(c.Acted[id], e.By.Role))
	}
}

// put sets a value in a map that may not be there yet.
func put[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}

// effects is what moves do beside leading to a state.
var effects = map[Move]func(*Case, Event){
	File: func(c *Case, e Event) {
		f := e.Facts
		c.Route, c.About, c.Window = *f.Route, f.About, f.Window
		c.Urgent, c.Minor, c.Identity, c.Channel, c.Evidence = f.Urgent, f.Minor, f.Identity, f.Channel, slices.Clone(f.Evidence)
		classify(c, f.Kind, f.Accused)
	},
	Answer:         takeIn,
	Add:            takeIn,
	Merge:          func(c *Case, e Event) { c.Lead = e.Facts.Lead },
	Refer:          func(c *Case, e Event) { c.To = e.Facts.To },
	ProposeDecline: func(c *Case, e Event) { c.Decliner = e.By.Officer },
	Reopen: func(c *Case, _ Event) {
		c.Reopened, c.Withdrawn, c.WithdrawnBy, c.Rating, c.Handler = true, false, "", "", ""
	},
	Reroute: func(c *Case, e Event) {
		if e.Facts.Kind != "" {
			classify(c, e.Facts.Kind, e.Facts.Accused)
			c.About = e.Facts.About
		}
		c.Route, c.Handler = *e.Facts.Route, ""
		if c.State == NeedInfo && c.Asked != Submitted {
			c.Asked = Accepted
		}
	},
	Assign:     func(c *Case, e Event) { c.Route, c.Handler = *e.Facts.Route, "" },
	SignFor:    func(c *Case, e Event) { take(c, e.By.Officer) },
	TakeOver:   func(c *Case, e Event) { take(c, e.By.Officer) },
	Extend:     func(c *Case, e Event) { c.Extended = e.Facts.Days },
	DraftReply: func(c *Case, e Event) { c.Drafted = e.Facts.Outcome },
	Sign: func(c *Case, e Event) {
		c.Signers, c.Rating, c.Outcome = append(c.Signers, e.By.Officer), "", c.Drafted
	},
	Rate:      func(c *Case, e Event) { c.Rating = e.Facts.Rating },
	Redo:      func(c *Case, _ Event) { c.Handler, c.Supervised = "", true },
	Withdraw:  func(c *Case, e Event) { c.Withdrawn, c.WithdrawnBy = true, e.By.Officer },
	Object:    func(c *Case, e Event) { c.Route, c.Handler = *e.Facts.Route, "" },
	Decide:    func(c *Case, e Event) { c.Outcome = e.Facts.Outcome },
	Supervise: func(c *Case, _ Event) { c.Supervised = true },
	Recuse: func(c *Case, e Event) {
		c.Route.Barred = c.Route.Barred.with(Barred{Officers: []OfficerID{e.By.Officer}})
		if c.Handler == e.By.Officer {
			c.Handler = ""
		}
	},
	ReportByLaw: func(c *Case, e Event) { c.ReportedTo = append(c.ReportedTo, e.Facts.To) },
	AskIdentity: func(c *Case, e Event) {
		put(&c.Asking, e.By.Officer, true)
	},
	GrantIdentity: func(c *Case, e Event) {
		delete(c.Asking, e.Facts.Officer)
		put(&c.Granted, e.Facts.Officer, e.At)
	},
	ProposeErasure: func(c *Case, e Event) { c.Eraser = e.By.Officer },
	RefuseErasure:  func(c *Case, _ Event) { c.Eraser = "" },
	RefuseDecline:  func(c *Case, _ Event) { c.Decliner = "" },
	RefuseIdentity: func(c *Case, e Event) { delete(c.Asking, e.Facts.Officer) },
	Erase:          func(c *Case, _ Event) { c.Erased = true },
}

// classify sets the kind and what follows from it. Once urgent it stays so.
func classify(c *Case, k Kind, accused []Accused) {
	p, _ := k.profile()
	c.Kind, c.Class, c.Accused = k, p.against(accused).Class, slices.Clone(accused)
	c.Urgent = c.Urgent || p.Pressing
}

// Fast reports whether the case is in the fast lane: by its season, or by its
// kind at any time.
func (c Case) Fast() bool { return c.Window != "" || c.Kind.pressing() }

func takeIn(c *Case, e Event) {
	c.Unread = e.Seq
	c.Urgent = c.Urgent || e.Facts.Urgent
	for _, added := range e.Facts.Evidence {
		// The same file sent again keeps its id: it is one file.
		if !slices.ContainsFunc(c.Evidence, func(had Evidence) bool { return had.ID == added.ID }) {
			c.Evidence = append(c.Evidence, added)
		}
	}
}

func take(c *Case, by OfficerID) {
	c.Handler = by
	if !c.handledBy(by) {
		c.Hands = append(c.Hands, by)
	}
}

// reads reports whether what the citizen said has reached whom it must reach
// once that person did anything: who handles the case, or who takes it in.
func (c Case) reads(by Actor) bool {
	if c.Handler != "" {
		return by.Officer == c.Handler
	}
	return by.Officer != "" && slices.Contains(whose(Look), by.Role)
}

func (c Case) handledBy(o OfficerID) bool { return slices.Contains(c.Hands, o) }

// Combined returns the officers who took part in more than one part, with
// these parts. Small offices may; whoever audits them sees it.
func (c Case) Combined() map[OfficerID][]Role {
	out := map[OfficerID][]Role{}
	for o, roles := range c.Acted {
		if len(roles) > 1 {
			out[o] = slices.Clone(roles)
		}
	}
	return out
}
