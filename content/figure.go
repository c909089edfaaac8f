package content

import (
	"fmt"
	"strconv"
)

// FigureState says why a number is there, or why it is not. A number is never
// silently blank.
type FigureState string

// The six states, the same in pages, CSV, JSON, charts and conversation.
const (
	HasValue      FigureState = "value"
	Unpublished   FigureState = "unpublished"
	Unreported    FigureState = "unreported"
	NotApplicable FigureState = "not_applicable"
	Suppressed    FigureState = "suppressed"
	Correcting    FigureState = "correcting"
)

var figureWords = map[FigureState]string{
	Unpublished:   "未公布",
	Unreported:    "未报",
	NotApplicable: "不适用",
	Suppressed:    "已隐去(少于5)",
	Correcting:    "更正中",
}

// Figure is a published number of people, or the reason why there is none.
type Figure struct {
	State FigureState `json:"state"`
	Value int         `json:"value,omitempty"`
}

// FigureOf returns the figure with that value.
func FigureOf(n int) Figure { return Figure{State: HasValue, Value: n} }

// ParseFigure reads a plain whole number (no sign, no comma, no leading zero)
// or one of the words for a missing number. An empty cell is refused: it
// would be read as zero by one person and as missing by the next.
func ParseFigure(s string) (Figure, error) {
	for state, word := range figureWords {
		if s == word {
			return Figure{State: state}, nil
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || strconv.Itoa(n) != s {
		return Figure{}, fmt.Errorf("“%s”不是整数人数，也不是“未公布、未报、不适用、更正中”", s)
	}
	return FigureOf(n), nil
}

// String returns the number, or the word that stands for it.
func (f Figure) String() string {
	if f.State == HasValue {
		return strconv.Itoa(f.Value)
	}
	return figureWords[f.State]
}

// Unit returns the unit that stands behind the number, nothing where there is
// none.
func (f Figure) Unit() string {
	if f.State == HasValue {
		return " 人"
	}
	return ""
}

// FigureID returns the id of one figure of a record: target/2022/410823#number.
func FigureID(id ID, field string) string { return string(id) + "#" + field }

// Sum adds figures up. Where one is missing there is no sum, and it is missing
// for the reason of the first that is; of nothing the sum is unpublished.
func Sum(figures ...Figure) Figure {
	if len(figures) == 0 {
		return Figure{State: Unpublished}
	}
	sum := FigureOf(0)
	for _, f := range figures {
		if f.State != HasValue {
			return Figure{State: f.State}
		}
		sum.Value += f.Value
	}
	return sum
}
