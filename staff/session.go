package staff

import "time"

// The limits of sessions and links.
const (
	// SessionIdle is how long a session lives after the last request,
	// SessionLasts after it began.
	SessionIdle  = 30 * time.Minute
	SessionLasts = 12 * time.Hour
	// InvitationLasts is how long a link for the first sign-in holds.
	InvitationLasts = 72 * time.Hour
	// SessionKept is how long it is remembered that there was a session.
	SessionKept = 90 * 24 * time.Hour
	// seenEvery is how exactly the last request is noted.
	seenEvery = time.Minute
)

// Session is a browser in which an officer signed in.
type Session struct {
	// Hash is that of the token which the browser has.
	Hash    []byte
	Officer string
	// Epoch is the account's when the session began.
	Epoch int64
	From
	Began, Seen time.Time
	// Ended is zero unless somebody ended it.
	Ended time.Time
}

// From is where somebody comes from, in words that the officer recognises.
type From struct {
	Device string // Chrome · Windows
	// Place is the network; tries are counted by it.
	Place string
}

// over reports whether the session has ended, whoever or whatever ended it.
func (s Session) over(a Account, now time.Time) bool {
	return a.State != Active || s.Epoch != a.Epoch || !s.Ended.IsZero() ||
		now.Sub(s.Seen) >= SessionIdle || now.Sub(s.Began) >= SessionLasts
}
