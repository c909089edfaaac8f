package complaint

import (
	"context"
	"errors"
	"time"

	"yangguang/calendar"
)

// Office does everything that is done to cases. Book, Sealer, Roster, MAC and
// Calendar must be set.
type Office struct {
	Book   Book
	Sealer Sealer
	// Roster returns the organisation and its officers as they are now.
	Roster func(context.Context) (*Roster, error)
	// MAC turns a receipt into what is kept of it.
	MAC      func([]byte) []byte
	Calendar func() *calendar.Calendar
	// Windows returns the windows of this year; nil: no fast lane.
	Windows func() []Window
	Rules   Rules            // zero: Defaults
	Now     func() time.Time // nil: the clock
	// Damaged is told of a case that cannot be read, each time it is met; nil:
	// nobody is.
	Damaged func(*Damaged)
}

// defaults are read only.
var defaults = Defaults()

func (o *Office) rules() Rules {
	if len(o.Rules.Terms) == 0 {
		return defaults
	}
	return o.Rules
}

func (o *Office) moment() moment {
	now := time.Now //nolint:forbidigo // the default of the injected clock
	if o.Now != nil {
		now = o.Now
	}
	return moment{now().UTC().Truncate(time.Millisecond), o.rules(), o.Calendar()}
}

// Deadlines returns the clocks of a case under the office's rules.
func (o *Office) Deadlines(c Case) []Deadline { return Deadlines(c, o.rules(), o.Calendar()) }

// Receivable finds where a complaint would go, or the *Refusal that says where
// it belongs. It stores nothing, so it can be asked early in a conversation.
func (o *Office) Receivable(ctx context.Context, kind Kind, accused []Accused) (Route, error) {
	r, err := o.Roster(ctx)
	if err != nil {
		return Route{}, err
	}
	return r.Route(Asked{Kind: kind, Accused: accused})
}

// Receiving reports whether complaints are received here at all.
func (o *Office) Receiving(ctx context.Context) (bool, error) {
	r, err := o.Roster(ctx)
	return err == nil && r.Receiving(), err
}

// Filed reports whether a case was filed from the draft.
func (o *Office) Filed(ctx context.Context, draft string) (bool, error) {
	_, err := o.Book.ByDraft(ctx, draft)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Queue returns a page of the cases that the officer sees.
func (o *Office) Queue(ctx context.Context, who OfficerID, q Query) ([]Docket, error) {
	s, err := o.scope(ctx, who)
	if err != nil {
		return nil, err
	}
	return o.Book.List(ctx, s, q)
}

// Tray returns what waits for the officer.
func (o *Office) Tray(ctx context.Context, who OfficerID) (Tray, error) {
	r, err := o.Roster(ctx)
	if err != nil {
		return Tray{}, err
	}
	return r.Tray(who, o.moment().now), nil
}

// Newest returns a number that grows when something happens to a case that the
// officer sees.
func (o *Office) Newest(ctx context.Context, who OfficerID) (int64, error) {
	s, err := o.scope(ctx, who)
	if err != nil {
		return 0, err
	}
	return o.Book.Newest(ctx, s)
}

func (o *Office) scope(ctx context.Context, who OfficerID) (Scope, error) {
	r, err := o.Roster(ctx)
	if err != nil {
		return Scope{}, err
	}
	return r.Scope(who), nil
}
