package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/seal"
	"yangguang/store"
)

// How the sides of a round take turns, and for how long each time: the disk of
// a shared machine changes from one moment to the next.
const (
	turns = 20
	turn  = 40 * time.Millisecond
)

// callers are how many people file at once.
const callers = 64

// file compares how many complaints a second are accepted, each on disk before
// its receipt is shown: by one caller with what the disk itself can do, and by
// many at once with one; in a file, and on PostgreSQL where it is found.
func (b *bench) file(ctx context.Context) error {
	dir, err := os.MkdirTemp(b.dir, "file")
	if err != nil {
		return err
	}
	if err := b.filings(ctx, "", store.Config{Folder: dir}, dir); err != nil {
		return err
	}
	s, address, err := b.postgres(ctx, "fsync=on")
	if err != nil {
		return err
	}
	defer s.stop()
	return b.filings(ctx, " on PostgreSQL", store.Config{URL: address}, dir)
}

func (b *bench) filings(ctx context.Context, where string, c store.Config, dir string) (err error) {
	db, err := store.Open(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	o, err := newFilingOffice(db.Book())
	if err != nil {
		return err
	}
	disk, err := newDisk(dir)
	if err != nil {
		return err
	}
	defer disk.Close()
	file := func() error { return o.fileOne(ctx) }
	var alone, together pairs
	for range b.rounds {
		var one, peer, many rate
		for range turns {
			if err := errors.Join(peer.take(1, disk.sync), one.take(1, file), many.take(callers, file)); err != nil {
				return err
			}
		}
		alone.add(one.perSecond(), peer.perSecond())
		together.add(many.perSecond(), one.perSecond())
	}
	b.table.compare("complaints accepted by one caller"+where, "append of 4 KiB + fdatasync", "/s", alone, false, "≥ 0.9×")
	b.table.compare("complaints accepted, 64 callers"+where, "one caller", "/s", together, false, "≥ 6×")
	return nil
}

// rate is how often something was done, and in what time.
type rate struct {
	done atomic.Int64
	took time.Duration
}

// take lets that many do it again and again for a turn.
func (r *rate) take(n int, do func() error) error {
	var all sync.WaitGroup
	failed := make(chan error, n)
	began := time.Now()
	for range n {
		all.Go(func() {
			for time.Since(began) < turn {
				if err := do(); err != nil {
					failed <- err
					return
				}
				r.done.Add(1)
			}
		})
	}
	all.Wait()
	r.took += time.Since(began)
	close(failed)
	return <-failed
}

func (r *rate) perSecond() float64 { return float64(r.done.Load()) / r.took.Seconds() }

// disk is a file to which blocks are appended.
type disk struct {
	*os.File
	block []byte
}

func newDisk(dir string) (*disk, error) {
	f, err := os.Create(filepath.Join(dir, "disk"))
	return &disk{f, bytes.Repeat([]byte{1}, 4096)}, err
}

func (d *disk) sync() error {
	if _, err := d.Write(d.block); err != nil {
		return err
	}
	return syscall.Fdatasync(int(d.Fd()))
}

// filingOffice is an office with somebody who complains.
type filingOffice struct {
	complaint.Office
	ring *seal.Ring
}

func newFilingOffice(book complaint.Book) (*filingOffice, error) {
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		return nil, err
	}
	roster, days := complainttest.Staffed(), new(calendar.Calendar)
	return &filingOffice{complaint.Office{
		Book: book, Sealer: ring,
		Roster:   func(context.Context) (*complaint.Roster, error) { return roster, nil },
		MAC:      func(b []byte) []byte { sum := sha256.Sum256(b); return sum[:] },
		Calendar: func() *calendar.Calendar { return days },
	}, ring}, nil
}

// words are as long as what people write.
var words = bytes.Repeat([]byte("老师让我们都报一所学校，不报就不发毕业证。"), 10)

func (o *filingOffice) fileOne(ctx context.Context) error {
	receipt, err := complaint.NewReceipt(rand.Reader)
	if err != nil {
		return err
	}
	id := complaint.NewDraftID(time.Now())
	_, err = o.File(ctx, complaint.Draft{
		ID: id, Receipt: receipt, Key: o.ring.Mint(id), Kind: complaint.FalseAdvertising,
		Accused:  []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-02"}},
		Identity: complaint.Sealed, Channel: complaint.WebForm,
		Words: words, Who: []byte("name and telephone"), WayBack: []byte("channel and address"),
	})
	return err
}
