package book

import "strconv"

const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14 // XFD
)

// Letter returns the name of a column, from 0: A, B … Z, AA.
func Letter(column int) string {
	if column < 26 {
		return string(rune('A' + column))
	}
	return Letter(column/26-1) + Letter(column%26)
}

// Address returns the name of a cell as a spreadsheet shows it: its row as the
// spreadsheet numbers it, its column from 0.
func Address(row, column int) string {
	return Letter(column) + strconv.Itoa(row)
}

// place reads an address; one outside a sheet is none.
func place(b []byte) (row, column int, ok bool) {
	i := 0
	for ; i < len(b) && i < 3 && 'A' <= b[i] && b[i] <= 'Z'; i++ {
		column = column*26 + int(b[i]-'A') + 1
	}
	if i == 0 || i == len(b) || b[i] == '0' || len(b)-i > 7 {
		return 0, 0, false
	}
	for _, c := range b[i:] {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return row, column - 1, row <= mostRows && column <= mostColumns
}
