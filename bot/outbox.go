package bot

import (
	"context"
	"time"

	"yangguang/complaint"
)

// Outbox keeps what is to be said on a channel whose citizen does not wait for
// an answer: replies, and letters. A channel puts a parcel before it
// acknowledges an event, and sends it afterwards, so that what was committed is
// answered whatever happens in between. Its implementation is in room store;
// bottest.RunOutbox is the suite.
//
// A parcel is known by channel and id. The id stays for a while after the parcel
// was dealt with, so that an event which comes again is known by it too.
type Outbox interface {
	// Put keeps parcels, all or none. When it returns nil, they survive a crash.
	// One with an id that was put before stays as it is, whatever became of it.
	// What cannot be written for a reason outside is a complaint.ErrNotKept. If
	// InPlaceOf names a parcel that still waits, that one is dropped.
	Put(ctx context.Context, parcels ...Parcel) error
	// Has reports whether a parcel with that id was put.
	Has(ctx context.Context, channel complaint.Channel, id string) (bool, error)
	// Next returns up to limit parcels that are due. Of a lane only the first
	// that waits is among them: what stands behind it waits for it.
	Next(ctx context.Context, channel complaint.Channel, now time.Time, limit int) ([]Parcel, error)
	// Later puts a parcel off and counts a try.
	Later(ctx context.Context, p Parcel, due time.Time) error
	// Done ends the waiting of a parcel: it was sent, or, where why is not
	// empty, given up. What was in it is gone; p.As is kept.
	Done(ctx context.Context, p Parcel, why string, at time.Time) error
	// Sent returns what the channel calls the parcels of a lane that were sent
	// since then, as far as that is remembered: the As of each that has one, the
	// oldest first.
	Sent(ctx context.Context, channel complaint.Channel, lane string, since time.Time) ([]string, error)
	// Standing says how the outbox of a channel stands.
	Standing(ctx context.Context, channel complaint.Channel) (Standing, error)
	// Sweep forgets what was dealt with before that time, and returns how many.
	Sweep(ctx context.Context, before time.Time) (int, error)
}

// Parcel is something to be sent, sealed.
type Parcel struct {
	Channel complaint.Channel
	ID      string
	// Lane is whose order it keeps, by a MAC: what is for one citizen goes one
	// after the other.
	Lane string
	// Key is the parcel's own.
	Key    complaint.Key
	Sealed []byte
	Due    time.Time
	Tries  int
	// As is what the channel calls it once it was sent; empty: nobody will ask.
	As string
	// InPlaceOf is the id of a parcel that this one makes needless.
	InPlaceOf string
}

// Standing is how much waits and what was given up, as far as that is remembered.
type Standing struct {
	Waiting int
	Oldest  time.Time // of what waits; zero: nothing does
	GivenUp int
}
