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
	// Damaged names cases that no list has, to whom runs the site.
	Damaged []string
	// First is false on a page that is not the first; Mine is true of what waits
	// for the officer.
	First, Mine bool
}

// tab is a list of the queue: what waits for the officer, all that are open,
// or one state.
type tab struct {
	List, Word string
	Here       bool
	// Count is how many, where that is told.
	Count string
	Mine  bool
}

// row is one case of the queue.
type row struct {
	complaint.Docket
	// Kind, Accused, Stands and Hands are words.
	Kind, Accused, Stands, Hands string
	Left                         left
	// Waits says what is waited for of this officer. Here: the case is open.
	Waits []string
	Here  bool
}

const pageLength = 50

// The lists that are no state: what waits for the officer, which is what an
// address without one shows, and all that are open.
const (
	listMine = ""
	listOpen = "open"
)

// tabs are the lists in the order of the work, rest those that are asked for
// less often.
var (
	tabs = []string{
		listMine, listOpen, string(complaint.Submitted), string(complaint.Accepted), string(complaint.Assigned),
		string(complaint.Investigating), string(complaint.ReplyDraft), string(complaint.Reviewing), string(complaint.Callback),
	}
	rest = []string{
		string(complaint.NeedInfo), string(complaint.Rework), string(complaint.Reexamination), string(complaint.Closed),
		string(complaint.Declined), string(complaint.Referred), string(complaint.Merged), string(complaint.Final),
	}
)

func (d *Desk) queue(v *visit) (templ.Component, error) {
	list := v.query("state")
	if !slices.Contains(tabs, list) && !slices.Contains(rest, list) {
		list = listMine
	}
	own, err := v.mine()
	if err != nil {
		return nil, err
	}
	if list != listMine {
		v.frame.Watch = watchAll
		if v.frame.Newest, err = d.Office.Newest(v.ctx, v.ID); err != nil {
			return nil, err
		}
	}
	after := parsePosition(v.query("after"))
	q := queuePage{frame: v.frame, First: after == complaint.Position{}, Mine: list == listMine}
	q.Here, q.Damaged = "/desk", v.damaged()
	if q.Rows, q.More, err = v.list(list, after, pageLength); err != nil {
		return nil, err
	}
	q.Tabs, q.Rest = tabsOf(tabs, list), tabsOf(rest, list)
	q.Tabs[0].Count = own.tally()
	q.RestOpen = slices.Contains(rest, list)
	if whole := q.First && q.More == ""; whole && (list == listMine || list == listOpen) {
		q.Sum = summary(q.Rows, list)
	}
	if done, ok := formNamed(v.query("done")); ok {
		q.Done = done.Done
	}
	return queueView(q), nil
}

// damaged names the cases that cannot be read, to an administrator; in a trial
// whoever sits there is one.
func (v *visit) damaged() []string {
	if v.desk.Damaged == nil || !v.OnTrial && !v.Seat.Officer.Is(staff.Administrator) {
		return nil
	}
	return v.desk.Damaged()
}

func tabsOf(lists []string, here string) []tab {
	out := make([]tab, len(lists))
	for i, list := range lists {
		out[i] = tab{List: list, Word: tabWord(list), Here: list == here, Mine: list == listMine}
	}
	return out
}

// summary says how much of a whole list is late and how much soon is.
func summary(rows []row, list string) string {
	if len(rows) == 0 {
		return ""
	}
	late, soon, mine := 0, 0, 0
	for _, r := range rows {
		if len(r.Waits) > 0 {
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
	if list == listMine {
		return fmt.Sprintf("等您 %d 件，超期 %d 件，快到期 %d 件", mine, late, soon)
	}
	return fmt.Sprintf("在办 %d 件，等您 %d 件，超期 %d 件，快到期 %d 件", len(rows), mine, late, soon)
}

// list returns a page of what the officer sees, and where it goes on.
func (v *visit) list(list string, after complaint.Position, n int) (rows []row, more string, err error) {
	own, err := v.mine()
	if err != nil {
		return nil, "", err
	}
	q := complaint.Query{After: after, Limit: n + 1}
	switch list {
	case listMine:
		q.Tray = &own.tray
	case listOpen:
	default:
		q.State = complaint.State(list)
	}
	found, err := v.desk.Office.Queue(v.ctx, v.ID, q)
	if err != nil {
		return nil, "", err
	}
	if len(found) > n {
		found = found[:n]
		more = queuePath(list, found[n-1].Position())
	}
	return v.rows(own, found), more, nil
}

// rows are cases in words.
func (v *visit) rows(own *mine, found []complaint.Docket) (rows []row) {
	now := v.desk.Now()
	for _, d := range found {
		rows = append(rows, row{
			Docket: d, Kind: kindWords[d.Kind], Accused: v.accused(d.Accused), Stands: stateWords[d.State],
			Hands: v.titles[d.Handler], Left: leftOf(d, now), Waits: own.waited(d),
		})
	}
	return rows
}

// newest is three numbers: one that grows when something begins to wait for the
// officer, how much waits, and one that grows when anything happens to what the
// officer sees. The script of a page asks for it now and then, which is
// nobody's presence.
func (d *Desk) newest(c *fiber.Ctx) error {
	seat, err := d.Door.Glance(c.UserContext(), d.server.Cookie(c, session))
	if errors.Is(err, staff.ErrSignedOut) {
		return fiber.ErrUnauthorized
	}
	if err != nil {
		return err
	}
	who := complaint.OfficerID(seat.Officer.ID)
	own, err := d.mineOf(c.UserContext(), who)
	if err != nil {
		return err
	}
	all, err := d.Office.Newest(c.UserContext(), who)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendString(fmt.Sprintf("%d %s %d", own.news(), own.tally(), all))
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

func tabPath(list string) string {
	if list == listMine {
		return "/desk"
	}
	return "/desk?state=" + list
}

func queuePath(list string, after complaint.Position) string {
	return "/desk?state=" + list + "&after=" + positionText(after)
}

// positionText is a position in an address.
func positionText(p complaint.Position) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %d %s", p.Rank, p.At, p.Filed, string(p.Number)))
}

// parsePosition reads one; what is none begins the list.
func parsePosition(s string) complaint.Position {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return complaint.Position{}
	}
	parts := strings.Split(string(b), " ")
	if len(parts) != 4 {
		return complaint.Position{}
	}
	rank, err := strconv.Atoi(parts[0])
	at, err2 := strconv.ParseInt(parts[1], 10, 64)
	filed, err3 := strconv.ParseInt(parts[2], 10, 64)
	n := complaint.Number(parts[3])
	if errors.Join(err, err2, err3) != nil || !n.Valid() {
		return complaint.Position{}
	}
	return complaint.Position{Rank: rank, At: at, Filed: filed, Number: n}
}
