package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/seal"
)

// filers are how many file at once in the other process.
const filers = 4

// office is the same in every process of these tests.
func office(b complaint.Book) (*complaint.Office, *seal.Ring) {
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		panic(err)
	}
	return &complaint.Office{
		Book: b, Sealer: ring,
		Roster:   func(context.Context) (*complaint.Roster, error) { return complainttest.Trial(), nil },
		MAC:      func(b []byte) []byte { sum := sha256.Sum256(b); return sum[:] },
		Calendar: func() *calendar.Calendar { return new(calendar.Calendar) },
	}, ring
}

// draft returns what somebody confirmed: sent again, it has the same receipt.
func draft(ring *seal.Ring, id string) complaint.Draft {
	sum := sha256.Sum256([]byte(id))
	receipt, err := complaint.NewReceipt(bytes.NewReader(sum[:]))
	if err != nil {
		panic(err)
	}
	return complaint.Draft{
		ID: id, Receipt: receipt, Key: ring.Mint(id), Kind: complaint.FalseAdvertising,
		Accused:  []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-02"}},
		Identity: complaint.Anonymous, Channel: complaint.WebChat, Words: []byte("words of " + id),
	}
}

// draftID names the drafts of a process that files times each: they are the
// same in two such processes, and others in every process that files for ever.
func draftID(pid, times, filer, i int) string {
	if times > 0 {
		pid = 0
	}
	return fmt.Sprintf("%d/%d/%d", pid, filer, i)
}

// playFiler files, several at once, and says “filer i number” of each case once
// its receipt may be shown.
func playFiler(ctx context.Context, db *DB, times int) error {
	o, ring := office(db.Book())
	var all sync.WaitGroup
	ends := make(chan error, filers)
	for filer := range filers {
		all.Go(func() {
			for i := 0; times == 0 || i < times; i++ {
				f, err := o.File(ctx, draft(ring, draftID(os.Getpid(), times, filer, i)))
				if err != nil {
					ends <- err
					return
				}
				fmt.Fprintf(os.Stdout, "%d %d %s\n", filer, i, string(f.Number))
			}
		})
	}
	all.Wait()
	close(ends)
	return <-ends
}

// playHolder holds the database until its input ends.
func playHolder(ctx context.Context, db *DB, _ int) error {
	tx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `update book set head = head`); err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, "held")
	if _, err := io.ReadAll(os.Stdin); err != nil {
		return err
	}
	return tx.Rollback()
}

// said are the numbers that a filing process has shown, by filer and in order.
type said [filers][]complaint.Number

func (s *said) read(t *testing.T, line string) {
	t.Helper()
	var filer, i int
	var number complaint.Number
	if _, err := fmt.Sscan(line, &filer, &i, &number); err != nil || i != len(s[filer]) {
		t.Errorf("the filing process says %q: %v", line, err)
		return
	}
	s[filer] = append(s[filer], number)
}

// killRounds: five, and 50 with STORE_KILL_ROUNDS=50 go test -run TestKilledFiling ./store.
func killRounds(t *testing.T) int {
	n := os.Getenv("STORE_KILL_ROUNDS")
	if n == "" {
		return 5
	}
	rounds, err := strconv.Atoi(n)
	if err != nil {
		t.Fatal(err)
	}
	return rounds
}

// A process that is killed while people file has lost nothing it acknowledged,
// and what they send again is one case with the receipt they would have had.
func TestKilledFiling(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		want := 0
		for round := range killRounds(t) {
			want += killFiling(t, c, round%2 == 0)
			db := openOnly(t, c)
			wantCases(t, db.Book(), want)
			wantWhole(t, db, 0)
			closeNow(t, db)
		}
		t.Logf("%d cases after %d kills", want, killRounds(t))
	})
}

// killFiling returns how many cases there must be of that round.
func killFiling(t *testing.T, c Config, beside bool) (cases int) {
	t.Helper()
	if beside { // a server that goes on
		defer closeNow(t, openOnly(t, c))
	}
	p := startChild(t, c, "file", 0, nil)
	if !p.says.Scan() {
		t.Fatalf("the process filed nothing: %s", &p.errors)
	}
	time.AfterFunc(time.Duration(rand.IntN(60_000))*time.Microsecond, func() { p.cmd.Process.Kill() }) // else the test never ends
	var shown said
	for more := true; more; more = p.says.Scan() {
		shown.read(t, p.says.Text())
	}
	p.cmd.Wait() // it was killed

	db := openOnly(t, c)
	defer closeNow(t, db)
	o, ring := office(db.Book())
	for filer, numbers := range shown {
		for i := range len(numbers) + 1 { // the last was under way: it is sent again
			d := draft(ring, draftID(p.cmd.Process.Pid, 0, filer, i))
			f, err := o.File(t.Context(), d)
			if err != nil || i < len(numbers) && (f.Number != numbers[i] || !f.Again) {
				t.Errorf("%s filed again: %+v, %v; shown were %v", d.ID, f, err, numbers)
			}
			v, err := o.Follow(t.Context(), f.Receipt)
			if err != nil || v.Number != f.Number || len(v.Said) != 1 || string(v.Said[0].Text) != string(d.Words) {
				t.Errorf("with the receipt of %s: %+v, %v", f.Number, v.Said, err)
			}
			cases++
		}
	}
	return cases
}

// Two processes that are sent the same drafts at once make one case of each,
// and both show the same number.
func TestSameDraftsAtOnce(t *testing.T) {
	const times = 30
	onBoth(t, func(t *testing.T, c Config) {
		closeNow(t, openOnly(t, c))
		var both sync.WaitGroup
		var shown [2]said
		for i := range shown {
			p := startChild(t, c, "file", times, nil)
			both.Go(func() {
				for p.says.Scan() {
					shown[i].read(t, p.says.Text())
				}
				if err := p.cmd.Wait(); err != nil {
					t.Errorf("filing process: %v: %s", err, &p.errors)
				}
			})
		}
		both.Wait()
		if fmt.Sprint(shown[0]) != fmt.Sprint(shown[1]) {
			t.Errorf("one process shows %v\nthe other %v", shown[0], shown[1])
		}
		wantCases(t, open(t, c).Book(), filers*times)
	})
}

// While another process holds the database, filing says in the end that nothing
// was kept; released, the same drafts are filed.
func TestFilingLocked(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, c Config) {
		t.Parallel()
		db := open(t, c)
		o, ring := office(db.Book())
		release := hold(t, c)
		start := time.Now()
		var all sync.WaitGroup
		fileThree := func(want ...error) {
			for i := range 3 {
				all.Go(func() {
					_, err := o.File(t.Context(), draft(ring, fmt.Sprint("locked-", i)))
					for _, w := range want {
						if !errors.Is(err, w) {
							t.Errorf("filing: %v, want %v", err, w)
						}
					}
				})
			}
			all.Wait()
		}
		all.Go(func() {
			if err := db.Book().Append(t.Context(), complainttest.Number(1), 1, newFiling(1).Entry); !errors.Is(err, complaint.ErrNotKept) {
				t.Errorf("append: %v, want ErrNotKept", err)
			}
		})
		fileThree(complaint.ErrNotKept, ErrLocked)
		if waited := time.Since(start); waited < patience/2 || waited > 3*patience {
			t.Errorf("filing waited %s, want about %s", waited, patience)
		}
		wantCases(t, db.Book(), 0)
		release()
		fileThree(nil)
		wantCases(t, db.Book(), 3)
	})
}

// hold lets another process hold the database until it is released.
func hold(t *testing.T, c Config) (release func()) {
	t.Helper()
	in, out := io.Pipe()
	p := startChild(t, c, "hold", 0, in)
	if !p.says.Scan() || p.says.Text() != "held" {
		t.Fatalf("the process does not hold the database: %s", &p.errors)
	}
	return func() {
		out.Close()
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("holding process: %v: %s", err, &p.errors)
		}
	}
}
