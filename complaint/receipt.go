package complaint

import (
	"fmt"
	"io"
	"strings"
)

// Receipt is the code with which the citizen follows a case: 115 random bits
// as 23 Crockford characters, and a check character. Whoever has it has the
// citizen's access; the office keeps only its MAC. The zero value is none.
type Receipt struct{ code string }

const receiptSymbols = 24

// NewReceipt draws a receipt.
func NewReceipt(random io.Reader) (Receipt, error) {
	symbols := make([]byte, receiptSymbols-1, receiptSymbols)
	if _, err := io.ReadFull(random, symbols); err != nil {
		return Receipt{}, fmt.Errorf("complaint: random: %w", err)
	}
	for i := range symbols {
		symbols[i] &= 31
	}
	return Receipt{letters(append(symbols, checkSymbol(symbols)))}, nil
}

// ParseReceipt reads a code as people type it: any case, with or without
// groups, O for 0, I or L for 1, full-width. It returns ErrBadCode, which says
// nothing of what was wrong, for everything else.
func ParseReceipt(s string) (Receipt, error) {
	symbols, err := readSymbols(s, receiptSymbols)
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{letters(symbols)}, nil
}

// IsZero reports whether r is no receipt.
func (r Receipt) IsZero() bool { return r.code == "" }

// Reveal returns the code in six groups of four, to be shown to its owner.
func (r Receipt) Reveal() string {
	var groups []string
	for i := 0; i+4 <= len(r.code); i += 4 {
		groups = append(groups, r.code[i:i+4])
	}
	return strings.Join(groups, "-")
}

// Bytes returns what a MAC of the receipt is made of.
func (r Receipt) Bytes() []byte { return []byte(r.code) }

// String keeps the code out of logs and messages. Reveal shows it.
func (Receipt) String() string { return "receipt" }

// GoString is String, for %#v.
func (Receipt) GoString() string { return "complaint.Receipt{}" }
