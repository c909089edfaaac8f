package complaint

import (
	"crypto/sha256"
	"encoding/binary"
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

// Number is a case number: the year, 8 digits and a check character, as in
// 2026483927107. The digits look random (a sequence would tell how many
// complain) and are made of the receipt's MAC, so that a store finds a case by
// either in one index. It is no secret and opens nothing.
type Number string

const numberDigits = 12

// A number's digits are the year behind the 8: those that begin with the same 8
// stand side by side, one for each year.
const years, serials = 10_000, 100_000_000

// Tries is how many numbers a receipt has in a year. The first that is nobody
// else's is the case's: among 10⁸ even two collisions are rare.
const Tries = 8

// NewNumber returns the number of a case that is filed in that year with the
// receipt of that MAC.
func NewNumber(year int, mac []byte, try int) Number {
	return NumberOf(serial(mac, try)*years + int64(year))
}

// Numbers returns between which digits the number lies of the case with the
// receipt of that MAC, whatever its year: first and last for each try.
func Numbers(mac []byte) (spans [Tries][2]int64) {
	for try := range spans {
		first := serial(mac, try) * years
		spans[try] = [2]int64{first, first + years - 1}
	}
	return spans
}

func serial(mac []byte, try int) int64 {
	sum := sha256.Sum256(append([]byte{byte(try)}, mac...))
	return int64(binary.BigEndian.Uint64(sum[:]) % serials)
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

// Digits returns n without its check character, as a store keeps it. It is 0
// for what is no number.
func (n Number) Digits() int64 {
	if !n.Valid() {
		return 0
	}
	digits, _ := strconv.ParseInt(string(n[:numberDigits]), 10, 64) // all digits: it is valid
	return digits%serials*years + digits/serials
}

// NumberOf returns the number that has these digits.
func NumberOf(digits int64) Number {
	symbols := make([]byte, numberDigits, numberDigits+1)
	for i, rest := numberDigits-1, digits%years*serials+digits/years; i >= 0; i, rest = i-1, rest/10 {
		symbols[i] = byte(rest % 10)
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
