package staff_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"yangguang/staff"
)

func TestRegister(t *testing.T) {
	h := newHouse(t)
	h.add("vet-1")
	for _, id := range []string{"vet-1", "first"} {
		_, err := h.Add(t.Context(), officer(id))
		h.wants(err, staff.ErrTaken)
	}
	h.wants(h.Disable(t.Context(), "nobody"), staff.ErrNotFound)
	h.wants(h.Change(t.Context(), officer("nobody")), staff.ErrNotFound)
	_, err := h.Reset(t.Context(), "nobody")
	h.wants(err, staff.ErrNotFound)
}

func TestDisabledComesBackByANewLink(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	h.wants(h.Disable(t.Context(), "vet-1"), nil)
	h.wants(h.Disable(t.Context(), "vet-1"), nil)
	link, err := h.Reset(t.Context(), "vet-1")
	h.wants(err, nil)
	fresh := h.keyOf(link)
	if string(fresh) == string(p.key) {
		t.Error("the new link has the old authenticator")
	}
	p.key = fresh
	_, err = h.Enrol(t.Context(), link, passphrase, p.code(0), office)
	h.wants(err, nil)
	old := p.try()
	old.Code = p.codes[0]
	_, err = h.SignIn(t.Context(), old)
	h.wants(err, staff.ErrRefused) // the old recovery codes are gone
	p.comes()
}

func TestANewLinkEndsTheOldOne(t *testing.T) {
	h := newHouse(t)
	first := h.add("vet-1")
	second, err := h.Reset(t.Context(), "vet-1")
	h.wants(err, nil)
	_, err = h.Invited(t.Context(), first, "阳光招生")
	h.wants(err, staff.ErrNoInvitation)
	h.keyOf(second)
	h.wants(h.Disable(t.Context(), "vet-1"), nil)
	_, err = h.Invited(t.Context(), second, "阳光招生")
	h.wants(err, staff.ErrNoInvitation)
}

// A case that is kept keeps an officer.
func TestTheLastOfficerStays(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	h.add("vet-2") // invited: does not count yet
	h.Orphaned = func(_ context.Context, all []staff.Officer) (int, error) {
		able := slices.ContainsFunc(all, func(o staff.Officer) bool {
			return o.State == staff.Active && o.Is(staff.Handler) && !slices.Contains(o.Interests, "410800-02")
		})
		if able {
			return 0, nil
		}
		return 3, nil
	}
	h.wants(h.Disable(t.Context(), "vet-2"), nil)
	h.wants(h.Disable(t.Context(), "vet-1"), staff.ErrNeeded)
	moved := officer("vet-1")
	moved.Interests = []string{"410800-02"}
	h.wants(h.Change(t.Context(), moved), staff.ErrNeeded)
	p.comes() // nothing was done

	h.enrolled("vet-3")
	h.wants(h.Change(t.Context(), moved), nil)
	h.wants(h.Disable(t.Context(), "vet-1"), nil)
	h.wants(h.Disable(t.Context(), "vet-3"), staff.ErrNeeded)
	_, err := h.Reset(t.Context(), "vet-3")
	h.wants(err, nil)                             // a telephone may be in the wrong hands
	h.wants(h.Disable(t.Context(), "vet-3"), nil) // nothing gets worse by it
}

func TestChangeKeepsTheWayIn(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	added := h.now
	o := officer("vet-1")
	o.State, o.Added = staff.Disabled, time.Time{} // not for Change to say
	o.Units = []string{"410823"}
	h.wants(h.Change(t.Context(), o), nil)
	seat := p.comes().Seat
	if got := seat.Officer; got.State != staff.Active || got.Units[0] != "410823" || !got.Added.Before(added) || got.Added.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestCheck(t *testing.T) {
	for field, change := range map[string]func(*staff.Officer){
		"":          func(*staff.Officer) {},
		"id":        func(o *staff.Officer) { o.ID = "Wang Fang" },
		"name":      func(o *staff.Officer) { o.Name = " " },
		"units":     func(o *staff.Officer) { o.Units = nil },
		"interests": func(o *staff.Officer) { o.Interests = []string{"卫校"} },
		"roles":     func(o *staff.Officer) { o.Roles = []staff.Role{"citizen"} },
	} {
		o := officer("vet-1")
		change(&o)
		err := o.Check()
		if field == "" {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		if w, ok := errors.AsType[*staff.Wrong](err); !ok || w.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, id := range []string{"", "-a", "a-", "a--b", "1a", "a b", "A", "王", "a.b", "abcdefghijklmnopqrstuvwxyzabcdefg"} {
		if o := officer(id); o.Check() == nil {
			t.Errorf("%q was taken as an id", id)
		}
	}
}
