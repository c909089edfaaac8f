package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/staff"
	"yangguang/store"
)

var (
	errNothing  = errors.New("nothing to back up")
	errNotEmpty = errors.New("the folder is not empty")
)

// openMade opens a database that must be there already.
func openMade(ctx context.Context, set settings) (*store.DB, error) {
	if !set.store().Made() {
		return nil, fmt.Errorf("%w: %s", errNothing, set.data)
	}
	return store.Open(ctx, set.store())
}

// backup copies the database to a new file. The key file is not in it: whoever
// finds the copy reads no complaint.
func backup(ctx context.Context, set settings, words []string, stdout io.Writer) (err error) {
	if len(words) == 0 {
		return usage{"请写备份存成哪个文件，例如：yangguang backup 备份-2026-11-24.db"}
	}
	if set.database != "" {
		return store.ErrServed
	}
	db, err := openMade(ctx, set)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Backup(ctx, words[0]); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "备份好了：%s。读回检查过，是完整的。\n", words[0])
	fmt.Fprintf(stdout, "备份里没有密钥文件，没有它打不开投诉。请另存 %s，和旁边的 %s、%s，不要和备份放在一起。\n",
		set.keys(), filepath.Base(seal.ErasuresBeside(set.keys()).Path()), officersLogName)
	return nil
}

// restore brings a backup back into a data folder that has no database yet.
// The database is put in place when all of it was checked and what was erased
// since is erased again.
func restore(ctx context.Context, set settings, words []string, stdout io.Writer) error {
	if len(words) == 0 {
		return usage{"请写从哪个备份恢复，例如：yangguang restore 备份.db --data 新文件夹"}
	}
	if set.database != "" {
		return store.ErrServed
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
	fmt.Fprintf(stdout, "恢复好了：%s → %s。检查过，是完整的：公开内容到第 %d 版，投诉 %d 件。\n", words[0], set.data, found.edition, found.cases)
	if found.again > 0 {
		fmt.Fprintf(stdout, "备份以后删除过的投诉有 %d 件，已经照 erased.log 再次删除。\n", found.again)
	}
	found.officers.tell(stdout)
	return nil
}

// roomFor refuses a data folder that holds more than what belongs to a key.
func roomFor(set settings) error {
	entries, err := os.ReadDir(set.data)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		path, keys := filepath.Join(set.data, e.Name()), filepath.Clean(set.keys())
		if !slices.Contains([]string{keys, seal.ErasuresBeside(keys).Path(), officersBeside(keys, nil).Path()}, path) {
			return fmt.Errorf("%w: %s", errNotEmpty, path)
		}
	}
	return err
}

// restored is what a backup turned out to hold.
type restored struct {
	edition int64
	cases   int
	again   int // erased again
	// officers is what became of them.
	officers recalled
}

// check reads all that the backup holds, with the keys that belong to it, and
// erases again what was erased since.
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
	keys, err := loadKeys(ctx, db, set.keys())
	if err != nil {
		return r, err
	}
	if r.cases, err = checkCases(ctx, db.Book(), keys); err != nil {
		return r, err
	}
	h := &house{db: db, board: board, now: set.now}
	erased := seal.ErasuresBeside(set.keys())
	r.again, err = eraseAgain(ctx, h.office(keys, (&staff.Door{Roll: db.Roll()}).Officers), erased)
	if errors.Is(err, os.ErrNotExist) {
		err = fmt.Errorf("%w: %s", errLogMissing, erased.Path())
	}
	if err != nil {
		return r, err
	}
	r.officers, err = recallOfficers(ctx, db.Roll(), officersBeside(set.keys(), set.now), true)
	return r, err
}

// checkCases reads every case: its events are a chain that the table of moves
// allows, and its key opens. It returns how many there are.
func checkCases(ctx context.Context, book *store.Book, keys *seal.Keys) (int, error) {
	n := 0
	for _, state := range complaint.States() {
		q := complaint.Query{State: state, Limit: 500}
		for {
			page, err := book.List(ctx, complaint.Unscoped(), q)
			if err != nil {
				return n, err
			}
			for _, d := range page {
				if err := checkCase(ctx, book, keys, d.Number); err != nil {
					return n, fmt.Errorf("case %s: %w", d.Number, err)
				}
				q.After = d.Position()
				n++
			}
			if len(page) < q.Limit {
				break
			}
		}
	}
	return n, nil
}

func checkCase(ctx context.Context, book *store.Book, keys *seal.Keys, n complaint.Number) error {
	rec, err := book.Record(ctx, complaint.Unscoped(), n)
	if err != nil {
		return err
	}
	_, folds := complaint.Fold(rec.Events)
	if err := errors.Join(complaint.Verify(rec.Events), folds); err != nil {
		return fmt.Errorf("%w: %v", store.ErrDamaged, err)
	}
	if _, err := keys.Rewrap(rec.Key); !errors.Is(err, complaint.ErrErased) {
		return err
	}
	return nil
}
