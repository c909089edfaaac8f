package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Log is a log of lines beside the key file. It outlives the database: what an
// older copy of that does not know stands there.
type Log struct{ path string }

// cut ends a line that a crash left half written.
const cut = " cut"

// LogBeside returns the log of that name that belongs to a key file.
func LogBeside(keyFile, name string) Log { return Log{filepath.Join(filepath.Dir(keyFile), name)} }

// Path returns where the log is.
func (l Log) Path() string { return l.path }

// Create makes an empty log where there is none, and reports whether it did.
func (l Log) Create() (made bool, err error) {
	f, err := os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, errors.Join(f.Sync(), f.Close(), syncFolder(filepath.Dir(l.path)))
}

// Append adds a line. When it returns nil the line is on disk. The log must be
// there: a new one would hide that the old one is lost.
func (l Log) Append(line string) error {
	f, err := os.OpenFile(l.path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	line += "\n"
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

// Each calls read with the lines in order, without those that a crash left half
// written. A line that read does not take is ErrBroken.
func (l Log) Each(read func(line string) error) error {
	b, err := os.ReadFile(l.path)
	if err != nil {
		return err
	}
	whole := b[:bytes.LastIndexByte(b, '\n')+1]
	i := 0
	for line := range strings.Lines(string(whole)) {
		i++
		if strings.HasSuffix(line, cut+"\n") {
			continue
		}
		if err := read(strings.TrimSuffix(line, "\n")); err != nil {
			return fmt.Errorf("%w: %s, line %d: %v", ErrBroken, l.path, i, err)
		}
	}
	return nil
}
