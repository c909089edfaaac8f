package redisstore_test

import (
	"testing"

	"yangguang/bot"
	"yangguang/bot/bottest"
	"yangguang/bot/redisstore"
	"yangguang/realtest"
)

func mac(b []byte) []byte { return append([]byte("MAC of "), b...) }

// open returns a store on the server.
func open(t testing.TB, address string) *redisstore.Store {
	t.Helper()
	s, err := redisstore.Open(redisstore.Config{Address: address, Prefix: redisstore.Site, MAC: mac})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestSessions(t *testing.T) {
	bottest.Run(t, func(t *testing.T) bot.Sessions {
		return open(t, "unix://"+realtest.Redis(t).Socket()).Sessions()
	})
}
