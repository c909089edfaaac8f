package redisstore_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"yangguang/bot/redisstore"
	"yangguang/realtest"
	"yangguang/site/page"
	"yangguang/site/page/limittest"
)

func TestLimits(t *testing.T) {
	limittest.Run(t, func(t *testing.T, now func() time.Time) page.Limiter {
		s, err := redisstore.Open(redisstore.Config{
			Address: "unix://" + realtest.Redis(t).Socket(), Prefix: redisstore.Site, MAC: mac, Now: now,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s.Limits()
	})
}

var three = page.Rate{Name: "search", Burst: 3, Every: 10 * time.Second}

// granted is how many of ten turns a source gets now.
func granted(t *testing.T, l page.Limiter, r page.Rate, source string) (n int) {
	t.Helper()
	for range 10 {
		wait, err := l.Take(t.Context(), r, source)
		if err != nil {
			t.Fatal(err)
		}
		if wait == 0 {
			n++
		}
	}
	return n
}

// All instances count together, by the clock of Redis, and forget by
// themselves who has left.
func TestInstancesCountTogether(t *testing.T) {
	server := realtest.Redis(t)
	one, other := open(t, "unix://"+server.Socket()).Limits(), open(t, "unix://"+server.Socket()).Limits()
	slow := page.Rate{Name: "slow", Burst: 4, Every: time.Minute}
	if got := granted(t, one, slow, "a") + granted(t, other, slow, "a"); got != 4 {
		t.Errorf("two instances granted %d turns, want 4", got)
	}
	quick := page.Rate{Name: "quick", Burst: 1, Every: 50 * time.Millisecond}
	granted(t, one, quick, "a")
	for began := time.Now(); granted(t, other, quick, "a") == 0; time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > 5*time.Second {
			t.Fatal("a turn never came back")
		}
	}
	client := raw(t, server)
	granted(t, one, page.Rate{Name: "read", Burst: 2, Every: time.Minute, Local: true}, "a")
	if n := client.Exists(t.Context(), redisstore.Site+"turns:read").Val(); n > 0 {
		t.Error("Redis was asked for what each process counts by itself")
	}
	if left := client.PTTL(t.Context(), redisstore.Site+"turns:slow").Val(); left <= 0 || left > 5*time.Minute {
		t.Errorf("the count lives %v", left)
	}
}

// While Redis is gone each instance counts alone, at half the rate: nobody is
// let through without end, and nobody waits for Redis twice.
func TestLimitsWithoutRedis(t *testing.T) {
	server := realtest.Redis(t)
	var log strings.Builder
	store, err := redisstore.Open(redisstore.Config{
		Address: "unix://" + server.Socket(), Prefix: redisstore.Site, MAC: mac, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	l := store.Limits()
	ten := page.Rate{Name: "ten", Burst: 10, Every: time.Hour}
	guesses := page.Rate{Name: "guesses", Burst: 5, Every: 15 * time.Minute}
	single := page.Rate{Name: "single", Burst: 1, Every: time.Hour}
	server.Pause()
	began := time.Now()
	for _, c := range []struct {
		rate page.Rate
		want int
	}{{ten, 5}, {guesses, 2}, {single, 1}} {
		if got := granted(t, l, c.rate, "a"); got != c.want {
			t.Errorf("%s: %d granted without Redis, want %d", c.rate.Name, got, c.want)
		}
	}
	if err := l.Return(t.Context(), guesses, "a"); err != nil {
		t.Errorf("a turn given back: %v", err)
	}
	if got := granted(t, l, guesses, "a"); got != 1 {
		t.Errorf("after one was given back %d were granted", got)
	}
	local := page.Rate{Name: "lookup", Burst: 7, Every: time.Hour, Local: true}
	if got := granted(t, l, local, "a"); got != 7 {
		t.Errorf("%d of what is only read granted without Redis, want 7", got)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("who asked 40 times waited %v for a Redis that does not answer", took)
	}
	server.Resume()
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if got := granted(t, l, page.Rate{Name: began.String(), Burst: 10, Every: time.Hour}, "a"); got == 10 {
			break
		}
		if time.Since(began) > 5*time.Second {
			t.Fatal("it still counts alone")
		}
	}
	if n := strings.Count(log.String(), "counted by this process alone"); n != 1 || !strings.Contains(log.String(), "together again") {
		t.Errorf("the log says it %d times:\n%s", n, log.String())
	}
}
