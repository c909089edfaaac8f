package desk

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yangguang/complaint"
)

// queuePage is a page of the queue.
type queuePage struct {
	frame
	Tabs []tab
	Rows []row
	// More is where the list goes on, "" at its end.
	More string
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
	Kind, Accused, Stands, Hands string
	Left                         left
	Here                         bool
}

const pageLength = 50

// tabs are the lists in the order of the work; the states that are left rest.
var tabs = []complaint.State{
	"", complaint.Submitted, complaint.NeedInfo, complaint.Accepted, complaint.Assigned, complaint.Investigating,
	complaint.ReplyDraft, complaint.Reviewing, complaint.Callback, complaint.Rework, complaint.Reexamination,
	complaint.Declined, complaint.Referred, complaint.Merged, complaint.Closed, complaint.Final,
}

func (d *Desk) queue(v *visit) (templ.Component, error) {
	state := complaint.State(v.query("state"))
	if !slices.Contains(tabs, state) {
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
	for _, s := range tabs {
		q.Tabs = append(q.Tabs, tab{s, tabWord(s), s == state})
	}
	return queueView(q), nil
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
	now := v.desk.Now()
	for _, d := range found {
		rows = append(rows, row{
			Docket: d, Kind: kindWord(d.Kind), Accused: v.accused(d.Accused), Stands: stateWord(d.State),
			Hands: v.titles[d.Handler], Left: leftOf(d, now),
		})
	}
	return rows, more, nil
}

// newest is the number that grows when something happens to what the officer
// sees, for the script that looks whether there is something new.
func (d *Desk) newest(v *visit) (templ.Component, error) {
	n, err := d.Office.Newest(v.ctx, v.ID)
	return templ.Raw(strconv.FormatInt(n, 10)), err
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
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %s", p.Rank, p.At, p.Number))
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

// left is the time until a case is late, in words.
type left struct {
	Words string
	Card  complaint.Card
	// Due is the moment, and What the term that ends then.
	Due  time.Time
	What string
}
