package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/content/demo"
	"yangguang/content/sheet"
	"yangguang/search"
	"yangguang/store"
)

// house is what every command works on: the shelf, the board that shows it,
// and the search over it.
type house struct {
	db      *store.DB
	past    *officersLog
	board   *content.Board
	finder  *search.Finder
	now     func() time.Time
	outcome content.Outcome
	// kept is true where the bundled pack was left alone, because an office has
	// published a pack of its own.
	kept bool
}

// open opens the data folder, publishes what the pack has new, and puts the
// newest edition up. Without publishing it fills an empty shelf only.
func open(ctx context.Context, set settings, publishing bool) (*house, error) {
	erased := seal.ErasuresBeside(set.keys())
	past, c := officersBeside(set.keys(), set.now), set.store()
	c.Erasing, c.Saving = func(n complaint.Number) error { return erased.Add(n, set.now()) }, past.note
	db, err := store.Open(ctx, c)
	if err != nil {
		return nil, err
	}
	h := &house{db: db, past: past, finder: search.NewFinder(search.NewMemory()), now: set.now}
	h.finder.Now = set.now
	if err := h.fill(ctx, set, publishing); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) fill(ctx context.Context, set settings, publishing bool) (err error) {
	if h.board, err = content.NewBoard(ctx, h.db.Shelf()); err != nil {
		return err
	}
	public := h.board.Snapshot()
	switch {
	case public.Edition > 0 && public.Fictional() != set.demo:
		return mixed(set.demo)
	case !publishing && public.Edition > 0:
		return nil
	case set.content == "" && public.Pack == content.FromPack:
		h.kept = true
		return nil
	}
	if err := h.publishPack(ctx, set); err != nil {
		return err
	}
	_, err = h.board.Refresh(ctx)
	return err
}

// packMark is where the store notes the pack that was published last.
const packMark = "pack"

// publishPack publishes what the pack has new. A pack that this program
// published as the newest edition, byte for byte, is not read again.
func (h *house) publishPack(ctx context.Context, set settings) error {
	stamp, err := stampOf(set.content)
	if set.demo {
		stamp += " " + calendar.DateOf(set.now()).String()
	}
	if err != nil {
		return err
	}
	last, err := h.db.Mark(ctx, packMark)
	if err != nil || last == markOf(stamp, h.board.Snapshot().Edition) {
		return err
	}
	files, origin, err := h.packOf(set)
	if err != nil {
		return err
	}
	pack, err := sheet.ReadPack(files)
	if err != nil {
		return err
	}
	if pack.Fictional() != set.demo {
		return mixed(!set.demo)
	}
	h.outcome, err = content.Publish(ctx, h.db.Shelf(), pack, content.Act{
		Origin: origin, At: set.now(), By: "编辑", ApprovedBy: "审核", Note: set.note,
	})
	if err != nil || len(h.outcome.Conflicts) > 0 {
		return err
	}
	return h.db.SetMark(ctx, packMark, markOf(stamp, max(h.outcome.Edition, h.board.Snapshot().Edition)))
}

// packOf returns the pack that the settings mean.
func (h *house) packOf(set settings) (fs.FS, content.Origin, error) {
	switch {
	case set.demo:
		files, err := demo.Pack(h.demoYear(), calendar.DateOf(set.now()))
		return files, content.FromBundled, err
	case set.content != "":
		return os.DirFS(set.content), content.FromPack, nil
	}
	return content.Bundled(), content.FromBundled, nil
}

// stampOf is the stamp of the program, which stands for the pack that it
// carries, and the digest of the pack in a folder: a newer program may read
// more in the same files.
func stampOf(folder string) (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	program, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	stamp := fmt.Sprintf("%d %d", program.Size(), program.ModTime().UnixNano())
	if folder == "" {
		return stamp, nil
	}
	digest, err := sheet.Digest(os.DirFS(folder))
	return stamp + " " + digest, err
}

// markOf holds for one edition: after any other the pack is compared again.
func markOf(stamp string, edition int64) string { return fmt.Sprintf("%s %d", stamp, edition) }

func (h *house) close() error { return h.db.Close() }

// follow makes the search ready, and puts up new editions as another process
// appends them. It calls ready when the search is.
func (h *house) follow(ctx context.Context, log *slog.Logger, ready func()) {
	put := func(s *content.Snapshot) error {
		if err := h.finder.Follow(ctx, s); err != nil {
			return err
		}
		ready()
		log.Info("edition put up", "edition", s.Edition)
		if until := s.WorkingDays().After(calendar.DateOf(h.now()), noticeAhead); until.Estimated {
			log.Warn("holiday notice missing: deadlines are estimates", "year", until.To.Year())
		}
		return nil
	}
	looking := &spell{log: log, what: "looking for new editions"}
	h.board.Follow(ctx, time.Second, put, looking.note)
}

// noticeAhead is how many working days ahead the holidays must be known, for
// the longest count that the site makes (notice 48, section 3).
const noticeAhead = 20

// tell says what publishing the pack did.
func (h *house) tell(w io.Writer) {
	switch n := len(h.outcome.Changes); {
	case h.outcome.Edition == 1: // everything is new
		fmt.Fprintf(w, "内容包有 %d 条，发布为第 1 版。\n", n)
	case h.outcome.Edition > 1:
		fmt.Fprintf(w, "内容包有 %d 处变化，发布为第 %d 版。%s\n", n, h.outcome.Edition, h.changes())
	}
	if h.kept {
		fmt.Fprintln(w, "网站上是自己发布的内容包，没有换成程序自带的那份。")
	}
	if n := len(h.outcome.Conflicts); n > 0 {
		ids := make([]string, n)
		for i, id := range h.outcome.Conflicts {
			ids[i] = string(id)
		}
		fmt.Fprintf(w, "有 %d 条编辑后来改过，没有用内容包盖掉：%s\n", n, strings.Join(ids, "、"))
	}
}

// namedChanges is how many changes are named.
const namedChanges = 10

// changes says what changed, by name: 改 1，撤 1：改 faq/total（…）、撤 faq/fresh-years（…）。
func (h *house) changes() string {
	counts := map[string]int{}
	var names []string
	public := h.board.Snapshot()
	for _, c := range h.outcome.Changes {
		word := "改"
		switch {
		case c.Op == content.Withdraw:
			word = "撤"
		case slices.Contains(h.outcome.New, c.ID):
			word = "增"
		}
		counts[word]++
		if len(names) == namedChanges {
			continue
		}
		name := word + " " + string(c.ID)
		if r, ok := public.Record(c.ID); ok {
			name += "（" + public.Name(r) + "）"
		}
		names = append(names, name)
	}
	var sums []string
	for _, word := range []string{"增", "改", "撤"} {
		if counts[word] > 0 {
			sums = append(sums, fmt.Sprintf("%s %d", word, counts[word]))
		}
	}
	said := strings.Join(sums, "，") + "：" + strings.Join(names, "、")
	if len(h.outcome.Changes) > namedChanges {
		return said + " 等。"
	}
	return said + "。"
}
