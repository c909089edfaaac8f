package staff

import (
	"slices"
)

// Standing is how an account stands, with nothing in it that lets anybody in
// and no name. It is noted apart from the database at every change: where an
// older copy of that is brought back, what an officer has lost since must not
// come back with it.
type Standing struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	State   State  `json:"state"`
	Epoch   int64  `json:"epoch"`
	// Codes is how many recovery codes are left.
	Codes     int      `json:"codes"`
	Units     []string `json:"units"`
	Interests []string `json:"interests,omitempty"`
	Roles     []Role   `json:"roles"`
}

// Standing returns how the account stands.
func (a Account) Standing() Standing {
	return Standing{a.ID, a.Version, a.State, a.Epoch, len(a.Recovery), a.Units, a.Interests, a.Roles}
}

// Same reports whether nothing is to be noted that s does not say. Signing in
// with passphrase and authenticator changes nothing.
func (s Standing) Same(o Standing) bool {
	return s.ID == o.ID && s.State == o.State && s.Epoch == o.Epoch && s.Codes == o.Codes && s.sits(o)
}

// sits reports whether both sit at the same place with the same work.
func (s Standing) sits(o Standing) bool {
	return slices.Equal(s.Units, o.Units) && slices.Equal(s.Interests, o.Interests) && slices.Equal(s.Roles, o.Roles)
}

// Past is something that an older copy of an account did not know.
type Past string

// What it may not have known.
const (
	PastDisabled   Past = "disabled"
	PastShut       Past = "shut" // reset, another passphrase, or first signed in: nothing of the copy opens
	PastCodes      Past = "codes"
	PastChanged    Past = "changed" // units, interests or roles
	PastInvitation Past = "invitation"
)

// Recalled returns the account of an older copy as it may come back, last being
// how it stood before that, and what the copy did not know. Every session and
// every link has ended; what can be done again is done again.
func (a Account) Recalled(last Standing) (Account, []Past) {
	var past []Past
	if last.Version > a.Version {
		if !last.sits(a.Standing()) {
			a.Units, a.Interests, a.Roles = last.Units, last.Interests, last.Roles
			past = append(past, PastChanged)
		}
		switch {
		case last.State == Disabled && a.State == Disabled:
		case last.State == Disabled:
			a, past = a.shut(), append(past, PastDisabled)
		case last.Epoch > a.Epoch || last.State != a.State:
			a, past = a.shut(), append(past, PastShut)
		case last.Codes < len(a.Recovery):
			a.Recovery, past = nil, append(past, PastCodes)
		}
	}
	if a.State == Invited {
		a, past = a.shut(), append(past, PastInvitation)
	}
	a.Epoch = max(a.Epoch, last.Epoch) + 1
	return a, past
}
