package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
type Erasures struct{ path string }

// Erasure is a line of the log.
type Erasure struct {
	At     time.Time
	Number complaint.Number
}

// erasureFile is the name of the log.
const erasureFile = "erased.log"

// cut ends a line that a crash left half written.
const cut = " cut"

// ErasuresBeside returns the log that belongs to a key file.
func ErasuresBeside(keyFile string) Erasures {
	return Erasures{filepath.Join(filepath.Dir(keyFile), erasureFile)}
}

// Path returns where the log is.
func (e Erasures) Path() string { return e.path }

// Create makes an empty log where there is none, and reports whether it did.
func (e Erasures) Create() (made bool, err error) {
	f, err := os.OpenFile(e.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, errors.Join(f.Sync(), f.Close(), syncFolder(filepath.Dir(e.path)))
}

// Add notes that a case is being erased. When it returns nil the line is on
// disk. The log must be there: a new one would hide that the old one is lost.
func (e Erasures) Add(n complaint.Number, at time.Time) error {
	f, err := os.OpenFile(e.path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	line := fmt.Sprintf("%s %s\n", at.UTC().Format(time.RFC3339Nano), n)
	if torn(f) {
		line = cut + "\n" + line
	}
	_, err = f.WriteString(line) // in one piece: other processes append too
	return errors.Join(err, f.Sync(), f.Close())
}

// torn reports whether the last line was cut off by a crash.
func torn(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, info.Size()-1)
	return err == nil && last[0] != '\n'
}

// All returns the lines in order, without those that a crash left half written:
// the keys that they meant were not destroyed. Any other line that cannot be
// read is ErrBroken.
func (e Erasures) All() ([]Erasure, error) {
	b, err := os.ReadFile(e.path)
	if err != nil {
		return nil, err
	}
	var all []Erasure
	whole := b[:bytes.LastIndexByte(b, '\n')+1]
	i := 0
	for line := range strings.Lines(string(whole)) {
		i++
		if strings.HasSuffix(line, cut+"\n") {
			continue
		}
		one, err := parseErasure(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, fmt.Errorf("%w: %s, line %d: %v", ErrBroken, e.path, i, err)
		}
		all = append(all, one)
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
