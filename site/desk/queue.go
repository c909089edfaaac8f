package desk

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/complaint"
	"yangguang/staff"
)

// queuePage is a page of the queue.
type queuePage struct {
	frame
	Tabs, Rest []tab
	Rows       []row
	// More is where the list goes on, "" at its end.
	More string
	// Sum is how much there is to do; Done what was just done.
	Sum, Done string
	RestOpen  bool
	// First is false on a page that is not the first.
	First bool
}

// tab is a list of the queue: all that are open, or one state.
type tab struct {
	State complaint.State
	Word  string
	Here  bool
}

// row is one case of the queue.
type row struct {
	complaint.Docket
	// Kind, Accused, Stands and Hands are words.
	Kind, Accused, Stands, Hands string
	Left                         left
	// Waits: the next step is this officer's. Here: the case is open.
	Waits, Here bool
}

const pageLength = 50

// tabs are the lists in the order of the work, rest those that are asked for
// less often.
var (
	tabs = []complaint.State{
		"", complaint.Submitted, complaint.Accepted, complaint.Assigned, complaint.Investigating, complaint.ReplyDraft, complaint.Reviewing, complaint.Callback,
	}
	rest = []complaint.State{
		complaint.NeedInfo, complaint.Rework, complaint.Reexamination, complaint.Closed, complaint.Declined, complaint.Referred, complaint.Merged, complaint.Final,
	}
)

func (d *Desk) queue(v *visit) (templ.Component, error) {
	state := complaint.State(v.query("state"))
	if !slices.Contains(tabs, state) && !slices.Contains(rest, state) {
		state = ""
	}
	after := parsePosition(v.query("after"))
	q := queuePage{frame: v.frame, First: after == complaint.Position{}}
	q.Here = "/desk"
	var err error
	if q.Newest, err = d.Office.Newest(v.ctx, v.ID); err != nil {
		return nil, err
	}
	if q.Rows, q.More, err = v.list(state, after, pageLength); err != nil {
		return nil, err
	}
	q.Tabs, q.Rest = tabsOf(tabs, state), tabsOf(rest, state)
	q.RestOpen = slices.Contains(rest, state)
	q.Sum = summary(q.Rows, q.First && q.More == "" && state == "")
	if done, ok := formNamed(v.query("done")); ok {
		q.Done = done.Done
	}
	return queueView(q), nil
}

func tabsOf(states []complaint.State, here complaint.State) []tab {
	out := make([]tab, len(states))
	for i, s := range states {
		out[i] = tab{s, tabWord(s), s == here}
	}
	return out
}

// summary says how much is late and how much soon is, where the list is whole.
func summary(rows []row, whole bool) string {
	if !whole || len(rows) == 0 {
		return ""
	}
	late, soon, mine := 0, 0, 0
	for _, r := range rows {
		if r.Waits {
			mine++
		}
		switch r.Left.Card {
		case complaint.RedCard:
			late++
		case complaint.YellowCard:
			soon++
		case complaint.NoCard:
		}
	}
	return fmt.Sprintf("在办 %d 件，等您 %d 件，超期 %d 件，快到期 %d 件", len(rows), mine, late, soon)
}

// list returns a page of what the officer sees, and where it goes on.
func (v *visit) list(state complaint.State, after complaint.Position, n int) (rows []row, more string, err error) {
	found, err := v.desk.Office.Queue(v.ctx, v.ID, complaint.Query{State: state, After: after, Limit: n + 1})
	if err != nil {
		return nil, "", err
	}
	if len(found) > n {
		found = found[:n]
		more = queuePath(state, found[n-1].Position())
	}
	roster, err := v.desk.Office.Roster(v.ctx)
	if err != nil {
		return nil, "", err
	}
	now := v.desk.Now()
	for _, d := range found {
		rows = append(rows, row{
			Docket: d, Kind: kindWords[d.Kind], Accused: v.accused(d.Accused), Stands: stateWords[d.State],
			Hands: v.titles[d.Handler], Left: leftOf(d, now), Waits: waits(roster, v.ID, d),
		})
	}
	return rows, more, nil
}

// newest is the number that grows when something happens to what the officer
// sees. The script of a page asks for it now and then, which is nobody's
// presence.
func (d *Desk) newest(c *fiber.Ctx) error {
	seat, err := d.Door.Glance(c.UserContext(), d.server.Cookie(c, session))
	if errors.Is(err, staff.ErrSignedOut) {
		return fiber.ErrUnauthorized
	}
	if err != nil {
		return err
	}
	n, err := d.Office.Newest(c.UserContext(), complaint.OfficerID(seat.Officer.ID))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendString(strconv.FormatInt(n, 10))
}

// find leads to a case by its number. What is no number is told apart from a
// case that is not there; one that is hidden is not.
func (d *Desk) find(v *visit) (templ.Component, error) {
	n, err := complaint.ParseNumber(v.query("number"))
	if err != nil {
		return nil, complaint.ErrBadCode
	}
	return nil, goes{casePath(n)}
}

func casePath(n complaint.Number) string { return "/desk/cases/" + string(n) }

func queuePath(state complaint.State, after complaint.Position) string {
	return "/desk?state=" + string(state) + "&after=" + positionText(after)
}

// positionText is a position in an address.
func positionText(p complaint.Position) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %s", p.Rank, p.At, string(p.Number)))
}

// parsePosition reads one; what is none begins the list.
func parsePosition(s string) complaint.Position {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return complaint.Position{}
	}
	parts := strings.Split(string(b), " ")
	if len(parts) != 3 {
		return complaint.Position{}
	}
	rank, err := strconv.Atoi(parts[0])
	at, err2 := strconv.ParseInt(parts[1], 10, 64)
	n := complaint.Number(parts[2])
	if err != nil || err2 != nil || !n.Valid() {
		return complaint.Position{}
	}
	return complaint.Position{Rank: rank, At: at, Number: n}
}
