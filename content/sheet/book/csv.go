package book

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// Lines cuts the text of a CSV file into rows that are not blank. A row's
// number is that of the spreadsheet: a quoted cell with line ends in it is
// still one row, a blank line is one too.
func Lines(text string) ([]Row, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	if strings.Count(text, ",") > mostSlots {
		return nil, errWide
	}
	var out []Row
	row, counted, lines := 0, 0, 0 // lines end before offset counted
	for {
		record, err := r.Read()
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
		if cells := cellsOf(record); len(cells) > 0 {
			if row > mostRows {
				return nil, errWide
			}
			out = append(out, Row{Number: row, Cells: cells})
		}
	}
}

// cellsOf returns the cells up to the last one that is not blank.
func cellsOf(record []string) []Cell {
	last := len(record)
	for last > 0 && strings.TrimSpace(record[last-1]) == "" {
		last--
	}
	if last == 0 {
		return nil
	}
	cells := make([]Cell, last)
	for i := range cells {
		cells[i].Text = strings.TrimSpace(record[i])
	}
	return cells
}

func badCSV(err error) error {
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		return refuse("第 %d 行的引号没有配对，或逗号、引号写错了位置。请在 WPS 里打开，另存为 CSV", p.StartLine)
	}
	return err
}
