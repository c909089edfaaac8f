package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"yangguang/complaint"
)

// shown is a page of the desk as a browser has it.
type shown struct {
	t    *testing.T
	root *html.Node
}

func (a answer) page(t *testing.T) shown {
	t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	return shown{t, root}
}

func (s shown) all(is func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for n := range s.root.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			out = append(out, n)
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what can be read.
func (s shown) text() string {
	var b strings.Builder
	for n := range s.root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// forms are the acts that the page offers on the case.
func (s shown) forms(n complaint.Number) []string {
	var out []string
	for _, f := range s.all(func(n *html.Node) bool { return n.Data == "form" }) {
		if name, ok := strings.CutPrefix(attr(f, "action"), "/desk/cases/"+string(n)+"/"); ok && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// filled is what a browser sends of the form with that action when somebody
// chooses the first choice everywhere, or what is chosen, and writes something.
func (s shown) filled(action string) url.Values {
	s.t.Helper()
	forms := s.all(func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == action })
	if len(forms) == 0 {
		s.t.Fatalf("no form %s", action)
	}
	out := url.Values{}
	for _, n := range (shown{s.t, forms[0]}).all(func(*html.Node) bool { return true }) {
		name := attr(n, "name")
		switch n.Data {
		case "input":
			out.Set(name, attr(n, "value"))
			if attr(n, "value") == "" {
				out.Set(name, "1")
			}
		case "textarea":
			out.Set(name, "写的话")
			if n.FirstChild != nil {
				out.Set(name, n.FirstChild.Data)
			}
		case "select":
			out.Set(name, chosen(shown{s.t, n}))
		case "button": // the first one is pressed
			if name != "" && out.Get(name) == "" {
				out.Set(name, attr(n, "value"))
			}
		}
	}
	return out
}

func chosen(s shown) string {
	options := s.all(func(n *html.Node) bool { return n.Data == "option" })
	for _, o := range options {
		if slices.ContainsFunc(o.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) {
			return attr(o, "value")
		}
	}
	for _, o := range options {
		if attr(o, "value") != "" {
			return attr(o, "value")
		}
	}
	return ""
}

func casePath(n complaint.Number) string { return "/desk/cases/" + string(n) }

// press opens the case, fills in the form as the page has it, with what is
// given in its place, and sends it.
func (r *room) press(who string, n complaint.Number, form string, with ...string) answer {
	r.t.Helper()
	a := r.get(who, casePath(n))
	if a.StatusCode != 200 {
		r.t.Fatalf("%s opens %s: %d", who, n, a.StatusCode)
	}
	values := a.page(r.t).filled(casePath(n) + "/" + form)
	for i := 0; i+1 < len(with); i += 2 {
		values.Set(with[i], with[i+1])
	}
	return r.do(who, "POST", casePath(n)+"/"+form, values)
}

// must presses and expects it to be done.
func (r *room) must(who string, n complaint.Number, form string, with ...string) {
	r.t.Helper()
	if a := r.press(who, n, form, with...); a.StatusCode != 303 {
		r.t.Fatalf("%s presses %s: %d\n%s", who, form, a.StatusCode, a.page(r.t).text())
	}
}

func (r *room) fold(n complaint.Number) complaint.Case {
	r.t.Helper()
	rec, err := r.book.Record(r.t.Context(), complaint.Unscoped(), n)
	if err != nil {
		r.t.Fatal(err)
	}
	c, err := complaint.Fold(rec.Events)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}
