package desk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yangguang/complaint"
	"yangguang/content"
)

// described ties a field to what is said about it.
func described(id string, g field, lacks string) templ.Attributes {
	out := templ.Attributes{}
	by := ""
	if g.Help != "" {
		by = id + "-help"
	}
	if lacks != "" {
		out["aria-invalid"] = "true"
		by = id + "-wrong " + by
	}
	if by != "" {
		out["aria-describedby"] = by
	}
	return out
}

// needsChoice reports whether nothing is to be chosen for the officer: where
// there is only one way, it stands there already.
func needsChoice(_ field, all []option) bool {
	return len(all) > 1 && !slices.ContainsFunc(all, func(o option) bool { return o.Value == "" })
}

// rowsFor is how high a text stands: an answer is long.
func rowsFor(form string) string {
	if form == "reply" || form == "draft" || form == "decide" {
		return "12"
	}
	return "4"
}

func (c *casePage) main() *filled {
	for i, f := range c.Forms {
		if f.Main {
			return &c.Forms[i]
		}
	}
	return nil
}

// proposed reports whether where a case lies is still a proposal.
func proposed(s complaint.State) bool { return s == complaint.Submitted || s == complaint.Accepted }

// about is what a correction is about, in words, and its page.
func (c *casePage) about() (word, path string) {
	id, _, _ := strings.Cut(c.Case.About, "#")
	if r, ok := c.Record(content.ID(id)); ok {
		word = c.Snapshot.Name(r)
		if y := r.Head().Year; y > 0 {
			word = strconv.Itoa(y) + " 年 · " + word
		}
		return word, content.Path(r)
	}
	return c.Case.About, "/" + strings.TrimPrefix(c.Case.About, "/")
}

func (c *casePage) rare() bool {
	return slices.ContainsFunc(c.Forms, func(f filled) bool { return !f.Main && f.aside })
}

func (c *casePage) rareOpen() bool {
	return slices.ContainsFunc(c.Forms, func(f filled) bool { return !f.Main && f.aside && f.Open })
}

// within reports whether a field stands with those for others who are accused.
func within(name string) bool {
	return slices.Contains([]string{"place2", "accused3", "place3"}, name)
}
