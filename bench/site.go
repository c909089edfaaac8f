package main

import (
	"context"
	"errors"
	"time"

	"yangguang/content"
	"yangguang/content/sheet"
	"yangguang/search"
	"yangguang/site"
	"yangguang/store"
)

// openSite opens the site on the bundled notice in this process, with that
// index. Release ends it.
func openSite(ctx context.Context, dir string, index search.Index) (s *site.Site, f *search.Finder, release func() error, err error) {
	db, err := store.Open(ctx, store.Config{Folder: dir})
	if err != nil {
		return nil, nil, nil, err
	}
	release = db.Close
	defer func() {
		if err != nil {
			err = errors.Join(err, release())
		}
	}()
	pack, err := sheet.ReadPack(content.Bundled())
	if err != nil {
		return nil, nil, nil, err
	}
	act := content.Act{At: time.Now(), By: "编辑", ApprovedBy: "审核"}
	if _, err = content.Publish(ctx, db.Shelf(), pack, act); err != nil {
		return nil, nil, nil, err
	}
	board, err := content.NewBoard(ctx, db.Shelf())
	if err != nil {
		return nil, nil, nil, err
	}
	f = search.NewFinder(index)
	if err = f.Follow(ctx, board.Snapshot()); err != nil {
		return nil, nil, nil, err
	}
	s, err = site.New(site.Config{Board: board, Finder: f, Identity: site.Trial, Now: time.Now})
	if err != nil {
		return nil, nil, nil, err
	}
	return s, f, func() error { s.Close(); return db.Close() }, nil
}
