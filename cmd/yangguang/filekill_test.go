package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/store"
)

// kills is how often a citizen is interrupted; -kills 50 before a release.
var kills = flag.Int("kills", 5, "rounds of kill -9 while a complaint is filed")

// process is the program in a process of its own, which is started again on its
// folder where it was killed.
type process struct {
	*program
	t    *testing.T
	args []string
	cmd  *exec.Cmd
	died int
}

func startProcess(t *testing.T, args ...string) *process {
	t.Helper()
	p := beginProcess(t, args...)
	p.opened()
	return p
}

// beginProcess starts it and does not wait until it is open.
func beginProcess(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{program: &program{data: t.TempDir()}, t: t, args: args}
	p.begin()
	t.Cleanup(p.end)
	return p
}

func (p *process) begin() {
	p.t.Helper()
	p.out = newStream(addressLine)
	p.cmd = child(append([]string{"--addr", "127.0.0.1:0", "--data", p.data}, p.args...)...)
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	must(p.t, p.cmd.Start())
}

func (p *process) opened() {
	p.t.Helper()
	select {
	case p.base = <-p.out.found:
	case <-time.After(time.Minute):
		p.t.Fatalf("it is not open after a minute: %s", p.out)
	}
}

func (p *process) end() {
	p.cmd.Process.Kill()
	p.cmd.Wait() // it was killed
}

// killAfter kills the process as it is now, after a time.
func (p *process) killAfter(d time.Duration) {
	killed := p.cmd.Process
	time.AfterFunc(d, func() { killed.Kill() })
}

// again opens it once more. It is called when it does not answer.
func (p *process) again() {
	p.t.Helper()
	p.end()
	p.died++
	p.begin()
	p.opened()
}

// pace is how long a complaint takes and how long sending it.
type pace struct{ whole, submit time.Duration }

// TestKilledWhileFiling kills the program at random moments while a citizen
// writes and sends over HTTP; the browser sends again what was not answered.
// Each complaint is one case, keeps the receipt that was shown, and nothing
// that was answered is lost.
func TestKilledWhileFiling(t *testing.T) {
	p := startProcess(t)
	usual, _, _ := p.round(t, 0, 0, 0)
	shown := map[string]string{} // receipt → words
	for n := 1; n <= *kills; n++ {
		inAll, inSubmit := time.Duration(0), time.Duration(0)
		if n%3 == 0 {
			inAll = 1 + rand.N(usual.whole)
		} else {
			inSubmit = 1 + rand.N(2*usual.submit)
		}
		_, receipt, words := p.round(t, n, inAll, inSubmit)
		shown[receipt] = words
	}
	if len(shown) != *kills {
		t.Errorf("%d complaints have %d receipts", *kills, len(shown))
	}
	p.again()
	for receipt, words := range shown {
		if got := p.citizen(t).follows(receipt); strings.Count(got, words) != 1 || !strings.Contains(got, "图片") {
			t.Errorf("a receipt that was shown opens: %s", got)
		}
	}
	p.end()
	if got := casesIn(t, p.data); got != *kills+1 {
		t.Errorf("%d complaints are %d cases", *kills+1, got)
	}
	t.Logf("%d complaints, killed %d times; one takes %v, sending it %v", *kills, p.died, usual.whole, usual.submit)
	if p.died < *kills/2 {
		t.Errorf("killed only %d times", p.died)
	}
}

// round is one complaint. The program is killed after inAll from the first
// page, or after inSubmit from the press that sends it; 0: not at all.
func (p *process) round(t *testing.T, n int, inAll, inSubmit time.Duration) (took pace, receipt, words string) {
	t.Helper()
	words = fmt.Sprintf("第%d件：%s", n, pupil)
	c := p.citizen(t)
	c.lives = p.again
	begin := time.Now()
	if inAll > 0 {
		p.killAfter(inAll)
	}
	c.open("/complain")
	c.press("start", map[string]string{"text": words})
	c.fill(given(nil), "summary", photo(t))
	action, form := c.form()
	form.Set("press", "submit")
	submit := time.Now()
	if inSubmit > 0 {
		p.killAfter(inSubmit)
	}
	c.post(action, form)
	number, receipt := c.shown()
	took = pace{time.Since(begin), time.Since(submit)}
	c.post(action, form) // the button pressed once more
	if again, code := c.shown(); again != number || code != receipt {
		t.Errorf("complaint %d: first %s, then %s; the same receipt: %v", n, number, again, code == receipt)
	}
	return took, receipt, words
}

// casesIn counts the cases of a data folder and checks what “restore” would.
func casesIn(t *testing.T, data string) int {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Folder: data})
	must(t, err)
	defer func() { must(t, db.Close()) }()
	keys, err := loadKeys(t.Context(), db, (&settings{data: data}).keys())
	must(t, err)
	n, err := checkCases(t.Context(), db.Book(), keys)
	must(t, err)
	letters, err := db.Book().Letters(t.Context(), 0, 10*n+10)
	must(t, err)
	of := map[complaint.Number]int{}
	for _, l := range letters {
		if l.To == complaint.ToCitizen {
			of[l.Number]++
		}
	}
	for number, m := range of {
		if m != 1 {
			t.Errorf("%s has %d letters, want the one that tells the citizen it was filed", number, m)
		}
	}
	return n
}
