package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// line is one row of a sheet with the number that a spreadsheet shows.
type line struct {
	number int
	cells  []string
}

// grid cuts CSV into rows that are not blank. A row's number is that of the
// spreadsheet: a quoted cell with line ends in it is still one row, a blank
// line is one too.
func grid(text string) ([]line, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	var out []line
	row, counted, lines := 0, 0, 0 // lines end before offset counted
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, badCSV(err)
		}
		start, _ := r.FieldPos(0)
		row += start - lines // the blank lines skipped, and this row
		end := int(r.InputOffset())
		lines += strings.Count(text[counted:end], "\n")
		counted = end
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if strings.Join(cells, "") != "" {
			out = append(out, line{row, cells})
		}
	}
}

func badCSV(err error) error {
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("第 %d 行的引号没有配对，或逗号、引号写错了位置。请在 WPS 里打开，另存为 CSV", p.StartLine)
	}
	return err
}

// letter returns the name of a column, from 0: A, B … Z, AA.
func letter(column int) string {
	if column < 26 {
		return string(rune('A' + column))
	}
	return letter(column/26-1) + letter(column%26)
}
