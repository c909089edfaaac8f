package complaint

import (
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// crockford is the alphabet of codes that people read aloud: no I, L, O or U.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// check5 returns the sum of symbols in the field of 32 elements, each weighed
// by another power of x (x⁵ = x² + 1). It is 0 for a code with its check
// character last. As the weights differ, one wrong symbol or two exchanged ones
// always change it, up to 31 symbols.
func check5(symbols []byte) byte {
	var sum byte
	for _, s := range symbols {
		sum = times(sum) ^ s
	}
	return sum
}

// checkSymbol returns the symbol that makes check5 of all of them 0.
func checkSymbol(symbols []byte) byte { return times(check5(symbols)) }

func times(a byte) byte {
	a <<= 1
	if a&32 != 0 {
		a ^= 0b100101
	}
	return a
}

// readSymbols reads what was typed or dictated: any case, spaces, dashes and
// full-width characters; O is 0, I and L are 1. It returns n symbols or none.
func readSymbols(s string, n int) ([]byte, error) {
	if len(s) > 200 {
		return nil, ErrBadCode
	}
	out := make([]byte, 0, n)
	for _, r := range s {
		if r >= '！' && r <= '～' {
			r += '!' - '！'
		}
		if strings.ContainsRune(" \t\r\n\u00a0\u3000-_.·‐‑–—−", r) {
			continue
		}
		i := -1
		if r < 128 {
			i = strings.IndexByte(crockford, plain(byte(r)))
		}
		if i < 0 || len(out) == n {
			return nil, ErrBadCode
		}
		out = append(out, byte(i))
	}
	if len(out) != n || check5(out) != 0 {
		return nil, ErrBadCode
	}
	return out, nil
}

// plain returns the character that c stands for.
func plain(c byte) byte {
	if c >= 'a' && c <= 'z' {
		c -= 'a' - 'A'
	}
	switch c {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	return c
}

func letters(symbols []byte) string {
	out := make([]byte, len(symbols))
	for i, s := range symbols {
		out[i] = crockford[s]
	}
	return string(out)
}

// Number is a case number: the year, 8 random digits (a sequence would tell
// how many complain) and a check character, as in 2026483927107. It is no
// secret and opens nothing.
type Number string

const numberDigits = 12

// NewNumber draws a number of that year.
func NewNumber(year int, random io.Reader) (Number, error) {
	const all = 100_000_000
	var b [4]byte
	for {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return "", fmt.Errorf("complaint: random: %w", err)
		}
		// Beyond the last whole multiple some digits would be likelier.
		if n := binary.BigEndian.Uint32(b[:]); n < all*42 {
			return NumberOf(int64(year)*all + int64(n%all)), nil
		}
	}
}

// ParseNumber reads a number as people write it. It returns ErrBadCode for
// anything that is none, a slip of one character or two exchanged included.
func ParseNumber(s string) (Number, error) {
	symbols, err := readSymbols(s, numberDigits+1)
	if err != nil {
		return "", err
	}
	for _, d := range symbols[:numberDigits] {
		if d > 9 {
			return "", ErrBadCode
		}
	}
	return Number(letters(symbols)), nil
}

// Valid reports whether n is a number as NewNumber makes it.
func (n Number) Valid() bool {
	p, err := ParseNumber(string(n))
	return err == nil && p == n
}

// Digits returns n without its check character, as a store keeps and orders it:
// numbers stand in the order of their digits. It is 0 for what is no number.
func (n Number) Digits() int64 {
	if !n.Valid() {
		return 0
	}
	digits, _ := strconv.ParseInt(string(n[:numberDigits]), 10, 64) // all digits: it is valid
	return digits
}

// NumberOf returns the number that has these digits.
func NumberOf(digits int64) Number {
	text := fmt.Sprintf("%0*d", numberDigits, digits)
	symbols := make([]byte, len(text))
	for i := range symbols {
		symbols[i] = text[i] - '0'
	}
	return Number(letters(append(symbols, checkSymbol(symbols))))
}

// String returns the number in groups: 2026-48392710-7.
func (n Number) String() string {
	if len(n) != numberDigits+1 {
		return string(n)
	}
	return string(n[:4]) + "-" + string(n[4:12]) + "-" + string(n[12:])
}
