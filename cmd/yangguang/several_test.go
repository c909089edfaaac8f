package main

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/realtest"
)

// Two programs that start at once on the same empty PostgreSQL, Redis and, where
// it is installed, Meilisearch are one site: a conversation goes on at either,
// step by step, also when one is killed; pressed at both at once it is filed
// once; what is published stands at both.
func TestTwoProgramsAreOneSite(t *testing.T) {
	database, redis := realtest.Postgres(t), realtest.Redis(t, "--appendfsync", "always")
	settings := []string{
		"--database-url", database, "--redis-url", "unix://" + redis.Socket(), "--key-file", filepath.Join(t.TempDir(), "installation.key"),
	}
	if realtest.HasMeilisearch() {
		m := realtest.StartMeilisearch(t)
		settings = append(settings, "--meili-url", m.URL, "--meili-key", m.Key)
	}
	both := []*process{beginProcess(t, settings...), beginProcess(t, settings...)}
	for _, p := range both {
		p.opened()
	}
	checkWhole(t, both[0].program, 1, 0)
	checkWhole(t, both[1].program, 1, 0)

	filed := map[string]bool{}
	for n := range 4 {
		own := *both[0].program // whose address changes
		c := own.citizen(t)
		turn := n
		c.elsewhere = func() {
			turn++
			c.base = both[turn%2].base
		}
		c.open("/complain")
		c.press("start", map[string]string{"text": pupil})
		c.fill(given(nil), "summary")
		if n == 3 {
			both[0].again()
		}
		action, form := c.form()
		form.Set("press", "submit")
		shown := pressedAtBoth(t, c, both, action, form)
		number, receipt := shown[0][0], shown[0][1]
		if shown[1] != shown[0] {
			t.Errorf("at the first %v, at the second %v", shown[0], shown[1])
		}
		if filed[number] {
			t.Errorf("%s stands for two complaints", number)
		}
		filed[number] = true
		for _, p := range both {
			if says := p.citizen(t).follows(receipt); strings.Count(says, pupil) != 1 || !strings.Contains(says, number) {
				t.Errorf("at %s the receipt opens %s", p.base, says)
			}
		}
	}

	if code, _, said := once(append([]string{"publish", "--content", withMore(t, 7)}, settings...)...); code != 0 {
		t.Fatalf("publish: %d, %s", code, said)
	}
	for _, p := range both {
		eventually(t, 10*time.Second, "the new number is on the page", func() bool {
			return strings.Contains(p.get(t, "/targets/2022").body, ">3307</data>")
		})
		eventually(t, 30*time.Second, "the search has it", func() bool {
			return strings.Contains(p.get(t, "/api/v1/search?q=wuzhi").body, "3307 人")
		})
		checkWhole(t, p.program, 2, 7)
	}
}

// pressedAtBoth sends one press to both programs at once and returns number and
// receipt that each shows.
func pressedAtBoth(t *testing.T, c *citizen, both []*process, action string, form url.Values) (shown [2][2]string) {
	t.Helper()
	var all sync.WaitGroup
	for i, p := range both {
		all.Go(func() {
			at := &citizen{visitor: &visitor{p.program, &http.Client{Jar: c.client.Jar}}, t: t}
			at.post(action, form)
			if code := receiptShown.FindStringSubmatch(at.page.body); code != nil {
				shown[i] = [2]string{numberShown.FindString(at.page.body), code[1]}
			} else {
				t.Errorf("at %s: status %d, %s", p.base, at.page.status, seen(at.page.body))
			}
		})
	}
	all.Wait()
	return shown
}
