// Package stafftest is the suite that every [staff.Roll] passes.
package stafftest

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"yangguang/staff"
)

// Run holds a roll to its contract. open returns a new empty roll.
func Run(t *testing.T, open func(t *testing.T) staff.Roll) {
	for name, test := range map[string]func(*testing.T, staff.Roll){
		"an empty roll knows nobody":                empty,
		"an account comes back as kept":             roundTrip,
		"an id is given once":                       taken,
		"a stale account stores nothing":            stale,
		"of several who save at once one does":      race,
		"an invitation is found by its hash":        invited,
		"accounts are sorted by id":                 sorted,
		"what is read belongs to the reader":        ownCopies,
		"a session comes back as begun":             session,
		"sessions are listed newest first":          newest,
		"seen moves forward only":                   seen,
		"a session is ended by its officer, once":   end,
		"the others end and one stays":              endOthers,
		"what began long ago is forgotten":          forget,
		"two sessions begun at once are both there": both,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

var noon = time.UnixMilli(1669262400123).UTC()

// Account returns an account with something in every field.
func Account(id string) staff.Account {
	return staff.Account{
		Officer: staff.Officer{
			ID: id, Name: "王 '芳' \\ <b>", Units: []string{"410800", "410800.vet"}, Interests: []string{"410800-01"},
			Roles: []staff.Role{staff.Handler, staff.Editor}, State: staff.Active, Added: noon,
		},
		Passphrase: "$argon2id$v=19$m=65536,t=3,p=2$c2FsdA$aGFzaA",
		Key:        []byte{0, 1, 2, 255}, Step: 55642080,
		Recovery:   [][]byte{[]byte("first \x00 hash"), []byte("second hash")},
		Invitation: []byte("hash of " + id), InvitedUntil: noon.Add(72 * time.Hour), Epoch: 3,
	}
}

func begun(id, token string, at time.Time) staff.Session {
	return staff.Session{
		Hash: []byte(token), Officer: id, Epoch: 2, From: staff.From{Device: "Chrome · Windows", Place: "10.1.2.0/24"},
		Began: at, Seen: at.Add(time.Minute),
	}
}

func empty(t *testing.T, r staff.Roll) {
	if all, err := r.Accounts(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("accounts = %v, %v", all, err)
	}
	_, err := r.Account(t.Context(), "vet-1")
	wants(t, err, staff.ErrNotFound)
	_, err = r.Invited(t.Context(), nil)
	wants(t, err, staff.ErrNotFound)
	wants(t, r.Save(t.Context(), Account("vet-1")), staff.ErrNotFound)
	_, err = r.Session(t.Context(), []byte("token"))
	wants(t, err, staff.ErrNotFound)
	wants(t, r.Seen(t.Context(), []byte("token"), noon), nil)
	wants(t, r.End(t.Context(), "vet-1", []byte("token"), noon), staff.ErrNotFound)
}

func roundTrip(t *testing.T, r staff.Roll) {
	want := Account("vet-1")
	add(t, r, want)
	bare := staff.Account{Officer: staff.Officer{ID: "bare", Name: "甲", Units: []string{"410823"}, Roles: []staff.Role{staff.Handler}, State: staff.Invited}}
	add(t, r, bare)
	for _, want := range []staff.Account{want, bare} {
		want.Version = 1
		same(t, account(t, r, want.ID), want)
	}
	want = account(t, r, "vet-1")
	want.Name, want.Units, want.Interests, want.Roles = "李", []string{"410823"}, nil, []staff.Role{staff.Approver}
	want.State, want.Passphrase, want.Key, want.Step = staff.Disabled, "", nil, 0
	want.Recovery, want.Invitation, want.InvitedUntil, want.Epoch = nil, nil, time.Time{}, 4
	wants(t, r.Save(t.Context(), want), nil)
	want.Version = 2
	same(t, account(t, r, "vet-1"), want)
}

func taken(t *testing.T, r staff.Roll) {
	add(t, r, Account("vet-1"))
	other := Account("vet-1")
	other.Name, other.Invitation = "someone else", []byte("another")
	wants(t, r.Add(t.Context(), other), staff.ErrTaken)
	if got := account(t, r, "vet-1"); got.Name != Account("vet-1").Name {
		t.Errorf("the name became %q", got.Name)
	}
}

func stale(t *testing.T, r staff.Roll) {
	add(t, r, Account("vet-1"))
	first, second := account(t, r, "vet-1"), account(t, r, "vet-1")
	first.Step = 100
	wants(t, r.Save(t.Context(), first), nil)
	second.Step = 50
	wants(t, r.Save(t.Context(), second), staff.ErrStale)
	if got := account(t, r, "vet-1"); got.Step != 100 || got.Version != 2 {
		t.Errorf("step %d, version %d", got.Step, got.Version)
	}
}

func race(t *testing.T, r staff.Roll) {
	add(t, r, Account("vet-1"))
	read := account(t, r, "vet-1")
	var all sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		all.Go(func() {
			mine := read
			mine.Step = int64(i)
			results[i] = r.Save(t.Context(), mine)
		})
	}
	all.Wait()
	saved := 0
	for _, err := range results {
		if err == nil {
			saved++
		} else if !errors.Is(err, staff.ErrStale) {
			t.Error(err)
		}
	}
	if saved != 1 {
		t.Errorf("%d of 8 saved the same version", saved)
	}
}

func invited(t *testing.T, r staff.Roll) {
	add(t, r, Account("vet-1"))
	add(t, r, Account("vet-2"))
	got, err := r.Invited(t.Context(), []byte("hash of vet-2"))
	if wants(t, err, nil); got.ID != "vet-2" {
		t.Errorf("the invitation is of %q", got.ID)
	}
	got.Invitation = nil
	wants(t, r.Save(t.Context(), got), nil)
	for _, hash := range [][]byte{[]byte("hash of vet-2"), nil, {}} {
		_, err = r.Invited(t.Context(), hash)
		wants(t, err, staff.ErrNotFound)
	}
}

func sorted(t *testing.T, r staff.Roll) {
	want := []string{"a-b", "a1", "ab", "b"}
	for _, i := range []int{2, 0, 3, 1} {
		add(t, r, Account(want[i]))
	}
	all, err := r.Accounts(t.Context())
	wants(t, err, nil)
	var got []string
	for _, a := range all {
		got = append(got, a.ID)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

func ownCopies(t *testing.T, r staff.Roll) {
	given := Account("vet-1")
	add(t, r, given)
	given.Units[0], given.Recovery[0][0] = "changed", 'X'
	read := account(t, r, "vet-1")
	read.Roles[0], read.Key[0] = "changed", 'X'
	want := Account("vet-1")
	want.Version = 1
	same(t, account(t, r, "vet-1"), want)
}

func session(t *testing.T, r staff.Roll) {
	want := begun("vet-1", "token \x00", noon)
	begin(t, r, want)
	begin(t, r, begun("vet-1", "another", noon))
	sameSession(t, sessionOf(t, r, "token \x00"), want)
}

func newest(t *testing.T, r staff.Roll) {
	for i := range 3 {
		begin(t, r, begun("vet-1", fmt.Sprint("mine ", i), noon.Add(time.Duration(i)*time.Hour)))
		begin(t, r, begun("vet-2", fmt.Sprint("theirs ", i), noon.Add(time.Duration(i)*time.Hour)))
	}
	all, err := r.Sessions(t.Context(), "vet-1")
	wants(t, err, nil)
	var got []string
	for _, s := range all {
		got = append(got, string(s.Hash))
	}
	if want := []string{"mine 2", "mine 1", "mine 0"}; !reflect.DeepEqual(got, want) {
		t.Errorf("sessions %q, want %q", got, want)
	}
}

func seen(t *testing.T, r staff.Roll) {
	begin(t, r, begun("vet-1", "token", noon))
	for _, step := range []struct{ at, want time.Duration }{{time.Hour, time.Hour}, {time.Minute, time.Hour}} {
		wants(t, r.Seen(t.Context(), []byte("token"), noon.Add(step.at)), nil)
		if got := sessionOf(t, r, "token").Seen; !got.Equal(noon.Add(step.want)) {
			t.Errorf("seen %v, want %v", got, noon.Add(step.want))
		}
	}
}

func end(t *testing.T, r staff.Roll) {
	begin(t, r, begun("vet-1", "token", noon))
	wants(t, r.End(t.Context(), "vet-2", []byte("token"), noon), staff.ErrNotFound)
	if !sessionOf(t, r, "token").Ended.IsZero() {
		t.Error("somebody else ended the session")
	}
	for _, after := range []time.Duration{time.Hour, 2 * time.Hour} {
		wants(t, r.End(t.Context(), "vet-1", []byte("token"), noon.Add(after)), nil)
		if got := sessionOf(t, r, "token").Ended; !got.Equal(noon.Add(time.Hour)) {
			t.Errorf("ended %v", got)
		}
	}
}

func endOthers(t *testing.T, r staff.Roll) {
	for _, token := range []string{"one", "two", "three"} {
		begin(t, r, begun("vet-1", token, noon))
	}
	begin(t, r, begun("vet-2", "theirs", noon))
	wants(t, r.End(t.Context(), "vet-1", []byte("one"), noon.Add(time.Minute)), nil)
	wants(t, r.EndOthers(t.Context(), "vet-1", []byte("two"), noon.Add(time.Hour)), nil)
	for token, want := range map[string]time.Time{"one": noon.Add(time.Minute), "two": {}, "three": noon.Add(time.Hour), "theirs": {}} {
		if got := sessionOf(t, r, token).Ended; !got.Equal(want) {
			t.Errorf("%s ended %v, want %v", token, got, want)
		}
	}
}

func forget(t *testing.T, r staff.Roll) {
	begin(t, r, begun("vet-1", "old", noon.Add(-time.Hour)))
	begin(t, r, begun("vet-1", "new", noon))
	wants(t, r.Forget(t.Context(), noon), nil)
	_, err := r.Session(t.Context(), []byte("old"))
	wants(t, err, staff.ErrNotFound)
	sessionOf(t, r, "new")
}

func both(t *testing.T, r staff.Roll) {
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if err := r.Begin(t.Context(), begun("vet-1", fmt.Sprint(i), noon)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, err := r.Sessions(t.Context(), "vet-1"); len(got) != 8 || err != nil {
		t.Errorf("%d sessions, %v", len(got), err)
	}
}

func add(t *testing.T, r staff.Roll, a staff.Account) {
	t.Helper()
	wants(t, r.Add(t.Context(), a), nil)
}

func begin(t *testing.T, r staff.Roll, s staff.Session) {
	t.Helper()
	wants(t, r.Begin(t.Context(), s), nil)
}

func account(t *testing.T, r staff.Roll, id string) staff.Account {
	t.Helper()
	a, err := r.Account(t.Context(), id)
	wants(t, err, nil)
	return a
}

func sessionOf(t *testing.T, r staff.Roll, token string) staff.Session {
	t.Helper()
	s, err := r.Session(t.Context(), []byte(token))
	wants(t, err, nil)
	return s
}

func wants(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("error %v, want %v", got, want)
	}
}

func same(t *testing.T, got, want staff.Account) {
	t.Helper()
	if !got.Added.Equal(want.Added) || !got.InvitedUntil.Equal(want.InvitedUntil) {
		t.Errorf("times %v, %v, want %v, %v", got.Added, got.InvitedUntil, want.Added, want.InvitedUntil)
	}
	got.Added, got.InvitedUntil = want.Added, want.InvitedUntil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("account %+v\nwant %+v", got, want)
	}
}

func sameSession(t *testing.T, got, want staff.Session) {
	t.Helper()
	if !got.Began.Equal(want.Began) || !got.Seen.Equal(want.Seen) || !got.Ended.Equal(want.Ended) {
		t.Errorf("times of %+v\nwant %+v", got, want)
	}
	got.Began, got.Seen, got.Ended = want.Began, want.Seen, want.Ended
	if !reflect.DeepEqual(got, want) {
		t.Errorf("session %+v\nwant %+v", got, want)
	}
}
