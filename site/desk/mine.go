package desk

import (
	"context"
	"strconv"
	"time"

	"yangguang/complaint"
)

// mine is what waits for the officer who looks: the head of the own tray. It is
// a page and never a count, so it costs the same among a million cases.
type mine struct {
	tray complaint.Tray
	head []complaint.Docket
	// since is when the newest of them began to wait.
	since time.Time
}

// most is up to how many are told by number.
const most = 99

// mineOf reads the tray of an officer.
func (d *Desk) mineOf(ctx context.Context, id complaint.OfficerID) (*mine, error) {
	tray, err := d.Office.Tray(ctx, id)
	if err != nil {
		return nil, err
	}
	m := &mine{tray: tray}
	if m.head, err = d.Office.Queue(ctx, id, complaint.Query{Tray: &tray, Limit: most + 1}); err != nil {
		return nil, err
	}
	for _, one := range m.head {
		if since := tray.Since(one); since.After(m.since) {
			m.since = since
		}
	}
	return m, nil
}

// tally is how many wait: 3, 99+, or nothing.
func (m *mine) tally() string {
	switch n := len(m.head); {
	case n > most:
		return strconv.Itoa(most) + "+"
	case n > 0:
		return strconv.Itoa(n)
	}
	return ""
}

// news is the number that grows when something begins to wait.
func (m *mine) news() int64 {
	if m.since.IsZero() {
		return 0
	}
	return m.since.UnixMilli()
}

// mine reads the officer's tray, once for a request, and puts its number into
// the frame of the page.
func (v *visit) mine() (*mine, error) {
	if v.own == nil {
		own, err := v.desk.mineOf(v.ctx, v.ID)
		if err != nil {
			return nil, err
		}
		v.own = own
		v.frame.Waiting, v.frame.Newest, v.frame.Watch = own.tally(), own.news(), watchMine
	}
	return v.own, nil
}

// awaitWords say what is waited for of the officer who reads them.
var awaitWords = map[complaint.Move]string{
	complaint.Accept: "等您受理", complaint.Decline: "等您定：不受理", complaint.Assign: "等您交办", complaint.SignFor: "等您签收",
	complaint.DraftReply: "等您答复", complaint.PresentReply: "等您提交审核", complaint.TakeOver: "等您接手", complaint.Proceed: "没等到补充，等您接着办",
	complaint.Sign: "等您审核", complaint.Redo: "来信人不满意，等您定", complaint.Decide: "等您复查", complaint.GrantIdentity: "等您定：看身份",
	complaint.Erase: "等您定：销毁", complaint.Look: "来信人又说了",
}

// waited are the words for what a case waits for.
func (m *mine) waited(d complaint.Docket) []string {
	var out []string
	for _, move := range m.tray.Waits(d) {
		out = append(out, awaitWords[move])
	}
	return out
}
