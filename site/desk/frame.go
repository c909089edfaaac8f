package desk

import (
	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
	"yangguang/staff"
)

// frame is what stands around a page of the desk.
type frame struct {
	page.Identity
	// Officer is who looks; nobody on the way in.
	Officer staff.Officer
	// Title is neutral: it stands in the browser's list of visited pages.
	Title string
	// Here is the word of the menu that is open.
	Here           string
	Styles, Script string
	// Waiting is how many cases wait for the officer; "" for none.
	Waiting string
	// Watch is what a page looks out for, "" for nothing: what waits for the
	// officer, or all that the officer sees. Newest is its number when the page
	// was made.
	Watch  watch
	Newest int64
}

// watch is which of the numbers of /desk/newest a page looks at.
type watch string

const (
	watchMine watch = "0"
	watchAll  watch = "2"
)

// heading is the title of the browser's tab: what waits stands in it too.
func (f frame) heading() string {
	heading := f.Title + " · " + f.Name + "办件台"
	if f.Waiting != "" {
		heading = "(" + f.Waiting + ") " + heading
	}
	return heading
}

// takesCalls reports whether the officer enters what is said by telephone.
func (f frame) takesCalls() bool { return f.Officer.Is(staff.Intake) || f.Officer.Is(staff.Discipline) }

func (d *Desk) frame(s *content.Snapshot, title string) frame {
	return frame{
		Identity: d.Identity(s), Title: title,
		Styles: d.server.Assets.Path("desk.css"), Script: d.server.Assets.Path("desk.js"),
	}
}

// problem says at the desk what went wrong. It says the same to everybody.
func (d *Desk) problem(r page.Reading, p page.Problem) templ.Component {
	return problemView(d.frame(r.Snapshot, "提示"), p)
}
