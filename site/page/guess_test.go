package page_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

// guessing is a house with a door that the word “sesame” opens.
func guessing(t *testing.T, change func(*page.Config)) *house {
	h := newHouse(t, change)
	h.App.Get("/door", func(c *fiber.Ctx) error {
		right, err := h.Guess(c, func() (bool, error) {
			if c.Query("code") == "broken" {
				return false, errBroken
			}
			return c.Query("code") == "sesame", nil
		})
		if err != nil {
			return err
		}
		return c.SendString(fmt.Sprint(right))
	})
	return h
}

func TestWrongCodesAreSlowedDown(t *testing.T) {
	h := guessing(t, nil)
	try := func(code string) string {
		a := h.get("/door?code=" + code)
		if a.StatusCode != 200 {
			return fmt.Sprint(a.StatusCode)
		}
		return a.text(t)
	}
	for range 20 {
		if got := try("sesame"); got != "true" {
			t.Fatalf("the right code: %s", got)
		}
		if got := try("broken"); got != "500" {
			t.Fatalf("while nothing can be looked up: %s", got)
		}
	}
	for i := range 5 {
		if got := try("wrong"); got != "false" {
			t.Fatalf("wrong code %d: %s", i+1, got)
		}
	}
	for _, code := range []string{"wrong", "sesame"} { // or the answer would tell the right one
		if got := try(code); got != "429" {
			t.Errorf("%s after five wrong codes: %s", code, got)
		}
	}
	if a := h.get("/door?code=x"); a.Header.Get("Retry-After") != "900" || !strings.Contains(a.text(t), "请过 15 分钟再试") {
		t.Errorf("Retry-After %s: %s", a.Header.Get("Retry-After"), a.text(t))
	}
	h.clock.move(15*time.Minute - time.Second)
	if got := try("sesame"); got != "429" {
		t.Errorf("within 15 minutes: %s", got)
	}
	h.clock.move(time.Second)
	if got := try("sesame"); got != "true" {
		t.Errorf("after 15 minutes: %s", got)
	}
}

func TestManyWrongCodesAtOnceAreCountedAsMany(t *testing.T) {
	h := guessing(t, nil)
	var wait sync.WaitGroup
	var mu sync.Mutex
	told := map[int]int{}
	for range 40 {
		wait.Go(func() {
			resp, err := h.App.Test(request("GET", "/door?code=wrong"), -1)
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Close()
			mu.Lock()
			defer mu.Unlock()
			told[resp.StatusCode]++
		})
	}
	wait.Wait()
	if told[200] != 5 || told[429] != 35 {
		t.Errorf("answers %v, want 5 of 40 looked at", told)
	}
}

// counted is a limiter that sees every source as another one.
type counted struct {
	*page.Meter
	n int
}

func (c *counted) Take(ctx context.Context, r page.Rate, source string) (time.Duration, error) {
	if c.n++; source != "all" {
		source = fmt.Sprint(c.n)
	}
	return c.Meter.Take(ctx, r, source)
}

func TestWrongCodesFromManySourcesAreSlowedDown(t *testing.T) {
	h := guessing(t, func(c *page.Config) { c.Limiter = &counted{Meter: page.NewMeter(c.Now)} })
	looked := 0
	for range 400 {
		if h.get("/door?code=wrong").StatusCode == 200 {
			looked++
		}
	}
	if looked != 300 {
		t.Errorf("%d wrong codes of all sources were looked at, want 300", looked)
	}
}

func TestNoCodeIsTriedThatCannotBeCounted(t *testing.T) {
	h := guessing(t, func(c *page.Config) { c.Limiter = lostLimiter{} })
	if got := h.get("/door?code=sesame").StatusCode; got != 503 {
		t.Errorf("status %d", got)
	}
}
