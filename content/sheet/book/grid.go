package book

import (
	"bytes"
	"strconv"
)

// mostSlots bounds the cells of a workbook, blank ones between others too.
const mostSlots = 4_000_000

var errWide = refuse("表格太大：最多读 %d 万个格子。请检查是不是在很远的行或列里留了内容，或分成几个文件", mostSlots/10_000)

// grid is a tab while it is read.
type grid struct {
	*workbook
	tab     *Tab
	unseen  []bool // columns that are hidden
	merges  []span
	pale    string // the first cell that is white on white
	widest  int
	row     Row
	scratch []Cell
	value   []byte
}

func (g *grid) read(s *scanner) error {
	for {
		t, err := s.next()
		if err != nil || t == nothing {
			return err
		}
		if t != opens {
			continue
		}
		switch string(s.name) {
		case "col":
			err = g.column(s)
		case "row":
			err = g.readRow(s)
		case "mergeCell":
			err = g.span(s.raw("ref"))
		}
		if err != nil {
			return err
		}
	}
}

// column notes columns that are hidden, or have no width.
func (g *grid) column(s *scanner) error {
	first, last := s.number("min"), s.number("max")
	if first < 1 || first > last || last > mostColumns {
		return errBroken
	}
	width := s.raw("width")
	if !s.yes("hidden") && (width == nil || bytes.Trim(width, "0.") != nil) {
		return nil
	}
	for len(g.unseen) < last {
		g.unseen = append(g.unseen, false)
	}
	for i := first - 1; i < last; i++ {
		g.unseen[i] = true
	}
	return nil
}

func (g *grid) isUnseen(column int) bool { return column < len(g.unseen) && g.unseen[column] }

// readRow reads a row; what is not numbered follows what came before.
func (g *grid) readRow(s *scanner) error {
	number := g.row.Number + 1
	if r := s.raw("r"); r != nil {
		n, err := strconv.Atoi(string(r))
		if err != nil || n < number {
			return errBroken
		}
		number = n
	}
	if number > mostRows {
		return errBroken
	}
	ht := s.raw("ht")
	g.row = Row{Number: number, Hidden: s.yes("hidden") || ht != nil && bytes.Trim(ht, "0.") == nil}
	g.scratch = g.scratch[:0]
	err := s.within(func(t token) error {
		if t == opens && string(s.name) == "c" {
			return g.cell(s)
		}
		return nil
	})
	if err != nil || len(g.scratch) == 0 {
		return err
	}
	g.row.Cells = append([]Cell(nil), g.scratch...)
	g.widest = max(g.widest, len(g.scratch))
	g.tab.Rows = append(g.tab.Rows, g.row)
	return g.take(len(g.scratch))
}

// take counts cells against the bound.
func (w *workbook) take(cells int) error {
	if w.slots += cells; w.slots > mostSlots {
		return errWide
	}
	return nil
}

// cell reads one cell; a blank one leaves nothing.
func (g *grid) cell(s *scanner) error {
	column := len(g.scratch)
	if r := s.raw("r"); r != nil {
		row, at, ok := place(r)
		if !ok || row != g.row.Number {
			return errBroken
		}
		column = at
	}
	style := s.number("s")
	kind := cellKind(s.raw("t"))
	c, err := g.content(s, kind, style)
	if err != nil || c.Text == "" {
		return err
	}
	if column < len(g.scratch) || column >= mostColumns {
		return errBroken
	}
	for len(g.scratch) < column {
		g.scratch = append(g.scratch, Cell{Hidden: g.isUnseen(len(g.scratch))})
	}
	c.Hidden = g.isUnseen(column)
	g.scratch = append(g.scratch, c)
	if g.pale == "" && style < len(g.looks) && g.looks[style].unseen {
		g.pale = Address(g.row.Number, column)
	}
	return nil
}

// kindOf is what a cell holds.
type kindOf int

const (
	aNumber kindOf = iota
	aShared
	anInline
	aText
	aTruth
	aMoment
)

func cellKind(t []byte) kindOf {
	switch string(t) {
	case "s":
		return aShared
	case "inlineStr":
		return anInline
	case "str", "e":
		return aText
	case "b":
		return aTruth
	case "d":
		return aMoment
	}
	return aNumber
}

// content reads what stands inside a cell.
func (g *grid) content(s *scanner, kind kindOf, style int) (Cell, error) {
	g.value = g.value[:0]
	inline, formula := "", ""
	in := byte(0)
	err := s.within(func(t token) error {
		switch t {
		case nothing:
		case opens:
			in = 0
			switch string(s.name) {
			case "v":
				in = 'v'
			case "f":
				in, formula = 'f', "="
			case "is":
				var err error
				inline, err = g.rich(s)
				return err
			}
		case ends:
			in = 0
		case says:
			switch in {
			case 'v':
				g.value = append(g.value, s.text...)
			case 'f':
				formula += g.keep.text(s.text)
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return Cell{}, err
	case kind == anInline:
		return Cell{Text: inline}, nil
	case len(g.value) == 0:
		// A formula that nobody has calculated is shown as it is: a blank
		// would be read as no value.
		return Cell{Text: formula}, nil
	}
	return g.valued(kind, style)
}

// valued returns the cell of a value as it stands in the file.
func (g *grid) valued(kind kindOf, style int) (Cell, error) {
	var f format
	if style < len(g.looks) {
		f = g.looks[style].format
	}
	switch kind {
	case aNumber, anInline: // the latter was read before
	case aShared:
		n, err := strconv.Atoi(string(bytes.TrimSpace(g.value)))
		if err != nil || n < 0 || n >= len(g.shared) {
			return Cell{}, errBroken
		}
		return Cell{Text: g.shared[n]}, nil
	case aText:
		return Cell{Text: g.keep.text(g.value)}, nil
	case aTruth:
		if string(g.value) == "1" {
			return Cell{Text: "TRUE"}, nil
		}
		return Cell{Text: "FALSE"}, nil
	case aMoment:
		s, ok := isoMoment(string(g.value), f)
		return Cell{Text: s, Date: ok}, nil
	}
	return g.numeric(f)
}

// numeric returns the cell of a number. Short whole ones are as they stand.
func (g *grid) numeric(f format) (Cell, error) {
	v := bytes.TrimSpace(g.value)
	if f == (format{}) && len(v) < 16 && isDigits(v) && (v[0] != '0' || len(v) == 1) {
		return Cell{Text: g.keep.text(v), Number: true}, nil
	}
	n, err := strconv.ParseFloat(string(v), 64)
	if err != nil || n != n || len(v) > 0 && (v[0] == 'i' || v[0] == 'I') {
		return Cell{}, errBroken
	}
	s, date := show(n, f, g.from)
	return Cell{Text: g.keep.text([]byte(s)), Number: !date, Date: date}, nil
}

func isDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}
