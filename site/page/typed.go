package page

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
)

// Typed is a field of a form that was sent and not answered, to be sent again.
type Typed struct {
	Name, Value string
	// Own: somebody wrote it; the rest the page had filled in.
	Own bool
}

// HandBack makes the pages of problems at these paths, and below them, hold
// what was typed: the form can be sent again as it was. It is for forms in
// which people tell something, not for those that carry a password.
func (s *Server) HandBack(paths ...string) { s.handsBack = append(s.handsBack, paths...) }

// filesFields is under what a request keeps the fields of a form with files.
type filesFields struct{}

// handBack puts what was typed into the problem.
func (s *Server) handBack(c *fiber.Ctx, p *Problem) {
	path := strings.TrimSuffix(c.Path(), "/files")
	if p.told = slices.Contains(s.handsBack, path); !p.told || c.Method() != fiber.MethodPost {
		return
	}
	fields, _ := c.Locals(filesFields{}).(url.Values)
	if fields == nil {
		fields = url.Values{}
		c.Request().PostArgs().VisitAll(func(name, value []byte) { fields.Add(string(name), string(value)) })
	}
	var names []string
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	p.Action = path
	for _, name := range names {
		for _, value := range fields[name] {
			if utf8.ValidString(value) && name != FileField {
				p.Typed = append(p.Typed, Typed{name, value, slices.Contains(own, name)})
			}
		}
	}
}

// own are the fields into which people write at length.
var own = []string{"text", "words", "f.words", "f.wish", "q"}

// Press is the button with which the form was sent.
func (p Problem) Press() string {
	for _, t := range p.Typed {
		if t.Name == "press" {
			return t.Value
		}
	}
	return ""
}

// plainForm is the form in the page that needs nothing else.
func (p Problem) plainForm() string {
	if len(p.Typed) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<form method="post" action="` + html.EscapeString(p.Action) + `"><p>您刚才写的还在，过一会儿点“再试一次”。选好的文件要再选一次。</p>`)
	for _, t := range p.Typed {
		name, value := html.EscapeString(t.Name), html.EscapeString(t.Value)
		switch {
		case t.Name == "press":
		case t.Own:
			b.WriteString(`<p><textarea name="` + name + `" aria-label="您写的" rows="8" cols="30">` + "\n" + value + `</textarea></p>`)
		default:
			b.WriteString(`<input type="hidden" name="` + name + `" value="` + value + `">`)
		}
	}
	b.WriteString(`<p><button type="submit" name="press" value="` + html.EscapeString(p.Press()) + `">再试一次</button></p></form>`)
	return b.String()
}
