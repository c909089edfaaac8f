package main

import (
	"context"
	"encoding/base32"
	"errors"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/text/unicode/norm"

	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/site/page"
	"yangguang/staff"
)

// newDoor returns the door of the desk over the roll; trial is nil in an
// operated site.
func newDoor(roll staff.Roll, trial *staff.Trial, keys *seal.Keys, limiter page.Limiter, now func() time.Time) *staff.Door {
	passphrases, box := make(hasher, 1), ownBox{keys}
	return &staff.Door{
		Roll: roll, Trial: trial, Now: now,
		Hash: passphrases.hash, Match: passphrases.match, Code: oneTimeCode,
		Derive: keys.MACFor("authenticator"),
		Seal:   box.seal, Open: box.open,
		Slow: func(ctx context.Context, r staff.Rate, who string) (time.Duration, error) {
			return limiter.Take(ctx, page.Rate{Name: r.Name, Burst: r.Burst, Every: r.Every}, who)
		},
	}
}

// hashing costs a guesser as much as it costs us: 64 MiB, three times through.
// One thread leaves the other cores to the pages.
var hashing = argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hasher hashes as many passphrases at a time as it has places. Whoever waits
// for longer than a request may last is sent away.
type hasher chan struct{}

func (h hasher) hash(ctx context.Context, passphrase string) (hash string, err error) {
	err = h.alone(ctx, func() error {
		hash, err = argon2id.CreateHash(plain(passphrase), &hashing)
		return err
	})
	return hash, err
}

func (h hasher) match(ctx context.Context, passphrase, hash string) (right bool, err error) {
	if hash == "" {
		_, err = h.hash(ctx, passphrase)
		return false, err
	}
	err = h.alone(ctx, func() error {
		right, err = argon2id.ComparePasswordAndHash(plain(passphrase), hash)
		return err
	})
	return right, err
}

func (h hasher) alone(ctx context.Context, f func() error) error {
	select {
	case h <- struct{}{}:
		defer func() { <-h }()
		return f()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// plain is the one form of what keyboards write in several ways.
func plain(passphrase string) string { return norm.NFKC.String(passphrase) }

// oneTimeCode is what every authenticator shows: RFC 6238, six digits, SHA-1.
func oneTimeCode(key []byte, step int64) (string, error) {
	return hotp.GenerateCodeCustom(base32.StdEncoding.EncodeToString(key), uint64(step),
		hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
}

// ownBox seals what belongs to no case: each thing under a key of its own,
// which lies wrapped before it.
type ownBox struct{ *seal.Keys }

var errSealed = errors.New("sealed bytes are cut")

func (b ownBox) seal(place string, plain []byte) ([]byte, error) {
	key := b.Mint(place)
	sealed, err := b.Seal(key, place, plain)
	return box(key, sealed), err
}

func (b ownBox) open(place string, sealed []byte) ([]byte, error) {
	key, rest, err := boxed(place, sealed)
	if err != nil {
		return nil, err
	}
	return b.Open(key, place, rest)
}

// boxed parts what is sealed from its key, which lies before it.
func boxed(place string, all []byte) (key complaint.Key, sealed []byte, err error) {
	if len(all) == 0 || len(all) < 1+int(all[0]) {
		return key, nil, errSealed
	}
	n := 1 + int(all[0])
	return complaint.Key{Of: place, Wrapped: all[1:n]}, all[n:], nil
}

// box puts them together.
func box(key complaint.Key, sealed []byte) []byte {
	return append(append([]byte{byte(len(key.Wrapped))}, key.Wrapped...), sealed...)
}
