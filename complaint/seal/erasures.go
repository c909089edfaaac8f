package seal

import (
	"fmt"
	"strings"
	"time"

	"yangguang/complaint"
)

// Erasures is the log of the cases whose key was destroyed. It lies beside the
// key file, so that an older backup of the database cannot bring one back: who
// restores one, and every start, erases again what the log names.
//
// A line is on disk before the key is destroyed. A crash between the two leaves
// a case that two people decided to erase and that the next start erases.
type Erasures struct{ Log }

// Erasure is a line of the log.
type Erasure struct {
	At     time.Time
	Number complaint.Number
}

// erasureFile is the name of the log.
const erasureFile = "erased.log"

// ErasuresBeside returns the log that belongs to a key file.
func ErasuresBeside(keyFile string) Erasures { return Erasures{LogBeside(keyFile, erasureFile)} }

// Add notes that a case is being erased. When it returns nil the line is on
// disk.
func (e Erasures) Add(n complaint.Number, at time.Time) error {
	return e.Append(fmt.Sprintf("%s %s", at.UTC().Format(time.RFC3339Nano), n))
}

// All returns the lines in order, without those that a crash left half written:
// the keys that they meant were not destroyed. Any other line that cannot be
// read is ErrBroken.
func (e Erasures) All() (all []Erasure, err error) {
	err = e.Each(func(line string) error {
		one, err := parseErasure(line)
		all = append(all, one)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func parseErasure(line string) (Erasure, error) {
	at, number, _ := strings.Cut(line, " ")
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return Erasure{}, err
	}
	n, err := complaint.ParseNumber(number)
	return Erasure{t, n}, err
}
