package redisstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"yangguang/bot"
	"yangguang/bot/redisstore"
	"yangguang/complaint"
	"yangguang/realtest"
)

// step is the n-th revision of a conversation.
func step(n int64) bot.Session {
	s := bot.Session{
		Revision: n, Draft: "draft", Key: complaint.Key{Of: "draft", Wrapped: []byte("wrapped")},
		Sealed: bytes.Repeat([]byte{byte(n)}, 1000), Expires: time.Now().Add(bot.Life).Truncate(time.Millisecond),
	}
	for i := range n {
		s.Seen = append(s.Seen, fmt.Sprint("event ", i))
	}
	return s
}

func commit(t *testing.T, s *redisstore.Sessions, conv string, next bot.Session) {
	t.Helper()
	if err := s.Commit(t.Context(), conv, next); err != nil {
		t.Fatalf("commit %d: %v", next.Revision, err)
	}
}

func wantRevision(t *testing.T, s *redisstore.Sessions, conv string, want int64) {
	t.Helper()
	if got, err := s.Load(t.Context(), conv); err != nil || got.Revision != want {
		t.Errorf("%s is at %d, %v; want %d", conv, got.Revision, err, want)
	}
}

// raw is a client beside the store's.
func raw(t *testing.T, server *realtest.RedisServer) *redis.Client {
	t.Helper()
	c := redis.NewClient(&redis.Options{Network: "unix", Addr: server.Socket()})
	t.Cleanup(func() { c.Close() })
	return c
}

// Whenever Redis is killed, what was acknowledged is there when it is started
// again, and what was not is there whole or not at all.
func TestKilledRedisLosesNothing(t *testing.T) {
	server := realtest.Redis(t, "--appendfsync", "always")
	s := open(t, "unix://"+server.Socket()).Sessions()
	kept := int64(0)
	for round := range 6 {
		killed := make(chan struct{})
		for acknowledged := 0; ; acknowledged++ {
			if acknowledged == 5 {
				go func() {
					time.Sleep(time.Duration(round) * 300 * time.Microsecond)
					server.Kill()
					close(killed)
				}()
			}
			err := s.Commit(t.Context(), "a", step(kept+1))
			if err != nil {
				if !errors.Is(err, complaint.ErrNotKept) || !errors.Is(err, redisstore.ErrUnreachable) {
					t.Errorf("killed: %v, want ErrNotKept and ErrUnreachable", err)
				}
				break
			}
			kept++
		}
		<-killed
		server.Start()
		got, err := s.Load(t.Context(), "a")
		if err != nil || got.Revision != kept && got.Revision != kept+1 {
			t.Fatalf("after the kill: revision %d, %v; acknowledged were %d", got.Revision, err, kept)
		}
		if want := step(got.Revision); !bytes.Equal(got.Sealed, want.Sealed) || len(got.Seen) != len(want.Seen) {
			t.Errorf("revision %d is not whole", got.Revision)
		}
		kept = got.Revision
	}
}

func TestPausedRedisKeepsNobodyWaiting(t *testing.T) {
	server := realtest.Redis(t)
	s := open(t, "unix://"+server.Socket()).Sessions()
	commit(t, s, "a", step(1))
	server.Pause()
	began := time.Now()
	err := s.Commit(t.Context(), "a", step(2))
	if took := time.Since(began); !errors.Is(err, complaint.ErrNotKept) || took > redisstore.Patience+5*time.Second {
		t.Errorf("paused: %v after %v", err, took)
	}
	impatient, done := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer done()
	if _, err := s.Load(impatient, "a"); !errors.Is(err, complaint.ErrNotKept) || !errors.Is(err, redisstore.ErrUnreachable) {
		t.Errorf("a caller with less patience: %v", err)
	}
	server.Resume()
	commit(t, s, "a", step(2)) // it may have run
	commit(t, s, "a", step(3))
	wantRevision(t, s, "a", 3)
}

func TestStartedAgainRedisIsTheSame(t *testing.T) {
	server := realtest.Redis(t)
	s := open(t, "unix://"+server.Socket()).Sessions()
	commit(t, s, "a", step(1))
	server.Kill()
	if err := s.Commit(t.Context(), "a", step(2)); !errors.Is(err, complaint.ErrNotKept) {
		t.Errorf("while it is gone: %v", err)
	}
	server.Start() // without its scripts, on new connections
	commit(t, s, "a", step(2))
	if err := raw(t, server).ScriptFlush(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	commit(t, s, "a", step(3))
	wantRevision(t, s, "a", 3)
}

// A full Redis takes nothing, forgets nothing, and goes on when there is room.
func TestFullRedis(t *testing.T) {
	server := realtest.Redis(t)
	store := open(t, "unix://"+server.Socket())
	s := store.Sessions()
	commit(t, s, "a", step(1))
	room := func(size string) {
		if err := raw(t, server).ConfigSet(t.Context(), "maxmemory", size).Err(); err != nil {
			t.Fatal(err)
		}
	}
	room("100kb")
	if err := s.Commit(t.Context(), "a", step(2)); !errors.Is(err, complaint.ErrNotKept) || !errors.Is(err, redisstore.ErrFull) {
		t.Errorf("full: %v, want ErrNotKept and ErrFull", err)
	}
	if _, err := store.Check(t.Context()); !errors.Is(err, redisstore.ErrFull) {
		t.Errorf("checked: %v, want ErrFull", err)
	}
	wantRevision(t, s, "a", 1)
	room("0")
	commit(t, s, "a", step(2))
	room("100kb")
	if err := s.Drop(t.Context(), "a", 2); err != nil {
		t.Errorf("drop: %v", err)
	}
}

func TestReadOnlyCopy(t *testing.T) {
	main := realtest.Redis(t)
	store := open(t, "unix://"+main.Socket())
	commit(t, store.Sessions(), "a", step(1))
	client := raw(t, main)
	if err := client.Do(t.Context(), "replicaof", "127.0.0.1", "1").Err(); err != nil {
		t.Fatal(err)
	}
	if err := store.Sessions().Commit(t.Context(), "a", step(2)); !errors.Is(err, complaint.ErrNotKept) || !errors.Is(err, redisstore.ErrReadOnly) {
		t.Errorf("on a copy: %v, want ErrNotKept and ErrReadOnly", err)
	}
	warnings, err := store.Check(t.Context())
	if !errors.Is(err, redisstore.ErrReadOnly) || len(warnings) != 1 {
		t.Errorf("checked: %q, %v", warnings, err)
	}
}

// cutter passes on what is sent to Redis, and as often as it is told to cuts
// the connection when the answer comes.
type cutter struct{ cuts atomic.Int64 }

func newCutter(t *testing.T, server *realtest.RedisServer) (*cutter, string) {
	t.Helper()
	path := filepath.Join(server.Folder(), "cut")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	c := &cutter{}
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go c.pass(from, server.Socket())
		}
	}()
	return c, "unix://" + path
}

func (c *cutter) pass(from net.Conn, to string) {
	defer from.Close()
	server, err := net.Dial("unix", to)
	if err != nil {
		return
	}
	defer server.Close()
	go io.Copy(server, from)
	buf := make([]byte, 1<<16)
	for {
		n, err := server.Read(buf)
		if err != nil || c.cuts.Add(-1) >= 0 {
			return
		}
		from.Write(buf[:n])
	}
}

// When the answer to a commit is lost it was kept all the same. Sent again, by
// the client or by whoever sent the event, it is kept once.
func TestALostAnswer(t *testing.T) {
	server := realtest.Redis(t)
	c, address := newCutter(t, server)
	through, direct := open(t, address).Sessions(), open(t, "unix://"+server.Socket()).Sessions()
	commit(t, through, "a", step(1))

	c.cuts.Store(1)
	commit(t, through, "a", step(2)) // the client sends it again
	wantRevision(t, direct, "a", 2)

	c.cuts.Store(1 << 30)
	if err := through.Commit(t.Context(), "a", step(3)); !errors.Is(err, complaint.ErrNotKept) {
		t.Errorf("no answer comes: %v, want ErrNotKept", err)
	}
	wantRevision(t, direct, "a", 3)
	c.cuts.Store(0)
	commit(t, through, "a", step(3)) // the event comes again
	wantRevision(t, direct, "a", 3)
	theirs := step(3)
	theirs.Seen[2] = "another event"
	if err := direct.Commit(t.Context(), "a", theirs); !errors.Is(err, bot.ErrStale) {
		t.Errorf("another event as the same revision: %v, want ErrStale", err)
	}
	c.cuts.Store(1)
	if err := through.Drop(t.Context(), "a", 3); err != nil {
		t.Errorf("drop: %v", err)
	}
	if _, err := direct.Load(t.Context(), "a"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("after the drop: %v, want ErrNone", err)
	}
}
