package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/store"
)

var (
	errNothing  = errors.New("nothing to back up")
	errNotEmpty = errors.New("the folder is not empty")
)

// backup copies the database to a new file. The key file is not in it: whoever
// finds the copy reads no complaint.
func backup(ctx context.Context, set settings, words []string, stdout io.Writer) (err error) {
	if len(words) == 0 {
		return usage{"请写备份存成哪个文件，例如：yangguang backup 备份-2026-11-24.db"}
	}
	if !(store.Config{Folder: set.data}).Made() {
		return fmt.Errorf("%w: %s", errNothing, set.data)
	}
	db, err := store.Open(ctx, store.Config{Folder: set.data})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Backup(ctx, words[0]); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "备份好了：%s。读回检查过，是完整的。\n", words[0])
	fmt.Fprintf(stdout, "备份里没有密钥文件，没有它打不开投诉。请另存 %s 和 %s，不要和备份放在一起。\n",
		set.keys(), seal.ErasuresBeside(set.keys()).Path())
	return nil
}

// restore brings a backup back into a data folder that has no database yet.
// The database is put in place when all of it was checked and what was erased
// since is erased again.
func restore(ctx context.Context, set settings, words []string, stdout io.Writer) error {
	if len(words) == 0 {
		return usage{"请写从哪个备份恢复，例如：yangguang restore 备份.db --data 新文件夹"}
	}
	if err := roomFor(set); err != nil {
		return err
	}
	var found restored
	err := store.Restore(ctx, words[0], set.data, func(db *store.DB) (err error) {
		found, err = found.check(ctx, db, set)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "恢复好了：%s → %s。检查过，是完整的。\n公开内容到第 %d 版。\n", words[0], set.data, found.edition)
	return nil
}

// roomFor refuses a data folder that holds more than what belongs to a key.
func roomFor(set settings) error {
	entries, err := os.ReadDir(set.data)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		path := filepath.Join(set.data, e.Name())
		if path != filepath.Clean(set.keys()) && path != seal.ErasuresBeside(set.keys()).Path() {
			return fmt.Errorf("%w: %s", errNotEmpty, path)
		}
	}
	return err
}

// restored is what a backup turned out to hold.
type restored struct {
	edition int64
}

// check reads what the backup holds with the keys that belong to it.
func (r restored) check(ctx context.Context, db *store.DB, set settings) (restored, error) {
	board, err := content.NewBoard(ctx, db.Shelf()) // every edition, right to the byte
	if err != nil {
		return r, err
	}
	r.edition = board.Snapshot().Edition
	owner, err := db.Mark(ctx, installationMark)
	if err != nil || owner == "" {
		return r, err // it never took a complaint
	}
	if _, err := loadKeys(ctx, db, set.keys()); err != nil {
		return r, err
	}
	erased := seal.ErasuresBeside(set.keys())
	if _, err := erased.All(); errors.Is(err, os.ErrNotExist) {
		return r, fmt.Errorf("%w: %s", errLogMissing, erased.Path())
	} else if err != nil {
		return r, err
	}
	return r, nil
}
