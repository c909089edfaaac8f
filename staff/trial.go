package staff

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// Trial is the officers of a trial. They are in no database, have no
// passphrase, and come in by links that hold while the program runs.
type Trial struct {
	roll  *Memory
	links map[string]string // hash of the token → id
	mine  []Officer
}

// NewTrial returns a trial with these officers.
func NewTrial(officers ...Officer) (*Trial, error) {
	t := &Trial{roll: NewMemory(), links: map[string]string{}}
	for _, o := range officers {
		if err := o.Check(); err != nil {
			return nil, err
		}
		o.State = Active
		if err := t.roll.Add(context.Background(), Account{Officer: o}); err != nil {
			return nil, fmt.Errorf("%s: %w", o.ID, err)
		}
		t.mine = append(t.mine, o)
	}
	return t, nil
}

// Officers returns the officers of the trial.
func (t *Trial) Officers() []Officer { return slices.Clone(t.mine) }

// Link makes the token of a new link for one of them; "" for somebody else.
// Links must be made before the door opens.
func (t *Trial) Link(id string) string {
	if !slices.ContainsFunc(t.mine, func(o Officer) bool { return o.ID == id }) {
		return ""
	}
	token := newToken()
	links := maps.Clone(t.links)
	links[string(hashOf(token))] = id
	t.links = links
	return token
}

// Enter lets somebody in who opened a link of the trial. Any other token, and
// every token where there is no trial, is ErrNotFound.
func (d *Door) Enter(ctx context.Context, token string, from From) (Entered, error) {
	if d.Trial == nil {
		return Entered{}, ErrNotFound
	}
	id, ok := d.Trial.links[string(hashOf(token))]
	if !ok {
		return Entered{}, ErrNotFound
	}
	a, err := d.Trial.roll.Account(ctx, id)
	if err != nil {
		return Entered{}, err
	}
	return d.begin(ctx, d.Trial.roll, a, from)
}
