package book

import (
	"slices"
	"strings"
)

// mostTabs is how many tabs a workbook may have.
const mostTabs = 256

// workbook is an .xlsx file while it is read.
type workbook struct {
	*container
	*Book
	tabs    []tabPart
	shared  []string
	looks   []look
	from    int // the year that dates count from: 1900 or 1904
	defined []defined
	keep    keeper
	run     []byte   // a text while it is read,
	around  []string // and the elements around it
	slots   int      // cells made so far, blank ones between others too
}

// tabPart is a tab and where its cells are; a sheet that is a chart has none.
type tabPart struct {
	name, part string
	hidden     bool
	kind       string // of the leak, where hidden
}

type defined struct {
	name, refers string
}

func openXLSX(b []byte) (*Book, error) {
	c, err := openContainer(b)
	if err != nil {
		return nil, err
	}
	w := &workbook{container: c, Book: &Book{}, from: 1900, keep: keeper{seen: map[string]string{}}}
	main, err := w.main()
	if err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		func() error { return w.readWorkbook(main) },
		func() error { return w.readParts(main) },
		w.readTabs, w.leaks,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return w.Book, nil
}

// main returns the part that the others hang on.
func (w *workbook) main() (string, error) {
	links, err := w.links("")
	if err != nil {
		return "", err
	}
	for _, l := range links {
		if l.kind == "officeDocument" && w.parts[strings.ToLower(l.target)] != nil {
			return l.target, nil
		}
	}
	return "", errBroken
}

func (w *workbook) readWorkbook(main string) error {
	links, err := w.links(main)
	if err != nil {
		return err
	}
	ids := map[string]link{}
	for _, l := range links {
		ids[l.id] = l
	}
	taken := map[string]bool{}
	err = w.read(main, func(s *scanner) error {
		for {
			t, err := s.next()
			if err != nil || t == nothing {
				return err
			}
			if t != opens {
				continue
			}
			switch string(s.name) {
			case "workbookPr":
				if s.yes("date1904") {
					w.from = 1904
				}
			case "sheet":
				tab := tabOf(s, ids[s.relation()])
				if tab.part != "" && (taken[tab.part] || w.parts[tab.part] == nil) || len(w.tabs) == mostTabs {
					return errBroken
				}
				taken[tab.part] = true
				w.tabs = append(w.tabs, tab)
			case "definedName":
				d := defined{name: s.attr("name")}
				if d.refers, err = s.content(); err != nil {
					return err
				}
				w.defined = append(w.defined, d)
			}
		}
	})
	if err == nil && len(w.tabs) == 0 {
		return errBroken
	}
	return err
}

func tabOf(s *scanner, l link) tabPart {
	t := tabPart{name: s.attr("name")}
	switch s.attr("state") {
	case "hidden":
		t.hidden, t.kind = true, HiddenSheet
	case "veryHidden":
		t.hidden, t.kind = true, VeryHiddenSheet
	}
	if l.kind == "worksheet" && !l.outside {
		t.part = strings.ToLower(l.target)
	}
	return t
}

// readParts reads what the cells of all tabs refer to.
func (w *workbook) readParts(main string) error {
	links, err := w.links(main)
	if err != nil {
		return err
	}
	for _, l := range links {
		switch l.kind {
		case "sharedStrings":
			err = w.read(l.target, w.readShared)
		case "styles":
			err = w.read(l.target, w.readLooks)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mostShared is how many different texts a workbook may have.
const mostShared = 2_000_000

func (w *workbook) readShared(s *scanner) error {
	return s.each("si", func() error {
		if len(w.shared) == mostShared {
			return errBomb
		}
		t, err := w.rich(s)
		w.shared = append(w.shared, t)
		return err
	})
}

// rich returns the text of the element that has just opened: its runs, without
// how they are pronounced.
func (w *workbook) rich(s *scanner) (string, error) {
	b, in := w.run[:0], w.around[:0]
	err := s.within(func(t token) error {
		switch t {
		case nothing:
		case opens:
			in = append(in, elements[string(s.name)])
		case ends:
			in = in[:len(in)-1]
		case says:
			if n := len(in); n > 0 && in[n-1] == "t" && !slices.Contains(in, "rPh") {
				b = append(b, s.text...)
			}
		}
		return nil
	})
	w.run, w.around = b, in
	return w.keep.text(b), err
}

// elements saves making a string of a name.
var elements = map[string]string{"t": "t", "rPh": "rPh"}

func (w *workbook) readTabs() error {
	for _, t := range w.tabs {
		tab := Tab{Name: t.name, Hidden: t.hidden}
		if t.part != "" {
			s := grid{workbook: w, tab: &tab}
			if err := w.read(t.part, s.read); err != nil {
				return err
			}
			if err := s.merge(); err != nil {
				return err
			}
			s.leaks()
		}
		if t.hidden && len(tab.Rows) > 0 {
			w.leak(t.name, t.kind)
		}
		w.Tabs = append(w.Tabs, tab)
	}
	return nil
}

func (w *workbook) leak(where, kind string) {
	l := Leak{where, kind}
	if len(w.Leaks) < mostLeaks && !slices.Contains(w.Leaks, l) {
		w.Leaks = append(w.Leaks, l)
	}
}
