package complaint_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yangguang/complaint"
)

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func receipt(t testing.TB) complaint.Receipt {
	t.Helper()
	r, err := complaint.NewReceipt(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mac(i int) []byte { return fmt.Appendf(nil, "mac %d", i) }

func TestAReceiptIsReadAsPeopleTypeIt(t *testing.T) {
	zero, _ := complaint.NewReceipt(bytes.NewReader(make([]byte, 23)))
	one, _ := complaint.NewReceipt(bytes.NewReader(bytes.Repeat([]byte{1}, 23)))
	if zero.Reveal() != "0000-0000-0000-0000-0000-0000" {
		t.Errorf("no bits set: %s", zero.Reveal())
	}
	r := receipt(t)
	wide := strings.Map(func(c rune) rune { return c - '!' + '！' }, r.Reveal())
	for typed, want := range map[string]complaint.Receipt{
		r.Reveal():                                              r,
		strings.ToLower(r.Reveal()):                             r,
		strings.ReplaceAll(r.Reveal(), "-", ""):                 r,
		strings.ReplaceAll(r.Reveal(), "-", " "):                r,
		"　" + strings.ReplaceAll(r.Reveal(), "-", "—") + "\r\n": r,
		wide:                       r,
		strings.Repeat("O", 24):    zero,
		strings.Repeat("oooo-", 6): zero,
		strings.NewReplacer("1", "I").Replace(one.Reveal()): one,
		strings.NewReplacer("1", "l").Replace(one.Reveal()): one,
	} {
		if got, err := complaint.ParseReceipt(typed); err != nil || got != want {
			t.Errorf("%q: %v, %v", typed, got.Reveal(), err)
		}
	}
	for _, typed := range []string{"", "-", r.Reveal()[1:], r.Reveal() + "0", strings.Repeat("U", 24), strings.Repeat("0", 23) + "中", strings.Repeat("-", 300) + r.Reveal()} {
		if _, err := complaint.ParseReceipt(typed); !errors.Is(err, complaint.ErrBadCode) {
			t.Errorf("%q: %v, want ErrBadCode", typed, err)
		}
	}
}

// A store keeps a number by its digits, and finds those that a receipt may have
// in whatever year by where they lie.
func TestANumberIsItsDigits(t *testing.T) {
	for i := range 200 {
		spans := complaint.Numbers(mac(i))
		for try, span := range spans {
			for _, year := range []int{1999, 2026, 2027} {
				n := complaint.NewNumber(year, mac(i), try)
				if d := n.Digits(); complaint.NumberOf(d) != n || d < span[0] || d > span[1] || slices.Index(spans[:], span) != try {
					t.Errorf("%s of try %d: %d, back %s, in %v of %v", n, try, d, complaint.NumberOf(d), span, spans)
				}
			}
		}
	}
	for _, n := range []complaint.Number{"", "x", "2026000000010"} {
		if n.Digits() != 0 {
			t.Errorf("%q has digits %d", string(n), n.Digits())
		}
	}
}

// One wrong character, and any two exchanged, are always noticed.
func TestEverySlipInACodeIsNoticed(t *testing.T) {
	number := complaint.NewNumber(2026, mac(1), 0)
	codes := map[string]func(string) error{
		strings.ReplaceAll(receipt(t).Reveal(), "-", ""): func(s string) error { _, err := complaint.ParseReceipt(s); return err },
		string(number): func(s string) error { _, err := complaint.ParseNumber(s); return err },
	}
	for code, parse := range codes {
		if err := parse(code); err != nil {
			t.Fatal(err)
		}
		slips := 0
		for i := range code {
			for _, c := range alphabet {
				slip := code[:i] + string(c) + code[i+1:]
				if slip != code && parse(slip) == nil {
					t.Errorf("%s for %s", slip, code)
				}
				slips++
			}
			for j := i + 1; j < len(code); j++ {
				slip := []byte(code)
				slip[i], slip[j] = slip[j], slip[i]
				if string(slip) != code && parse(string(slip)) == nil {
					t.Errorf("%s for %s", slip, code)
				}
				slips++
			}
		}
		t.Logf("%d characters: %d slips", len(code), slips)
	}
}

func TestReceiptsStayOutOfLogs(t *testing.T) {
	r := receipt(t)
	for _, format := range []string{"%v", "%s", "%+v", "%#v", "%q"} {
		if got := fmt.Sprintf(format, r); strings.Contains(got, r.Reveal()[:4]) || strings.Contains(got, string(r.Bytes()[:6])) {
			t.Errorf("%s shows %s", format, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	if !aNumber.Valid() || aNumber.String() != "2026-48392710-"+string(aNumber[12:]) {
		t.Errorf("%s is valid: %v", aNumber, aNumber.Valid())
	}
	seen := map[complaint.Number]bool{}
	for i := range 2000 {
		n := complaint.NewNumber(2026, mac(i), 0)
		if !n.Valid() || !strings.HasPrefix(string(n), "2026") || seen[n] {
			t.Fatalf("%s: valid %v, seen %v", n, n.Valid(), seen[n])
		}
		seen[n] = true
		if got, err := complaint.ParseNumber(strings.ToLower(n.String())); err != nil || got != n {
			t.Errorf("%s read back as %s, %v", n, got, err)
		}
	}
	if _, err := complaint.NewReceipt(bytes.NewReader(make([]byte, 10))); err == nil {
		t.Error("a receipt with half of its randomness")
	}
}

func FuzzParseReceipt(f *testing.F) {
	f.Add("0000-0000-0000-0000-0000-0000")
	f.Add("ＯＯＯＯ　ｉｌＩＬ —— oO01")
	f.Fuzz(func(t *testing.T, typed string) {
		r, err := complaint.ParseReceipt(typed)
		if err != nil {
			if !errors.Is(err, complaint.ErrBadCode) || !r.IsZero() {
				t.Fatalf("%v with %v", r.Reveal(), err)
			}
			return
		}
		again, err := complaint.ParseReceipt(r.Reveal())
		if err != nil || again != r || len(r.Bytes()) != 24 {
			t.Fatalf("%q is read as %s, that as %s, %v", typed, r.Reveal(), again.Reveal(), err)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	f.Add(string(aNumber))
	f.Add("2026-4839 2710 7")
	f.Fuzz(func(t *testing.T, typed string) {
		n, err := complaint.ParseNumber(typed)
		if (err == nil) != n.Valid() {
			t.Fatalf("%q: %q, %v", typed, n, err)
		}
		if again, _ := complaint.ParseNumber(n.String()); err == nil && again != n {
			t.Fatalf("%q is read as %s, that as %s", typed, n, again)
		}
	})
}
