package content

import (
	"embed"
	"io/fs"
	"regexp"
	"strings"
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
// places an editor opens to change it.
type Pack struct{ Items []Item }

// Item is a record of a pack.
type Item struct {
	Record Record
	// Places says where each field stands: targets.csv D5, or
	// policies/….md 第12行. The place of "" is the row or the file.
	Places map[string]string
	// Written is what the editor wrote in fields that the record does not
	// keep but that are checked, like the name beside a unit's code.
	Written map[string]string
}

// Where returns the place of a field, and beside it the printed place that
// the record's source names: targets.csv D5 (附件1 B6).
func (i Item) Where(field string) string {
	place, ok := i.Places[field]
	if !ok {
		place = i.Places[""]
	}
	return At(place, i.Record.Head().Source)
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
	thousands = regexp.MustCompile(`^\d{1,3}([, ]\d{3})+$`)
)

// TidyNumber returns a number as plain digits where the difference is only
// one of writing: full-width digits, spaces around, commas or spaces between
// thousands. Anything else stays, to be refused by [ParseFigure].
func TidyNumber(s string) string {
	t := strings.TrimSpace(fullWidth.Replace(s))
	if thousands.MatchString(t) {
		return strings.NewReplacer(",", "", " ", "").Replace(t)
	}
	return t
}
