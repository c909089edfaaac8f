// Package seal seals what people said and sent, with a key for each case. It is
// the [complaint.Sealer] of the program.
//
// A case's key is 256 random bits, minted with the draft and kept only wrapped:
// sealed itself under the installation's key, which lies in a file and in no
// database or backup. A [Ring] holds the installation's key and those it had
// before. Destroying the wrapped key makes everything sealed under it
// unreadable.
//
// [Keys] are what that file holds. [Erasures] is the log beside it of the keys
// that were destroyed: a backup made before still has them.
//
// Everything is AES-256-GCM with random nonces and bound to its case and place:
// a sealed part that is moved, cut or changed does not open.
package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync/atomic"

	"yangguang/complaint"
)

// KeySize is the length of an installation's key in bytes.
const KeySize = 32

// ErrDamaged is returned for what does not open: changed bytes, another place,
// another case, or a key that this installation does not have.
var ErrDamaged = errors.New("seal: does not open")

// format is the first byte of everything sealed. Another way of sealing will
// have another.
const format = 1

// idSize is the length of the fingerprint by which a wrapped key names the
// installation's key that opens it.
const idSize = 8

// Ring is the installation's keys. It is safe for use by several at once.
type Ring struct {
	held atomic.Pointer[held]
	// again reads the keys once more, where they come from a file that another
	// program may have written a new key to; nil: there is no such file.
	again func() (*held, error)
}

// held are the keys of a ring at one moment.
type held struct {
	current string
	keys    map[string]cipher.AEAD
}

// New returns a ring that wraps with current and also opens what older keys
// wrapped. Every key has KeySize bytes.
func New(current []byte, older ...[]byte) (*Ring, error) {
	h, err := hold(current, older...)
	if err != nil {
		return nil, err
	}
	r := &Ring{}
	r.held.Store(h)
	return r, nil
}

func hold(current []byte, older ...[]byte) (*held, error) {
	h := &held{current: fingerprint(current), keys: map[string]cipher.AEAD{}}
	for _, key := range append([][]byte{current}, older...) {
		if len(key) != KeySize || bytes.Equal(key, make([]byte, KeySize)) {
			return nil, fmt.Errorf("seal: an installation key has %d random bytes, not these %d", KeySize, len(key))
		}
		aead, err := gcm(key)
		if err != nil {
			return nil, err
		}
		h.keys[fingerprint(key)] = aead
	}
	return h, nil
}

// find returns the installation's key with that fingerprint. One that is not
// known may have been added to the file since.
func (r *Ring) find(name string) (cipher.AEAD, bool) {
	aead, ok := r.held.Load().keys[name]
	if ok || r.again == nil {
		return aead, ok
	}
	h, err := r.again()
	if err != nil {
		return nil, false
	}
	if aead, ok = h.keys[name]; ok {
		r.held.Store(h)
	}
	return aead, ok
}

// fingerprint names a key without saying anything of it.
func fingerprint(key []byte) string {
	sum := sha256.Sum256(append([]byte("yangguang installation key\n"), key...))
	return string(sum[:idSize])
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Mint makes the key of the case that the draft with that id will become.
func (r *Ring) Mint(of string) complaint.Key {
	key := make([]byte, KeySize)
	rand.Read(key) // never fails
	return r.wrap(of, key)
}

func (r *Ring) wrap(of string, key []byte) complaint.Key {
	h := r.held.Load()
	out := append([]byte{format}, h.current...)
	out = h.keys[h.current].Seal(out, nil, key, bound(of, "key")) //nolint:gosec // the AEAD draws its nonce itself
	return complaint.Key{Of: of, Wrapped: out}
}

func (r *Ring) unwrap(key complaint.Key) ([]byte, error) {
	w := key.Wrapped
	if len(w) == 0 {
		return nil, complaint.ErrErased
	}
	if len(w) < 1+idSize || w[0] != format {
		return nil, ErrDamaged
	}
	aead, ok := r.find(string(w[1 : 1+idSize]))
	if !ok {
		return nil, fmt.Errorf("%w: wrapped by a key that is not here", ErrDamaged)
	}
	plain, err := aead.Open(nil, nil, w[1+idSize:], bound(key.Of, "key"))
	if err != nil || len(plain) != KeySize {
		return nil, ErrDamaged
	}
	return plain, nil
}

// Newest names the current installation key without saying anything of it.
func (r *Ring) Newest() string { return hex.EncodeToString([]byte(r.held.Load().current)) }

// Holds reports whether the ring has the key of that name.
func (r *Ring) Holds(name string) bool {
	fingerprint, err := hex.DecodeString(name)
	return err == nil && r.held.Load().keys[string(fingerprint)] != nil
}

// Current reports whether a key is wrapped by the current installation key. One
// that was destroyed needs no wrapping.
func (r *Ring) Current(key complaint.Key) bool {
	w := key.Wrapped
	return len(w) == 0 || len(w) >= 1+idSize && w[0] == format && string(w[1:1+idSize]) == r.held.Load().current
}

// Rewrap returns the same key wrapped by the current installation key.
func (r *Ring) Rewrap(key complaint.Key) (complaint.Key, error) {
	plain, err := r.unwrap(key)
	if err != nil {
		return complaint.Key{}, err
	}
	return r.wrap(key.Of, plain), nil
}

// Seal seals plain for a place of the case.
func (r *Ring) Seal(key complaint.Key, place string, plain []byte) ([]byte, error) {
	seal, err := r.Sealing(key)
	if err != nil {
		return nil, err
	}
	return seal(place, plain)
}

// Sealing returns what seals for the places of one case, whose key is unwrapped
// once.
func (r *Ring) Sealing(key complaint.Key) (func(place string, plain []byte) ([]byte, error), error) {
	aead, err := r.of(key)
	if err != nil {
		return nil, err
	}
	return func(place string, plain []byte) ([]byte, error) {
		out := append(make([]byte, 0, 1+len(plain)+aead.Overhead()), format)
		return aead.Seal(out, nil, plain, bound(key.Of, "part/"+place)), nil //nolint:gosec // the AEAD draws its nonce itself
	}, nil
}

// Open opens what was sealed for that place of the case.
func (r *Ring) Open(key complaint.Key, place string, sealed []byte) ([]byte, error) {
	aead, err := r.of(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) == 0 || sealed[0] != format {
		return nil, ErrDamaged
	}
	plain, err := aead.Open(nil, nil, sealed[1:], bound(key.Of, "part/"+place))
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

func (r *Ring) of(key complaint.Key) (cipher.AEAD, error) {
	plain, err := r.unwrap(key)
	if err != nil {
		return nil, err
	}
	return gcm(plain)
}

// bound is what a sealed thing is tied to. The length keeps case and place apart.
func bound(of, place string) []byte { return fmt.Appendf(nil, "%d:%s/%s", len(of), of, place) }
