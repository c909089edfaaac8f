package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"yangguang/content"
	"yangguang/content/contenttest"
)

// The environment of a test binary that plays another process: what it does
// with which database, and as often as it is told, 0 for as long as it lives.
const (
	childPlays  = "STORE_TEST_PLAYS"
	childFolder = "STORE_TEST_FOLDER"
	childURL    = "STORE_TEST_URL"
	childTimes  = "STORE_TEST_TIMES"
)

// plays are what another process does.
var plays = map[string]func(ctx context.Context, db *DB, times int) error{
	"append": playAppender, "file": playFiler, "hold": playHolder, "send": playSender,
}

// play is the other process.
func play(name string) error {
	ctx := context.Background()
	times, err := strconv.Atoi(os.Getenv(childTimes))
	if err != nil {
		return err
	}
	db, err := Open(ctx, Config{Folder: os.Getenv(childFolder), URL: os.Getenv(childURL)})
	if err != nil {
		return err
	}
	if err := plays[name](ctx, db, times); err != nil {
		return err
	}
	return db.Close()
}

// child is another process that says a line for each thing it has done.
type child struct {
	cmd    *exec.Cmd
	says   *bufio.Scanner
	errors bytes.Buffer
}

func startChild(t *testing.T, c Config, plays string, times int, hears io.Reader) *child {
	t.Helper()
	p := &child{cmd: exec.Command(os.Args[0])}
	p.cmd.Stdin = hears
	p.cmd.Env = append(os.Environ(), childPlays+"="+plays, childFolder+"="+c.Folder, childURL+"="+c.URL, fmt.Sprint(childTimes, "=", times))
	p.cmd.Stderr = &p.errors
	says, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.says = bufio.NewScanner(says)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

// playAppender appends and says the number of each edition once it is stored.
func playAppender(ctx context.Context, db *DB, times int) error {
	for i := 0; times == 0 || i < times; i++ {
		size := 1
		if i%4 == 3 { // now and then one that fills many pages
			size = 300
		}
		e := contenttest.Edition(fmt.Sprintf("p%d-%d", os.Getpid(), i), size)
		stored, err := insist(ctx, db.Shelf(), e)
		if err != nil {
			return err
		}
		fmt.Fprintln(os.Stdout, stored.Number)
	}
	return nil
}

// insist appends, again when another was faster.
func insist(ctx context.Context, s *Shelf, e content.Edition) (content.Edition, error) {
	for {
		head, err := s.Head(ctx)
		if err != nil {
			return e, err
		}
		stored, err := s.Append(ctx, head, e)
		if !errors.Is(err, content.ErrStale) {
			return stored, err
		}
	}
}

// appender is another process that appends, and says the numbers.
type appender struct{ *child }

func startAppender(t *testing.T, c Config, times int) appender {
	t.Helper()
	return appender{startChild(t, c, "append", times, nil)}
}

// next waits for the next number; ok is false when there is none.
func (a appender) next(t *testing.T) (n int64, ok bool) {
	t.Helper()
	if !a.says.Scan() {
		return 0, false
	}
	n, err := strconv.ParseInt(a.says.Text(), 10, 64)
	if err != nil {
		t.Errorf("the appender says %q", a.says.Text())
	}
	return n, true
}

// kill ends the process and returns the last number it said.
func (a appender) kill(t *testing.T, after time.Duration) (last int64) {
	t.Helper()
	last, ok := a.next(t)
	if !ok {
		t.Fatalf("the appender stored nothing: %s", &a.errors)
	}
	time.AfterFunc(after, func() { a.cmd.Process.Kill() }) // else the test never ends
	for n, ok := a.next(t); ok; n, ok = a.next(t) {
		last = n
	}
	a.cmd.Wait() // it was killed
	return last
}

// all waits for the process to end and returns every number it said.
func (a appender) all(t *testing.T) (said []int64) {
	for n, ok := a.next(t); ok; n, ok = a.next(t) {
		said = append(said, n)
	}
	if err := a.cmd.Wait(); err != nil {
		t.Errorf("appender: %v: %s", err, &a.errors)
	}
	return said
}

// A process that is killed while it appends leaves a whole shelf, with all it
// said it had stored.
func TestKilled(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		rounds := 40
		if c.URL != "" {
			rounds = 12
		}
		var head int64
		for round := range rounds {
			head = killRound(t, c, head, round%2 == 0)
		}
		db := open(t, c)
		if all, err := db.Shelf().Editions(t.Context(), 0, head); err != nil || int64(len(all)) != head {
			t.Errorf("after all rounds %d of %d editions are whole: %v", len(all), head, err)
		}
		t.Logf("%d editions after %d kills", head, rounds)
	})
}

// killRound kills an appender at a random moment and returns the head. Either
// a server has the database open meanwhile, or the next to open it finds what
// the killed process left.
func killRound(t *testing.T, c Config, before int64, beside bool) (head int64) {
	t.Helper()
	var db *DB
	if beside {
		db = openOnly(t, c)
	}
	a := startAppender(t, c, 0)
	said := a.kill(t, time.Duration(rand.IntN(40_000))*time.Microsecond)
	if !beside {
		db = openOnly(t, c)
	}
	defer closeNow(t, db)
	head = wantWhole(t, db, before)
	if head < said {
		t.Fatalf("the killed process had stored %d editions, %d are there", said, head)
	}
	stored, err := insist(t.Context(), db.Shelf(), contenttest.Edition("after the kill", 1))
	if err != nil {
		t.Fatalf("append after the kill: %v", err)
	}
	return stored.Number
}

// wantWhole checks the shelf and returns its head.
func wantWhole(t *testing.T, db *DB, before int64) (head int64) {
	t.Helper()
	var count, newest int64
	err := db.sql.QueryRowContext(t.Context(), // in one statement: PostgreSQL may still be finishing the last one
		`select head, (select count(*) from editions), (select coalesce(max(number), 0) from editions) from shelf`,
	).Scan(&head, &count, &newest)
	if err != nil {
		t.Fatal(err)
	}
	if count != head || newest != head {
		t.Fatalf("the head is %d, but %d editions stand, the newest is %d", head, count, newest)
	}
	if _, err := db.Shelf().Editions(t.Context(), before, head); err != nil {
		t.Fatal(err)
	}
	if db.exclude == "" {
		var verdict string
		if err := db.sql.QueryRowContext(t.Context(), `pragma integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
			t.Fatalf("the file: %s, %v", verdict, err)
		}
	}
	return head
}

// Two processes that append at once, on a database that neither finds made,
// lose no edition and store none twice; a third that follows sees every one.
func TestProcessesAtOnce(t *testing.T) {
	const times = 40
	onBoth(t, func(t *testing.T, c Config) {
		var both sync.WaitGroup
		said := make([][]int64, 2)
		for i := range said {
			a := startAppender(t, c, times)
			both.Go(func() { said[i] = a.all(t) })
		}
		s := open(t, c).Shelf()
		for seen := int64(0); seen < 2*times && !t.Failed(); {
			seen = followOnce(t, s, seen)
		}
		both.Wait()
		byNumber := map[int64]bool{}
		for _, n := range append(said[0], said[1]...) {
			byNumber[n] = true
		}
		if len(byNumber) != 2*times {
			t.Errorf("two processes stored %d editions each, under %d numbers", times, len(byNumber))
		}
		notes := map[string]bool{}
		all, err := s.Editions(t.Context(), 0, 99*times)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			notes[e.Note] = true
		}
		if len(all) != 2*times || len(notes) != 2*times {
			t.Errorf("%d editions stand, %d different; want %d", len(all), len(notes), 2*times)
		}
	})
}

// followOnce reads what is new after seen, as a board does.
func followOnce(t *testing.T, s *Shelf, seen int64) int64 {
	head, err := s.Head(t.Context())
	if err != nil {
		t.Errorf("head: %v", err)
		return seen
	}
	fresh, err := s.Editions(t.Context(), seen, head)
	if err != nil || int64(len(fresh)) != head-seen {
		t.Errorf("editions (%d, %d]: %d, %v", seen, head, len(fresh), err)
	}
	return head
}
