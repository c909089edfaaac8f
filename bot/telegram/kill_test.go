package telegram

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"yangguang/bot/telegram/telegramtest"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/content/sheet"
)

// The child is this test program, which serves until it is killed.
const childFolder, childAPI = "TELEGRAM_CHILD_FOLDER", "TELEGRAM_CHILD_API"

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		if err := serveAsChild(folder, os.Getenv(childAPI)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func serveAsChild(folder, api string) error {
	pack, err := sheet.ReadPack(content.Bundled())
	if err != nil {
		return err
	}
	e := content.Edition{Number: 1}
	for _, i := range pack.Items {
		e.Changes = append(e.Changes, content.Change{Op: content.Put, ID: i.Record.Head().ID, Record: i.Record})
	}
	record, err := content.Fold([]content.Edition{e})
	if err != nil {
		return err
	}
	h, err := openHouse(folder, record)
	if err != nil {
		return err
	}
	c, err := New(h.config(api, os.Stderr))
	if err != nil {
		return err
	}
	c.quick().Run(context.Background())
	return errors.New("the child ended")
}

const (
	killChats  = 10
	killEach   = 30
	killRounds = 6
)

// said are the messages of one person, in their order: a story that grows, and
// how it is filed.
func killScript(chat int64) []string {
	out := []string{story}
	for n := range killEach - 4 {
		out = append(out, fmt.Sprintf("还有一句 %d-%02d", chat, n))
	}
	return append(out, "对，下一步", "不留姓名", "提交")
}

// 300 updates of ten people, the program killed six times in the middle of them:
// none is lost, none has its effect twice, the order is kept; each is answered,
// and no more is said twice than was under way at a kill.
func TestKilled(t *testing.T) {
	api := telegramtest.New()
	defer api.Stop()
	folder := t.TempDir()
	go func() {
		for n := range killEach {
			for chat := int64(1); chat <= killChats; chat++ {
				api.Write(chat, killScript(chat)[n])
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	for round := range killRounds + 1 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childFolder+"="+folder, childAPI+"="+api.URL)
		var errs buffer
		child.Stderr = &errs
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		want := 41 * (round + 1)
		if round == killRounds {
			want = killChats * killEach
		}
		api.Await(0, want, 3*time.Minute)
		if round == killRounds { // whatever comes twice has come by now
			waitFor(t, func() bool { return api.Waiting() == 0 && slices.Min(counts(api)) >= killEach })
		}
		if err := child.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // killed
		if s := errs.String(); strings.Contains(s, "TESTTOKEN") || strings.Contains(s, "panic") {
			t.Errorf("the child says: %s", s)
		}
	}
	checkKilled(t, folder)
	all := 0
	for i, n := range counts(api) {
		if all += n; n < killEach || n > killEach+killRounds {
			t.Errorf("chat %d was answered %d times, want %d", i+1, n, killEach)
		}
	}
	if twice := all - killChats*killEach; twice > killRounds {
		t.Errorf("%d replies came twice, want at most %d", twice, killRounds)
	} else {
		t.Logf("%d replies of %d came twice in %d kills", twice, all, killRounds)
	}
}

func counts(api *telegramtest.Server) []int {
	out := make([]int, killChats)
	for i := range out {
		out[i] = len(api.Said(int64(i + 1)))
	}
	return out
}

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for range 3000 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("waited in vain")
}

// checkKilled looks what became of it: one case each, with all words in order.
func checkKilled(t *testing.T, folder string) {
	t.Helper()
	h, err := openHouse(folder, contenttest.Bundled(t))
	if err != nil {
		t.Fatal(err)
	}
	defer h.db.Close()
	list, err := h.office.Book.List(t.Context(), complaint.Unscoped(), complaint.Query{Limit: 1000})
	if err != nil || len(list) != killChats {
		t.Fatalf("%d cases, %v; want %d", len(list), err, killChats)
	}
	filed := map[string]int{}
	for _, d := range list {
		v, err := h.office.Open(t.Context(), "first", d.Number)
		if err != nil {
			t.Fatal(err)
		}
		words, _, _ := strings.Cut(string(v.Said[0].Text), "\n\n")
		filed[words]++
	}
	for chat := int64(1); chat <= killChats; chat++ {
		script := killScript(chat)
		if want := strings.Join(script[:len(script)-3], "\n"); filed[want] != 1 {
			t.Errorf("chat %d: its words were filed %d times", chat, filed[want])
		}
	}
	if t.Failed() {
		for words := range filed {
			t.Logf("filed:\n%s", words)
		}
	}
}
