package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/store"
)

// keyName is the key file's name in the data folder.
const keyName = "installation.key"

// installationMark is where the database notes whose it is: the name of the
// keys, which says nothing of them.
const installationMark = "installation"

// newestKeyMark is where the database notes the name of the key to which it was
// changed last: an older copy of the file would not open what came since.
const newestKeyMark = "installation key"

var (
	errKeyMissing = errors.New("the key file is missing")
	errKeyDenied  = errors.New("the key file cannot be read")
	errKeyForeign = errors.New("the key file is another installation's")
	errKeyOld     = errors.New("the key file is of before the key was changed")
	errLogMissing = errors.New("the log of erasures is missing")
)

// loadKeys reads the key file that belongs to the database. It never makes one.
func loadKeys(ctx context.Context, db *store.DB, path string) (*seal.Keys, error) {
	keys, err := seal.LoadKeys(path)
	switch {
	case errors.Is(err, seal.ErrOpen) || errors.Is(err, seal.ErrBroken):
		return nil, err
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %s", errKeyMissing, path)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errKeyDenied, err)
	}
	owner, err := db.Claim(ctx, installationMark, keys.ID())
	if err == nil && owner != keys.ID() {
		return nil, fmt.Errorf("%w: %s", errKeyForeign, path)
	}
	if err != nil {
		return nil, err
	}
	newest, err := db.Mark(ctx, newestKeyMark)
	if err == nil && newest != "" && !keys.Holds(newest) {
		return nil, fmt.Errorf("%w: %s", errKeyOld, path)
	}
	return keys, err
}

// openKeys reads the key file, and makes it at the first start. A database that
// has had one is never given another: what was sealed would stay shut for ever.
//
// The log of erasures comes first: whoever finds the database claimed finds
// the log. Where a server's programs bring databases back (served), nobody saw
// whether this one was: then a lost log is not replaced.
func openKeys(ctx context.Context, db *store.DB, path string, served bool) (*seal.Keys, error) {
	owner, err := db.Mark(ctx, installationMark) // before the file, which another may be making
	if err != nil {
		return nil, err
	}
	log := seal.ErasuresBeside(path)
	if served && owner != "" {
		if _, err := log.All(); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w: %s", errLogMissing, log.Path())
		}
	}
	if owner == "" {
		if _, err := log.Create(); err != nil {
			return nil, fmt.Errorf("%w: %w", errKeyDenied, err)
		}
	}
	keys, err := loadKeys(ctx, db, path)
	if errors.Is(err, errKeyMissing) && owner == "" {
		if _, err := seal.MakeKeys(path); err != nil {
			return nil, fmt.Errorf("%w: %w", errKeyDenied, err)
		}
		keys, err = loadKeys(ctx, db, path)
	}
	if err != nil {
		return nil, err
	}
	return keys, openErasures(ctx, db, log)
}

// openErasures makes the log of erasures. In place of a lost one it makes one
// with what the database still knows.
func openErasures(ctx context.Context, db *store.DB, log seal.Erasures) error {
	made, err := log.Create()
	if err != nil || !made {
		return err
	}
	erased, err := db.Book().Erased(ctx)
	for _, n := range erased {
		err = errors.Join(err, log.Add(n, time.Now()))
	}
	return err
}

// eraseAgain erases what the log of erasures names and the database has the
// keys of: an older copy of it was laid in the data folder, or a crash came
// between. It returns how many.
func eraseAgain(ctx context.Context, office *complaint.Office, log seal.Erasures) (again int, err error) {
	all, err := log.All()
	for _, e := range all {
		did, err := office.EraseAgain(ctx, e.Number, e.At)
		if err != nil {
			return again, err
		}
		if did {
			again++
		}
	}
	return again, err
}
