package complaint

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yangguang/calendar"
)

// Draft is what a citizen confirmed. Its words are sealed when it is filed.
type Draft struct {
	// ID names the draft for good: filed twice, it is one case.
	ID string
	// Receipt was made when the draft reached its summary, Key with the draft.
	Receipt Receipt
	Key     Key
	Kind    Kind
	Accused []Accused
	// About is the figure or page of a correction.
	About    string
	Urgent   bool // a word of danger was found
	Minor    bool // 14 to 17 years old
	Under14  bool // then only anonymously: the law asks for a guardian's consent
	Identity Identity
	Channel  Channel
	Evidence []Evidence

	Words, AccusedName, Who, WayBack []byte
}

// NewDraftID names a draft that begins now. The drafts of one time stand
// together in a store's index, which writes few of its pages for many of them.
func NewDraftID(now time.Time) string {
	return strconv.FormatInt(now.Unix(), 36) + strings.ToLower(rand.Text())
}

// Filed is what the citizen is shown.
type Filed struct {
	Number  Number
	Receipt Receipt
	Route   Route
	// Again is true when the draft had been filed before.
	Again bool
}

func (d Draft) check() error {
	p, ok := d.Kind.profile()
	switch {
	case !ok:
		return fmt.Errorf("%w: kind %q", ErrIncomplete, d.Kind)
	case d.ID == "" || d.Receipt.IsZero() || d.Key.Of != d.ID || len(d.Key.Wrapped) == 0:
		return fmt.Errorf("%w: draft without id, receipt or key of its own", ErrIncomplete)
	case len(bytes.TrimSpace(d.Words)) == 0:
		return fmt.Errorf("%w: no words", ErrIncomplete)
	case !d.Identity.valid() || !d.Channel.valid():
		return fmt.Errorf("%w: identity %q by %q", ErrIncomplete, d.Identity, d.Channel)
	case (d.Identity == Anonymous) != (len(d.Who) == 0):
		return fmt.Errorf("%w: a name is given or it is not", ErrIncomplete)
	case d.Under14 && d.Identity != Anonymous:
		return fmt.Errorf("%w: under 14 only anonymously", ErrIncomplete)
	}
	for _, e := range d.Evidence {
		if err := e.check(); err != nil {
			return err
		}
	}
	return p.check(d.Accused, d.About)
}

// File keeps the complaint, or returns a *Refusal having stored nothing. When
// it returns nil the case is kept for good and the receipt may be shown. Filed
// again after a crash, the same draft is the same case with the same receipt.
func (o *Office) File(ctx context.Context, d Draft) (Filed, error) {
	return o.file(ctx, d, Actor{Role: Citizen}, nil)
}

// Telephone enters what somebody said by telephone. The officer must be one of
// intake or the liaison, and not be excluded from the case.
func (o *Office) Telephone(ctx context.Context, who OfficerID, d Draft) (Filed, error) {
	d.Channel = Telephone
	return o.file(ctx, d, Actor{who, Intake}, func(r *Roster, route Route) bool {
		officer, ok := r.Officer(who)
		return ok && overlap(officer.Roles, []Role{Intake, Liaison}) && !r.Org.bars(route.Barred, officer)
	})
}

func (o *Office) file(ctx context.Context, d Draft, by Actor, may func(*Roster, Route) bool) (Filed, error) {
	roster, err := o.Roster(ctx)
	if err != nil {
		return Filed{}, err
	}
	route, refused := roster.Route(Asked{Kind: d.Kind, Accused: d.Accused})
	if errors.Is(refused, ErrRefused) {
		return o.filedBefore(ctx, d, refused)
	}
	if err := d.check(); err != nil {
		return Filed{}, err
	}
	if refused != nil {
		return Filed{}, refused
	}
	if may != nil && !may(roster, route) {
		return Filed{}, fmt.Errorf("%w: enter this complaint", ErrNotYours)
	}
	f, err := o.filing(d, by, route)
	if err != nil {
		return Filed{}, err
	}
	return o.keep(ctx, d, f)
}

// keep files the case under the first number of its receipt that is nobody else's.
func (o *Office) keep(ctx context.Context, d Draft, f Filing) (Filed, error) {
	for try := range Tries {
		f.number(NewNumber(calendar.DateOf(f.Docket.Filed).Year(), f.MAC, try))
		kept, err := o.Book.File(ctx, f)
		if errors.Is(err, ErrTaken) {
			continue
		}
		if err != nil {
			return Filed{}, err
		}
		return filed(d, f.MAC, kept, f.Docket.Route)
	}
	return Filed{}, ErrTaken
}

func (f *Filing) number(n Number) {
	f.Number, f.Docket.Number = n, n
	for i := range f.Letters {
		f.Letters[i].Number = n
	}
}

// filedBefore answers for a draft that would be refused today: had it been kept
// while somebody could receive it, its citizen gets the same answer as then.
func (o *Office) filedBefore(ctx context.Context, d Draft, refused error) (Filed, error) {
	if d.Receipt.IsZero() {
		return Filed{}, refused
	}
	kept, err := o.Book.ByDraft(ctx, d.ID)
	if errors.Is(err, ErrNotFound) {
		return Filed{}, refused
	}
	if err != nil {
		return Filed{}, err
	}
	return filed(d, o.MAC(d.Receipt.Bytes()), kept, Route{})
}

// filed compares the receipts: a draft is never answered with a code that
// opens nothing.
func filed(d Draft, mac []byte, kept Kept, route Route) (Filed, error) {
	if !bytes.Equal(mac, kept.MAC) {
		return Filed{}, fmt.Errorf("complaint: draft %s was filed with another receipt", d.ID)
	}
	return Filed{kept.Number, d.Receipt, route, kept.Again}, nil
}

// filing builds the case without its number.
func (o *Office) filing(d Draft, by Actor, route Route) (Filing, error) {
	at := o.moment()
	facts := Facts{
		Kind: d.Kind, Accused: d.Accused, About: d.About, Route: &route,
		Urgent: d.Urgent, Minor: d.Minor || d.Under14, Identity: d.Identity, Channel: d.Channel, Evidence: d.Evidence,
	}
	p, _ := d.Kind.profile()
	facts.Class = p.against(d.Accused).Class
	if o.Windows != nil {
		facts.Window = fast(d.Kind, o.Windows(), at.now)
	}
	w := work{office: o, at: at, key: d.Key, c: Case{State: InDraft}}
	if err := w.move(File, by, facts, nil); err != nil {
		return Filing{}, err
	}
	for _, p := range []struct {
		kind  PartKind
		plain []byte
	}{{Words, d.Words}, {AccusedName, d.AccusedName}, {Who, d.Who}, {WayBack, d.WayBack}} {
		if err := w.seal(p.kind, p.plain); err != nil {
			return Filing{}, err
		}
	}
	return Filing{Draft: d.ID, MAC: o.MAC(d.Receipt.Bytes()), Key: d.Key, Entry: w.entry("")}, nil
}
