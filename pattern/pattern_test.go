package pattern_test

import (
	"regexp"
	"sync"
	"testing"

	"yangguang/pattern"
)

// A pattern finds what its expression finds, whoever of several asks first.
func TestPattern(t *testing.T) {
	const expr, text = `([a-z]+)(\d*)`, "ab12 c 3"
	p, re := pattern.New(expr), regexp.MustCompile(expr)
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			if got, want := p.ReplaceAllString(text, "$2$1"), re.ReplaceAllString(text, "$2$1"); got != want {
				t.Errorf("replaced %q, want %q", got, want)
			}
		})
	}
	work.Wait()
	if p.MatchString("12") || !p.MatchString(text) {
		t.Error("it matches what its expression does not")
	}
}

func TestAWrongPatternPanicsAtItsFirstUse(t *testing.T) {
	p := pattern.New("(")
	defer func() {
		if recover() == nil {
			t.Error("it did not panic")
		}
	}()
	p.MatchString("")
}
