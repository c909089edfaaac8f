package bot

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"yangguang/pattern"
)

// SlipLife is how long a one-time link is good.
const SlipLife = 24 * time.Hour

// SlipPath is where the site opens one-time links.
const SlipPath = "/once/"

// Purpose is what a slip is for.
type Purpose string

// The purposes.
const (
	// ForReceipt shows number and receipt once.
	ForReceipt Purpose = "receipt"
	// ForIdentity takes name and telephone for a draft.
	ForIdentity Purpose = "identity"
)

// Slip is what a one-time link opens: what must not be said or asked on a
// channel abroad.
type Slip struct {
	For     Purpose `json:"for"`
	Number  string  `json:"number,omitempty"`
	Receipt string  `json:"receipt,omitempty"`
	Conv    string  `json:"conv,omitempty"`
	Draft   string  `json:"draft,omitempty"`
}

// Slips keep slips by the digest of their token. The implementation is in room
// store.
type Slips interface {
	// Keep keeps a slip until then.
	Keep(ctx context.Context, digest, sealed []byte, until time.Time) error
	// Look returns what is kept, or ErrNone if there is nothing, it was taken,
	// or its time is over.
	Look(ctx context.Context, digest []byte, now time.Time) ([]byte, error)
	// Take is Look for the one who takes it: to all others it is ErrNone then.
	Take(ctx context.Context, digest []byte, now time.Time) ([]byte, error)
	// Sweep forgets those whose time is over, and returns how many.
	Sweep(ctx context.Context, now time.Time) (int, error)
}

// SlipBox makes one-time links and opens them. A slip is sealed under its own
// token, of which the digest alone is kept: what lies in the database opens for
// nobody but who was sent the link.
type SlipBox struct {
	Slips Slips
	Now   func() time.Time
}

var slipForm = pattern.New(`^[A-Z2-7]{26}$`) // as rand.Text makes it: 130 bits

// Mint keeps a slip and returns the path of its link.
func (b *SlipBox) Mint(ctx context.Context, s Slip) (path string, err error) {
	plain, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	token := rand.Text()
	digest, lock, err := slipLock(token)
	if err != nil {
		return "", err
	}
	sealed := lock.Seal(nil, nil, plain, digest) //nolint:gosec // it draws its nonce itself
	return SlipPath + token, b.Slips.Keep(ctx, digest, sealed, b.Now().Add(SlipLife))
}

// Look returns the slip of a token without taking it, or ErrNone.
func (b *SlipBox) Look(ctx context.Context, token string) (Slip, error) {
	return b.open(ctx, token, b.Slips.Look)
}

// Take returns the slip of a token, once.
func (b *SlipBox) Take(ctx context.Context, token string) (Slip, error) {
	return b.open(ctx, token, b.Slips.Take)
}

func (b *SlipBox) open(ctx context.Context, token string, get func(context.Context, []byte, time.Time) ([]byte, error)) (s Slip, err error) {
	if !slipForm.MatchString(token) {
		return Slip{}, ErrNone
	}
	digest, lock, err := slipLock(token)
	if err != nil {
		return Slip{}, err
	}
	sealed, err := get(ctx, digest, b.Now())
	if err != nil {
		return Slip{}, err
	}
	plain, err := lock.Open(nil, nil, sealed, digest)
	if err != nil {
		return Slip{}, fmt.Errorf("bot: slip: %w", err)
	}
	return s, json.Unmarshal(plain, &s)
}

func slipLock(token string) (digest []byte, lock cipher.AEAD, err error) {
	sum := sha256.Sum256([]byte("slip\n" + token))
	key, err := hkdf.Key(sha256.New, []byte(token), nil, "yangguang slip", 32)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, nil, err
	}
	lock, err = cipher.NewGCMWithRandomNonce(block)
	return sum[:], lock, err
}

// Sweep forgets slips whose time is over.
func (b *SlipBox) Sweep(ctx context.Context) (int, error) { return b.Slips.Sweep(ctx, b.Now()) }
