package seal

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// What is wrong with a key file. A missing one is fs.ErrNotExist.
var (
	// ErrOpen: others than its owner may read or change the file.
	ErrOpen = errors.New("seal: the key file is open to others")
	// ErrBroken: the file is not whole, was changed, or is no key file.
	ErrBroken = errors.New("seal: the key file is damaged")
)

// Keys are what an installation keeps apart from its database: the key that
// wraps, those it had before, and a root that stays the same when they change,
// so that a receipt given today is known in ten years.
type Keys struct {
	*Ring
	root    []byte
	wrapped [][]byte // the current one first
}

// MakeKeys draws keys and writes them to a new file that its owner alone can
// read. If another process made the file first, its keys are the ones.
func MakeKeys(path string) (*Keys, error) {
	k := &Keys{root: draw(), wrapped: [][]byte{draw()}}
	err := writeFile(path, k.text(), os.Link)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return LoadKeys(path)
}

func draw() []byte {
	b := make([]byte, KeySize)
	rand.Read(b) // never fails
	return b
}

// LoadKeys reads a key file. It refuses one that others may read ([ErrOpen])
// and one that is not as it was written ([ErrBroken]).
func LoadKeys(path string) (*Keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: %s is no file", ErrBroken, path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%w: %s has mode %04o, not 0600", ErrOpen, path, info.Mode().Perm())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	k, err := parse(string(b))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrBroken, path, err)
	}
	k.again = func() (*held, error) { return k.reread(path) }
	return k, nil
}

// reread reads the file of an installation again: a program beside this one may
// have given it a new key.
func (k *Keys) reread(path string) (*held, error) {
	next, err := LoadKeys(path)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(next.root, k.root) {
		return nil, fmt.Errorf("%w: %s is another installation's", ErrBroken, path)
	}
	return next.held.Load(), nil
}

// Rotate writes a new current key to the file. Those before stay in it: what
// they wrapped still opens, until it is wrapped anew.
func (k *Keys) Rotate(path string) (*Keys, error) {
	next := &Keys{root: k.root, wrapped: append([][]byte{draw()}, k.wrapped...)}
	if err := writeFile(path, next.text(), os.Rename); err != nil {
		return nil, err
	}
	return LoadKeys(path)
}

// ID names the installation without saying anything of its keys. It stays the
// same when they change.
func (k *Keys) ID() string { return hex.EncodeToString(k.Derive("name")[:idSize]) }

// MAC turns a receipt into what is kept of it.
func (k *Keys) MAC(receipt []byte) []byte { return k.MACFor("receipt")(receipt) }

// MACFor returns the MAC of a purpose of its own.
func (k *Keys) MACFor(purpose string) func([]byte) []byte {
	key := k.Derive(purpose)
	return func(b []byte) []byte {
		mac := hmac.New(sha256.New, key)
		mac.Write(b)
		return mac.Sum(nil)
	}
}

// Derive returns a key of 32 bytes for a purpose of its own. It stays the same
// when the wrapping keys change.
func (k *Keys) Derive(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, k.root, nil, "yangguang "+purpose, KeySize)
	if err != nil {
		panic(err) // only for a length that SHA-256 cannot give
	}
	return key
}

// The file: a line for people, then name and value on a line each.
const (
	remark    = "# 阳光招生的密钥文件。不要改，不要发给别人；另存一份，和备份分开放。 Yangguang's keys: keep a copy apart from the backups.\n"
	rootLine  = "root"
	keyLine   = "key"
	olderLine = "older"
	sumLine   = "sum"
)

func (k *Keys) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s %x\n", remark, rootLine, k.root)
	for i, key := range k.wrapped {
		name := olderLine
		if i == 0 {
			name = keyLine
		}
		fmt.Fprintf(&b, "%s %x\n", name, key)
	}
	fmt.Fprintf(&b, "%s %x\n", sumLine, sha256.Sum256([]byte(b.String())))
	return b.String()
}

// parse reads what text wrote, and nothing else: a key that was cut or mistyped
// would open nothing.
func parse(text string) (*Keys, error) {
	k := &Keys{}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		key, _ := hex.DecodeString(value)
		switch name {
		case rootLine:
			k.root = key
		case keyLine, olderLine:
			k.wrapped = append(k.wrapped, key)
		}
	}
	if len(k.root) != KeySize || len(k.wrapped) == 0 || k.text() != text {
		return nil, errors.New("it is not as it was written")
	}
	var err error
	k.Ring, err = New(k.wrapped[0], k.wrapped[1:]...)
	return k, err
}

// writeFile puts a file in place whole or not at all, on disk when it returns
// nil. Place is os.Link for a file that must not be there yet, os.Rename for
// one that is replaced.
func writeFile(path, text string, place func(from, to string) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // renamed, or nobody's any more
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := place(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a new name last.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
