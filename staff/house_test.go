package staff_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/site/page"
	"yangguang/staff"
)

const passphrase = "四个 苹果 on a quiet roof"

var office = staff.From{Device: "Chrome · Windows", Place: "10.1.2.0/24"}

// house is a door with its register on a roll in memory, the clock in hand and
// the work counted.
type house struct {
	staff.Door
	staff.Register
	t    *testing.T
	now  time.Time
	mu   sync.Mutex
	work map[string]int
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, calendar.China), work: map[string]int{}}
	clock := func() time.Time { return h.now }
	roll, meter := staff.NewMemory(), page.NewMeter(clock)
	hash := func(p string) string { return fmt.Sprintf("hash:%x", sha256.Sum256([]byte(p))) }
	h.Door = staff.Door{
		Roll: roll, Now: clock,
		Hash: func(_ context.Context, p string) (string, error) { return hash(p), nil },
		Match: func(_ context.Context, p, kept string) (bool, error) {
			h.count("match")
			return hash(p) == kept, nil
		},
		Code: func(key []byte, step int64) (string, error) {
			h.count("code")
			return oneTime(key, step), nil
		},
		Derive: func(b []byte) []byte {
			mac := hmac.New(sha256.New, []byte("installation"))
			mac.Write(b)
			return mac.Sum(nil)
		},
		Seal: func(place string, b []byte) ([]byte, error) { return turned(place, b), nil },
		Open: func(place string, b []byte) ([]byte, error) { return turned(place, b), nil },
		Slow: func(ctx context.Context, r staff.Rate, who string) (time.Duration, error) {
			h.count("slow")
			return meter.Take(ctx, page.Rate{Name: r.Name, Burst: r.Burst, Every: r.Every}, who)
		},
	}
	h.Register = staff.Register{
		Roll: roll, Now: clock, Reserved: []string{"first"},
		Orphaned: func(context.Context, []staff.Officer) (int, error) { return 0, nil },
	}
	return h
}

func (h *house) count(what string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.work[what]++
}

// turned stands for sealing: it only keeps the bytes from being found.
func turned(place string, b []byte) []byte {
	pad := sha256.Sum256([]byte(place))
	out := make([]byte, len(b))
	for i := range b {
		out[i] = b[i] ^ pad[i%len(pad)]
	}
	return out
}

// oneTime is RFC 6238 with six digits.
func oneTime(key []byte, step int64) string {
	mac := hmac.New(sha1.New, key)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(sum[at:])&0x7fffffff)%1000000)
}

func officer(id string) staff.Officer {
	return staff.Officer{ID: id, Name: "王芳", Units: []string{"410800.vet"}, Roles: []staff.Role{staff.Handler}}
}

// person is an officer with a passphrase and an authenticator.
type person struct {
	*house
	id    string
	key   []byte
	codes []string
}

// add adds an officer and returns the link.
func (h *house) add(id string) string {
	h.t.Helper()
	link, err := h.Add(h.t.Context(), officer(id))
	h.wants(err, nil)
	return link
}

// keyOf reads the key as an authenticator does from what the officer types.
func (h *house) keyOf(link string) []byte {
	h.t.Helper()
	i, err := h.Invited(h.t.Context(), link, "阳光招生")
	h.wants(err, nil)
	key, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(i.Key, " ", ""))
	h.wants(err, nil)
	return key
}

// enrolled is an officer who has signed in once, two minutes ago.
func (h *house) enrolled(id string) person {
	h.t.Helper()
	link := h.add(id)
	p := person{house: h, id: id, key: h.keyOf(link)}
	e, err := h.Enrol(h.t.Context(), link, passphrase, p.code(0), office)
	h.wants(err, nil)
	p.codes = e.Codes
	h.now = h.now.Add(2 * time.Minute)
	return p
}

// code is what the authenticator shows some steps from now.
func (p person) code(steps int64) string { return oneTime(p.key, p.now.Unix()/30+steps) }

func (p person) try() staff.Try {
	return staff.Try{ID: p.id, Passphrase: passphrase, Code: p.code(0), From: office}
}

// comes signs in, a minute after the time before.
func (p person) comes() staff.Entered {
	p.t.Helper()
	p.now = p.now.Add(time.Minute)
	e, err := p.SignIn(p.t.Context(), p.try())
	p.wants(err, nil)
	return e
}

func (h *house) wants(got, want error) {
	h.t.Helper()
	if !errors.Is(got, want) {
		h.t.Fatalf("error %v, want %v", got, want)
	}
}

func (h *house) who(token string) error {
	_, err := h.Who(h.t.Context(), token)
	return err
}
