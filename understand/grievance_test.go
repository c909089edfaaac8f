package understand_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
)

// told is a line of grievances.tsv.
type told struct{ kind, county, yuan, when, danger, text string }

func readTold(t testing.TB, name string) []told {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out []told
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 6 {
			continue
		}
		out = append(out, told{f[0], f[1], f[2], f[3], f[4], f[5]})
	}
	return out
}

type tally struct{ right, of int }

func (c *tally) count(ok bool) {
	c.of++
	if ok {
		c.right++
	}
}

func (c *tally) share() float64 {
	if c.of == 0 {
		return 1
	}
	return float64(c.right) / float64(c.of)
}

// floors are what must be understood of the messages of a file: the shares
// whose kind is right, alone or with the second, and how many sums may be heard
// where none was asked for or paid.
type floors struct {
	kind, second float64
	invented     int
}

// What is understood of a free message, held to what it was when it was last
// made better, so that a change that makes it worse is seen.
func TestGrievances(t *testing.T) {
	for name, least := range map[string]floors{
		"grievances.tsv":      {0.88, 0.96, 0},
		"testdata/blind.tsv":  {0.90, 0.96, 1},
		"testdata/harm.tsv":   {0.96, 1, 0},
		"testdata/fresh.tsv":  {0.93, 0.98, 1},
		"testdata/fresh2.tsv": {0.88, 0.96, 0},
		"testdata/typed.tsv":  {0.87, 0.94, 0},
		"testdata/typed2.tsv": {0.91, 0.97, 1},
		"testdata/sums.tsv":   {0.83, 0.93, 0},
	} {
		t.Run(name, func(t *testing.T) { grievances(t, name, least) })
	}
}

func grievances(t *testing.T, name string, least floors) {
	r := bundled(t)
	var first, second, sure, sureRight, county, yuan, when, danger, noCase tally
	invented := 0
	for _, c := range readTold(t, name) {
		g := r.GrievanceUntaught(c.text, calendar.NewDate(2026, time.June, 20))
		want := strings.Split(c.kind, "/")
		is := func(n int) bool {
			for _, w := range want {
				if n < len(g.Kinds) && string(g.Kinds[n].Kind) == w {
					return true
				}
			}
			return false
		}
		first.count(is(0))
		second.count(is(0) || is(1))
		sure.count(g.Sure)
		if g.Sure {
			sureRight.count(is(0))
		}
		if c.kind == "question" || c.kind == "other" {
			noCase.count(len(g.Kinds) > 0 && (g.Kinds[0].Kind == "question" || g.Kinds[0].Kind == "other") || !g.Sure)
		}
		gotCounty := "-"
		for _, u := range g.Units {
			if u.Kind == content.County || u.Kind == content.District {
				gotCounty = u.Code
				break
			}
		}
		county.count(gotCounty == c.county)
		gotYuan := "-"
		if len(g.Sums) > 0 {
			gotYuan = strconv.FormatFloat(g.Sums[0].Yuan, 'f', -1, 64)
		}
		if c.yuan != "-" {
			yuan.count(gotYuan == c.yuan)
		} else if gotYuan != "-" {
			invented++
		}
		gotWhen := "-"
		if m := g.Moment; m != nil {
			gotWhen = m.From.String()
			if m.From != m.To {
				gotWhen += ".." + m.To.String()
			}
		}
		if c.when != "-" {
			when.count(gotWhen == c.when)
		}
		if c.danger != "-" {
			found := len(g.Crisis) > 0 && slices.Contains(strings.Split(c.danger, "/"), string(g.Crisis[0].Kind))
			danger.count(found)
			if testing.Verbose() && !found {
				t.Logf("%s\n  want %s\n  got  %+v", c.text, c.danger, g.Crisis)
			}
		}
		if testing.Verbose() && (!is(0) || gotCounty != c.county || gotYuan != c.yuan || gotWhen != c.when) {
			kinds := ""
			for _, k := range g.Kinds {
				kinds += fmt.Sprintf(" %s %.1f", k.Kind, k.Score)
			}
			t.Logf("%s\n  want %s %s %s %s\n  got %s | %s %s %s sure=%v", c.text, c.kind, c.county, c.yuan, c.when, kinds, gotCounty, gotYuan, gotWhen, g.Sure)
		}
	}
	t.Logf("kind %.3f, with second %.3f, sure %.2f of which right %.3f, no case %.3f; county %.3f, yuan %.3f, invented %d, when %.3f, danger %.3f",
		first.share(), second.share(), sure.share(), sureRight.share(), noCase.share(), county.share(), yuan.share(), invented, when.share(), danger.share())
	for what, at := range map[string]struct {
		got   tally
		floor float64
	}{"kind": {first, least.kind}, "kind with the second": {second, least.second}, "county": {county, 0.95}, "yuan": {yuan, 0.94}, "when": {when, 0.85}, "danger": {danger, 1}} {
		if at.got.share() < at.floor {
			t.Errorf("%s: %d of %d right, want %.2f", what, at.got.right, at.got.of, at.floor)
		}
	}
	if invented > least.invented {
		t.Errorf("%d sums heard where none was asked for, want %d", invented, least.invented)
	}
}

func BenchmarkGrievance(b *testing.B) {
	r := bundled(b)
	day := calendar.NewDate(2026, time.June, 20)
	r.Grievance("武陟", day)
	b.ReportAllocs()
	for b.Loop() {
		r.Grievance("俺是武陟的，俺妮儿班主任昨天把报名密码要走了，非让报中专，不报就说不发毕业证", day)
	}
}
