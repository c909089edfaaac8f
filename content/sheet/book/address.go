package book

import "strconv"

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
