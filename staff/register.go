package staff

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Register is what whoever runs the site does to the accounts.
type Register struct {
	Roll Roll
	// Orphaned counts the kept cases that no officer could take in or handle if
	// these were the officers. Only active ones can.
	Orphaned func(ctx context.Context, officers []Officer) (int, error)
	// Reserved are ids that belong to nobody here: those of a trial.
	Reserved []string
	Now      func() time.Time
}

// Add enters a new officer and returns the token of the link for the first
// sign-in.
func (r Register) Add(ctx context.Context, o Officer) (token string, err error) {
	if err := o.Check(); err != nil {
		return "", err
	}
	if slices.Contains(r.Reserved, o.ID) {
		return "", ErrTaken
	}
	o.Added = r.Now()
	a, token := Account{Officer: o}.invite(r.Now())
	return token, r.Roll.Add(ctx, a)
}

// Reset takes passphrase, authenticator and sessions away and returns the token
// of a new link: for somebody who lost them, or a disabled officer who comes
// back. It never waits for anything: a telephone may be in the wrong hands.
func (r Register) Reset(ctx context.Context, id string) (token string, err error) {
	err = r.change(ctx, id, func(a Account) (Account, error) {
		a, token = a.invite(r.Now())
		return a, nil
	})
	return token, err
}

// Disable shuts the officer out at once. It returns ErrNeeded, having done
// nothing, if a case that is kept would be left without an officer.
func (r Register) Disable(ctx context.Context, id string) error {
	return r.change(ctx, id, func(a Account) (Account, error) {
		shut := a.shut()
		if a.State != Active {
			return shut, nil
		}
		return shut, r.replaceable(ctx, shut.Officer)
	})
}

// Change replaces name, units, interests and roles. It returns ErrNeeded,
// having done nothing, if a case that is kept would be left without an officer.
func (r Register) Change(ctx context.Context, o Officer) error {
	if err := o.Check(); err != nil {
		return err
	}
	return r.change(ctx, o.ID, func(a Account) (Account, error) {
		a.Name, a.Units, a.Interests, a.Roles = o.Name, o.Units, o.Interests, o.Roles
		if a.State != Active {
			return a, nil
		}
		return a, r.replaceable(ctx, a.Officer)
	})
}

func (r Register) change(ctx context.Context, id string, f func(Account) (Account, error)) error {
	a, err := r.Roll.Account(ctx, id)
	if err != nil {
		return err
	}
	if a, err = f(a); err != nil {
		return err
	}
	return r.Roll.Save(ctx, a)
}

// replaceable reports ErrNeeded if more cases would be orphaned with o as it
// would be than are now.
func (r Register) replaceable(ctx context.Context, o Officer) error {
	accounts, err := r.Roll.Accounts(ctx)
	if err != nil {
		return err
	}
	var before, after []Officer
	for _, a := range accounts {
		before = append(before, a.Officer)
		if a.ID == o.ID {
			a.Officer = o
		}
		after = append(after, a.Officer)
	}
	was, err := r.Orphaned(ctx, before)
	if err != nil {
		return err
	}
	will, err := r.Orphaned(ctx, after)
	if err != nil {
		return err
	}
	if will > was {
		return fmt.Errorf("%w: %d", ErrNeeded, will-was)
	}
	return nil
}
