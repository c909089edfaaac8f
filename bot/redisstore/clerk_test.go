package redisstore_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/bot/redisstore"
	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/realtest"
	"yangguang/search"
)

// office receives everything, and files a draft once.
type office struct {
	bot.Office // nothing else is asked of it
	mu         sync.Mutex
	filed      map[string]int
}

func (*office) Receivable(context.Context, complaint.Kind, []complaint.Accused) (complaint.Route, error) {
	return complaint.Route{Unit: "410800"}, nil
}

func (o *office) File(_ context.Context, d complaint.Draft) (complaint.Filed, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.filed[d.ID]++
	return complaint.Filed{Number: "2026000000011"}, nil
}

func (o *office) Filed(_ context.Context, draft string) (bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.filed[draft] > 0, nil
}

func digest(b []byte) []byte { sum := sha256.Sum256(b); return sum[:] }

// clerks are those of so many instances on one Redis.
func clerks(t *testing.T, n int, address string) ([]*bot.Clerk, *office) {
	t.Helper()
	record := contenttest.Bundled(t)
	finder := search.NewFinder(search.NewMemory())
	if err := finder.Follow(t.Context(), record); err != nil {
		t.Fatal(err)
	}
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	o := &office{filed: map[string]int{}}
	all := make([]*bot.Clerk, n)
	for i := range all {
		all[i] = &bot.Clerk{
			Sessions: open(t, address).Sessions(), Office: o, Site: finder, Sealer: ring, Mint: ring.Mint, MAC: digest,
			Record:  func() *content.Snapshot { return record },
			Discard: func(context.Context, string) error { return nil },
		}
	}
	return all, o
}

const story = "武陟的初中老师昨天逼我们报中专"

// kept is what the store has of a conversation, and what its events are called.
func kept(t *testing.T, s *redisstore.Sessions, conv string) (bot.Session, func(id string) string) {
	t.Helper()
	name := hex.EncodeToString(digest([]byte("conversation\n" + conv))[:16])
	got, err := s.Load(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return got, func(id string) string { return hex.EncodeToString(digest([]byte("event\n" + name + "\n" + id))[:16]) }
}

// Two instances take the events of one conversation at once, each event comes
// to both, and they come from three who send one after the other: every event
// is taken once, in the order of its sender, and no answer is lost.
func TestAConversationBouncesBetweenInstances(t *testing.T) {
	const senders, each = 3, 16
	address := "unix://" + realtest.Redis(t).Socket()
	both, _ := clerks(t, 2, address)
	ctx := t.Context()
	began, err := both[0].Take(ctx, "c", complaint.WebChat, bot.Event{ID: "begin", Act: bot.Say, Text: story})
	if err != nil {
		t.Fatal(err)
	}
	send := func(c *bot.Clerk, e bot.Event) {
		for {
			_, err := c.Take(ctx, "c", complaint.WebChat, e)
			if errors.Is(err, bot.ErrStale) {
				continue // not acknowledged: it comes again
			}
			if err != nil {
				t.Errorf("%s: %v", e.ID, err)
			}
			return
		}
	}
	var all sync.WaitGroup
	for s := range senders {
		all.Go(func() {
			for i := range each {
				e := bot.Event{ID: fmt.Sprintf("%d.%02d", s, i), Act: bot.Help}
				if i%5 == 0 && s < 2 {
					e.Act, e.Draft = bot.Attach, began.Talk.Draft
					e.Evidence = complaint.Evidence{ID: e.ID, Kind: complaint.PDF, Size: 1, SHA256: strings.Repeat("0", 64)}
				}
				var twice sync.WaitGroup
				for _, c := range both {
					twice.Go(func() { send(c, e) })
				}
				twice.Wait()
			}
		})
	}
	all.Wait()
	got, called := kept(t, open(t, address).Sessions(), "c")
	if got.Revision != 1+senders*each {
		t.Errorf("%d revisions, want %d", got.Revision, 1+senders*each)
	}
	for s := range senders {
		last := -1
		for i := range each {
			at := slices.Index(got.Seen, called(fmt.Sprintf("%d.%02d", s, i)))
			if at <= last {
				t.Errorf("event %d of sender %d is at %d, the one before it at %d", i, s, at, last)
			}
			last = at
		}
	}
	looked, err := both[1].Look(ctx, "c")
	if files := len(looked.Talk.Evidence); err != nil || files != 8 {
		t.Errorf("%d files, %v; want 8", files, err)
	}
}

// A complaint is told and filed, one event here and the next there, while Redis
// is killed and started again between them.
func TestFiledThroughAKilledRedis(t *testing.T) {
	server := realtest.Redis(t, "--appendfsync", "always")
	both, o := clerks(t, 2, "unix://"+server.Socket())
	var turn bot.Turn
	take := func(i int, e bot.Event) {
		t.Helper()
		e.ID = fmt.Sprint("event ", i)
		server.Kill()
		if _, err := both[i%2].Take(t.Context(), "c", complaint.WebChat, e); !errors.Is(err, complaint.ErrNotKept) {
			t.Errorf("event %d with no Redis: %v, want ErrNotKept", i, err)
		}
		server.Start()
		var err error
		if turn, err = both[i%2].Take(t.Context(), "c", complaint.WebChat, e); err != nil {
			t.Fatalf("event %d: %v", i, err)
		}
	}
	take(0, bot.Event{Act: bot.Say, Text: story})
	take(1, bot.Event{Act: bot.Choose, Text: "yes", Prompt: turn.Talk.Open(time.Now()).Prompt})
	take(2, bot.Event{Act: bot.Choose, Text: "anonymous", Prompt: turn.Talk.Open(time.Now()).Prompt})
	take(3, bot.Event{Act: bot.Submit})
	done, ok := turn.Talk.Filed()
	if !ok || len(o.filed) != 1 {
		t.Fatalf("filed %v, drafts %v", ok, o.filed)
	}
	again, err := both[0].Take(t.Context(), "c", complaint.WebChat, bot.Event{ID: "event 3", Act: bot.Submit})
	if d, _ := again.Talk.Filed(); err != nil || !again.Again || d.Receipt != done.Receipt {
		t.Errorf("sent again: %+v, %v", d, err)
	}
}

// What was given up is nowhere in Redis soon after, not in its file either, and
// neither is the address of somebody who is counted.
func TestWhatIsGivenUpLeavesRedis(t *testing.T) {
	server := realtest.Redis(t)
	store := open(t, "unix://"+server.Socket())
	s := store.Sessions()
	draft := step(1)
	draft.Sealed, draft.Key.Wrapped = []byte("SEALED4711"), []byte("WRAPPED4711")
	commit(t, s, "a", draft)
	if _, err := store.Limits().Take(t.Context(), three, "203.0.113.4711"); err != nil {
		t.Fatal(err)
	}
	if !inFiles(t, server, "SEALED4711") {
		t.Error("the draft never was in the file: this test sees nothing")
	}
	if err := s.Drop(t.Context(), "a", 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Expired(t.Context(), time.Now(), 10); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); inFiles(t, server, "4711"); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > 10*time.Second {
			t.Fatal("it is still there")
		}
	}
	for _, key := range raw(t, server).Keys(t.Context(), "*").Val() {
		if !strings.HasPrefix(key, redisstore.Site) {
			t.Errorf("the key %q is not under the prefix", key)
		}
	}
}

func inFiles(t *testing.T, server *realtest.RedisServer, word string) bool {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(server.Folder(), "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(paths, func(path string) bool {
		b, _ := os.ReadFile(path) // it may have been replaced meanwhile
		return bytes.Contains(b, []byte(word))
	})
}

// The words of a conversation vanish by themselves an hour after its end. What
// hangs on its draft is still found then, and discarded.
func TestWordsVanishAndTheirEvidenceIsFound(t *testing.T) {
	server := realtest.Redis(t)
	s := open(t, "unix://"+server.Socket()).Sessions()
	commit(t, s, "a", step(1))
	client := raw(t, server)
	words := redisstore.Site + "words:a"
	if left := client.PTTL(t.Context(), words).Val(); left < bot.Life+50*time.Minute || left > bot.Life+70*time.Minute {
		t.Errorf("the words live %v, want about an hour longer than %v", left, bot.Life)
	}
	ended := step(2)
	ended.Expires = time.Now().Add(-time.Hour)
	commit(t, s, "a", ended)
	if err := client.PExpire(t.Context(), words, time.Millisecond).Err(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(5 * time.Millisecond)
	got, err := s.Load(t.Context(), "a")
	if err != nil || got.Revision != 2 || got.Draft != "draft" || len(got.Sealed)+len(got.Key.Wrapped)+len(got.Seen) > 0 {
		t.Errorf("left is %+v, %v", got, err)
	}
	gone, err := s.Expired(t.Context(), time.Now(), 10)
	if err != nil || len(gone) != 1 || gone[0] != (bot.Gone{Conv: "a", Revision: 2, Draft: "draft"}) {
		t.Errorf("expired are %+v, %v", gone, err)
	}

	both, _ := clerks(t, 1, "unix://"+server.Socket())
	var discarded []string
	both[0].Discard = func(_ context.Context, draft string) error { discarded = append(discarded, draft); return nil }
	if n, err := both[0].Sweep(t.Context()); n != 1 || err != nil || !slices.Equal(discarded, []string{"draft"}) {
		t.Errorf("swept %d, discarded %q, %v", n, discarded, err)
	}
	if left := client.Keys(t.Context(), "*:a").Val(); len(left) > 0 {
		t.Errorf("left are %q", left)
	}
}

// A conversation whose words have vanished begins anew, and its evidence goes.
func TestWhoComesBackAfterTheWordsVanished(t *testing.T) {
	server := realtest.Redis(t)
	one, _ := clerks(t, 2, "unix://"+server.Socket())
	first, err := one[0].Take(t.Context(), "c", complaint.WebChat, bot.Event{ID: "1", Act: bot.Say, Text: story})
	if err != nil {
		t.Fatal(err)
	}
	client := raw(t, server)
	for _, key := range client.Keys(t.Context(), "*words:*").Val() {
		client.Del(t.Context(), key)
	}
	var discarded []string
	one[1].Discard = func(_ context.Context, draft string) error { discarded = append(discarded, draft); return nil }
	turn, err := one[1].Take(t.Context(), "c", complaint.WebChat, bot.Event{ID: "2", Act: bot.Say, Text: story})
	if err != nil || turn.Talk.Draft == first.Talk.Draft || !slices.Equal(discarded, []string{first.Talk.Draft}) {
		t.Errorf("draft %s after %s, discarded %q, %v", turn.Talk.Draft, first.Talk.Draft, discarded, err)
	}
}

// A fictional city and a real one on one Redis do not see each other.
func TestPrefixes(t *testing.T) {
	address := "unix://" + realtest.Redis(t).Socket()
	site := open(t, address)
	demo, err := redisstore.Open(redisstore.Config{Address: address, Prefix: redisstore.Demo, MAC: mac})
	if err != nil {
		t.Fatal(err)
	}
	defer demo.Close()
	ended := step(1)
	ended.Expires = time.Now().Add(-time.Hour)
	commit(t, site.Sessions(), "a", ended)
	if _, err := demo.Sessions().Load(t.Context(), "a"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("the demo has the conversation of the site: %v", err)
	}
	if gone, err := demo.Sessions().Expired(t.Context(), time.Now(), 10); len(gone) > 0 || err != nil {
		t.Errorf("the demo would sweep %v, %v", gone, err)
	}
}
