package redisstore_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/bot/redisstore"
	"yangguang/complaint"
	"yangguang/realtest"
)

// Every draft's key is wrapped anew, also where its conversation goes on
// meanwhile; nothing else changes, and it still ends when it would have.
func TestRewrap(t *testing.T) {
	server := realtest.Redis(t)
	s := open(t, "unix://"+server.Socket()).Sessions()
	for n := range 5 {
		commit(t, s, fmt.Sprint("conv", n), step(1))
	}
	client := raw(t, server)
	client.Del(t.Context(), redisstore.Site+"words:conv4") // they vanish by themselves
	before := client.PTTL(t.Context(), redisstore.Site+"words:conv0").Val()
	wrap := func(k complaint.Key) complaint.Key {
		return complaint.Key{Of: k.Of, Wrapped: append([]byte("anew"), k.Wrapped...)}
	}
	asked := 0
	n, err := s.Rewrap(t.Context(), func(k complaint.Key) (complaint.Key, bool, error) {
		if asked++; asked == 1 { // a citizen writes on
			commit(t, s, "conv0", step(2))
		}
		return wrap(k), string(k.Wrapped[:min(4, len(k.Wrapped))]) != "anew", nil
	})
	if n != 4 || err != nil {
		t.Fatalf("%d, %v; want 4", n, err)
	}
	for i, want := range []bot.Session{step(2), step(1), step(1), step(1)} {
		got, err := s.Load(t.Context(), fmt.Sprint("conv", i))
		if err != nil || got.Revision != want.Revision || string(got.Key.Wrapped) != string(wrap(want.Key).Wrapped) ||
			string(got.Sealed) != string(want.Sealed) || fmt.Sprint(got.Seen) != fmt.Sprint(want.Seen) {
			t.Errorf("conversation %d: %+v, %v", i, got, err)
		}
	}
	if after := client.PTTL(t.Context(), redisstore.Site+"words:conv0").Val(); after > before+time.Second || after < before-time.Minute {
		t.Errorf("the words live %v, want %v", after, before)
	}
	cut := errors.New("stopped")
	if _, err := s.Rewrap(t.Context(), func(k complaint.Key) (complaint.Key, bool, error) { return k, true, cut }); !errors.Is(err, cut) {
		t.Errorf("broken off: %v", err)
	}
}
