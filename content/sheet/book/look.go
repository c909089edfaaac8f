package book

import (
	"strconv"
	"strings"
)

// look is what the format of a cell says of its value.
type look struct {
	format
	unseen bool // white on white
}

// format is what a number format makes of a number.
type format struct {
	kind   formatKind
	digits int  // at least, with zeros in front
	blank  bool // shows nothing
}

type formatKind int

const (
	plain formatKind = iota
	percent
	day
	month // year and month
	year
	minute  // of the day
	instant // day and minute
	elapsed // more than a day's hours
)

// builtin are the formats that a file need not spell out, as Chinese Excel has
// them.
var builtin = map[int]string{
	9: "0%", 10: "0.00%",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
	50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}

// formatOf reads a number format: the part for numbers above zero.
func formatOf(code string) format {
	if code != "" && strings.Trim(code, ";") == "" {
		return format{blank: true}
	}
	bare, hours := bareFormat(code)
	has := func(letters string) bool { return strings.ContainsAny(bare, letters) }
	days, clock := has("dy") || strings.Contains(bare, "mmm"), has("hs")
	if has("m") && !clock && !hours {
		days = true
	}
	switch {
	case strings.Contains(bare, "general"):
	case hours:
		return format{kind: elapsed}
	case days && clock:
		return format{kind: instant}
	case clock:
		return format{kind: minute}
	case has("d") || has("m") && !has("y"):
		return format{kind: day}
	case has("m"):
		return format{kind: month}
	case has("y"):
		return format{kind: year}
	case has("%"):
		return format{kind: percent}
	case strings.Trim(bare, "0 ") == "" && strings.Count(bare, "0") > 1:
		return format{digits: strings.Count(bare, "0")}
	}
	return format{}
}

// bareFormat returns the first part of a format in small letters, without what
// it shows as it is, its colours and conditions; and whether it counts hours
// beyond a day.
func bareFormat(code string) (bare string, hours bool) {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"', '[':
			stop := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[c])
			if stop < 0 {
				return b.String(), hours
			}
			in := strings.ToLower(code[i+1 : i+1+stop])
			hours = hours || c == '[' && in != "" && (strings.Trim(in, "h") == "" || strings.Trim(in, "m") == "" || strings.Trim(in, "s") == "")
			i += stop + 1
		case '\\', '_', '*':
			i++
		case ';':
			return b.String(), hours
		default:
			b.WriteString(strings.ToLower(string(c)))
		}
	}
	return b.String(), hours
}

// readLooks reads the part of the styles.
func (w *workbook) readLooks(s *scanner) error {
	codes := map[int]format{}
	for id, code := range builtin {
		codes[id] = formatOf(code)
	}
	var white, filled []bool // by font and by fill
	var in string
	for {
		t, err := s.next()
		if err != nil || t == nothing {
			return err
		}
		name := string(s.name)
		if t == ends && name == in {
			in = ""
		}
		if t != opens {
			continue
		}
		switch name {
		case "fonts", "fills", "cellXfs", "dxfs", "cellStyleXfs":
			in = name
		}
		switch {
		case name == "numFmt" && in == "":
			codes[s.number("numFmtId")] = formatOf(s.attr("formatCode"))
		case name == "font" && in == "fonts":
			white = append(white, false)
		case name == "color" && in == "fonts" && len(white) > 0:
			white[len(white)-1] = isWhite(s)
		case name == "fill" && in == "fills":
			filled = append(filled, false)
		case name == "fgColor" && in == "fills" && len(filled) > 0:
			filled[len(filled)-1] = !isWhite(s)
		case name == "xf" && in == "cellXfs":
			l := look{format: codes[s.number("numFmtId")]}
			font, fill := s.number("fontId"), s.number("fillId")
			l.unseen = l.blank || font < len(white) && white[font] && (fill >= len(filled) || !filled[fill])
			w.looks = append(w.looks, l)
		}
	}
}

// number returns an attribute that counts, 0 where it is none.
func (s *scanner) number(name string) int {
	raw := s.raw(name)
	if len(raw) == 0 {
		return 0
	}
	n, err := strconv.Atoi(string(raw))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// isWhite: by its value, or the first colour of a theme, which is the paper's.
func isWhite(s *scanner) bool {
	if s.raw("tint") != nil {
		return false
	}
	rgb := strings.ToUpper(s.attr("rgb"))
	return rgb == "FFFFFFFF" || rgb == "00FFFFFF" || rgb == "FFFFFF" || s.attr("theme") == "0" || s.attr("indexed") == "9" || s.attr("indexed") == "1"
}
