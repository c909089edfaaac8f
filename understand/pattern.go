package understand

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when the first text is
// read: the start of a site waits for none.
type pattern struct {
	expr string
	once sync.Once
	re   *regexp.Regexp
}

func newPattern(expr string) *pattern { return &pattern{expr: expr} }

func (p *pattern) compiled() *regexp.Regexp {
	p.once.Do(func() { p.re = regexp.MustCompile(p.expr) })
	return p.re
}

func (p *pattern) match(s string) bool { return p.compiled().MatchString(s) }

// parts returns the first match and its groups.
func (p *pattern) parts(s string) []string { return p.compiled().FindStringSubmatch(s) }

// places returns where all matches and their groups stand.
func (p *pattern) places(s string) [][]int { return p.compiled().FindAllStringSubmatchIndex(s, -1) }
