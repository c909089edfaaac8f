package staff_test

import (
	"slices"
	"testing"
	"time"

	"yangguang/staff"
)

// What an older copy of an account did not know is done to it again where that
// can be, and shuts it where it cannot.
func TestRecalled(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	copied := staff.Account{Officer: officer("vet-1"), Passphrase: "hash", Key: []byte("k"), Recovery: [][]byte{{1}, {2}}, Epoch: 3, Version: 7}
	copied.State = staff.Active
	since := func(change func(*staff.Account)) staff.Standing {
		a := copied
		change(&a)
		a.Version = 9
		return a.Standing()
	}
	for _, c := range []struct {
		name  string
		from  staff.State
		last  staff.Standing
		past  []staff.Past
		state staff.State
		codes int
		roles []staff.Role
	}{
		{"nothing is known", staff.Active, staff.Standing{}, nil, staff.Active, 2, copied.Roles},
		{"it stands as it stood", staff.Active, copied.Standing(), nil, staff.Active, 2, copied.Roles},
		{"signed in since", staff.Active, since(func(*staff.Account) {}), nil, staff.Active, 2, copied.Roles},
		{"disabled since", staff.Active, since(func(a *staff.Account) { a.State, a.Epoch = staff.Disabled, 4 }), []staff.Past{staff.PastDisabled}, staff.Disabled, 0, copied.Roles},
		{"another passphrase since", staff.Active, since(func(a *staff.Account) { a.Epoch = 4 }), []staff.Past{staff.PastShut}, staff.Disabled, 0, copied.Roles},
		{"a recovery code used since", staff.Active, since(func(a *staff.Account) { a.Recovery = a.Recovery[:1] }), []staff.Past{staff.PastCodes}, staff.Active, 0, copied.Roles},
		{"other roles since", staff.Active, since(func(a *staff.Account) { a.Roles = []staff.Role{staff.Reviewer} }), []staff.Past{staff.PastChanged}, staff.Active, 2, []staff.Role{staff.Reviewer}},
		{"other kin since", staff.Active, since(func(a *staff.Account) { a.Interests = []string{"410800-01"} }), []staff.Past{staff.PastChanged}, staff.Active, 2, copied.Roles},
		{"a link that was used since", staff.Invited, since(func(*staff.Account) {}), []staff.Past{staff.PastShut}, staff.Disabled, 0, copied.Roles},
		{"a link that was not", staff.Invited, staff.Standing{}, []staff.Past{staff.PastInvitation}, staff.Disabled, 0, copied.Roles},
		{"disabled then and since", staff.Disabled, since(func(a *staff.Account) { a.State, a.Epoch = staff.Disabled, 6 }), nil, staff.Disabled, 2, copied.Roles},
	} {
		a := copied
		if a.State = c.from; a.State == staff.Invited {
			a.Invitation, a.InvitedUntil = []byte("i"), now.Add(time.Hour)
		}
		got, past := a.Recalled(c.last)
		if !slices.Equal(past, c.past) || got.State != c.state || len(got.Recovery) != c.codes || !slices.Equal(got.Roles, c.roles) {
			t.Errorf("%s: %v, %+v", c.name, past, got)
		}
		if got.Epoch <= a.Epoch || got.Epoch <= c.last.Epoch || len(got.Invitation) > 0 {
			t.Errorf("%s: a session or link goes on: epoch %d, link %q", c.name, got.Epoch, got.Invitation)
		}
		if got.State == staff.Disabled && c.from != staff.Disabled && got.Passphrase != "" {
			t.Errorf("%s: the passphrase opens", c.name)
		}
	}
}
