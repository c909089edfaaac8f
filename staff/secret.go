package staff

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"slices"
	"strings"
	"unicode"
)

// newToken makes what a browser or a link carries: 256 random bits.
func newToken() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashOf is what is kept of a token or recovery code. These have so many random
// bits that they need no slow hash (ASVS 5.0, 6.5.2: 112 bits).
func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

const (
	// recoveryCodes is how many codes an officer prints.
	recoveryCodes = 10
	recoverySize  = 15 // bytes: 24 characters
)

// crockford leaves out what is mistaken for another character.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newRecovery makes the recovery codes, in groups of four as they are printed,
// and their hashes.
func newRecovery() (codes []string, hashes [][]byte) {
	for range recoveryCodes {
		b := make([]byte, recoverySize)
		rand.Read(b) // never fails
		code := crockford.EncodeToString(b)
		codes = append(codes, grouped(code, "-"))
		hashes = append(hashes, hashOf(code))
	}
	return codes, hashes
}

// grouped writes s in groups of four, with joint between two.
func grouped(s, joint string) string {
	var groups []string
	for part := range slices.Chunk([]byte(s), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, joint)
}

// plainCode reads a code as people type it: with or without groups, in any
// case, full-width, O for 0, I or L for 1.
func plainCode(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // full-width
			r -= '！' - '!'
		}
		switch r = unicode.ToUpper(r); r {
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return r
	}, s)
}
