package content

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"

	"yangguang/pattern"
)

//go:embed all:pack
var files embed.FS

// Bundled returns the content pack that the program carries.
func Bundled() fs.FS {
	pack, err := fs.Sub(files, "pack")
	if err != nil {
		panic(err) // the folder is embedded two lines above
	}
	return pack
}

// Pack is a content pack as it was read: its records, in order, each with the
// place an editor opens to change it.
type Pack struct {
	Items []Item
	// Drafts are the sheets of the pack; their rows are among the items too.
	Drafts []*Draft
}

// Snapshot returns the pack as if it were published.
func (p Pack) Snapshot() (*Snapshot, error) {
	s := &Snapshot{records: make(map[ID]Record, len(p.Items))}
	for _, i := range p.Items {
		s.records[i.Record.Head().ID] = i.Record
	}
	return s, s.arrange()
}

// Item is a record of a pack.
type Item struct {
	Record Record
	Place  Place
	// Name is what the editor wrote as the unit or the school, Specialty as the
	// specialty; the record keeps their codes only.
	Name, Specialty string
	// Parts are the places of what stands in rows of its own: a holiday's days,
	// by date.
	Parts map[string]Place
}

// Where returns the place of a field, and beside it the printed place that
// the record's source names: targets.csv D5 (附件1 B6).
func (i Item) Where(field string) string {
	if part, ok := i.Parts[field]; ok {
		return part.Of("date")
	}
	return At(i.Place.Of(field), i.Record.Head().Source)
}

// Place is where a record stands in a pack: a row of a sheet, or a text.
type Place struct {
	File string
	// Row is the row of a sheet, Columns the letters of its columns by field.
	Row     int
	Columns map[string]string
	// Lines are the lines of a text by field, block and cell.
	Lines map[string]int
}

// Of returns where a field stands: targets.csv D5, or policies/x.md 第12行. A
// field that has no place of its own stands in the row or the file.
func (p Place) Of(field string) string {
	if column, ok := p.Columns[field]; ok {
		return p.File + " " + column + strconv.Itoa(p.Row)
	}
	line, ok := p.Lines[field]
	if !ok {
		line = p.Row
	}
	if line == 0 {
		return p.File
	}
	return p.File + " 第" + strconv.Itoa(line) + "行"
}

// At joins a place of the pack with the printed place of its source, where
// that is a cell of an annex.
func At(place string, s Source) string {
	annex, cell, ok := strings.Cut(s.Place, "!")
	n, isAnnex := strings.CutPrefix(annex, "annex")
	if !ok || !isAnnex {
		return place
	}
	return place + " (附件" + n + " " + cell + ")"
}

var (
	fullWidth = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4",
		"５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "，", ",", "　", " ")
	thousands = pattern.New(`^\d{1,3}([, ]\d{3})+$`)
	separator = strings.NewReplacer(",", "", " ", "")
)

// TidyNumber returns a number as plain digits where the difference is only
// one of writing: full-width digits, spaces around, commas or spaces between
// thousands. Anything else stays, to be refused by [ParseFigure].
func TidyNumber(s string) string {
	t := strings.TrimSpace(fullWidth.Replace(s))
	if thousands.MatchString(t) {
		return separator.Replace(t)
	}
	return t
}
