package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yangguang/bot"
	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/content/demo"
	"yangguang/store"
)

// demoMark is where the store notes that the demonstration's cases are there.
const demoMark = "demo cases"

// cast puts the demonstration's cases into the office: every one is filed and
// handled through it, with its clock set back, so that what stands at the desk
// is what the desk itself would have made.
type cast struct {
	// Office has a clock that is set back.
	*complaint.Office
	mint func(string) complaint.Key
	db   *store.DB
	now  time.Time
	at   time.Time
	// numbers are those of the cases, by their names.
	numbers map[string]complaint.Number
}

// demoCases fills the office of a new data folder. Cut off in the middle, it
// goes on at the next start with the cases that are not there yet.
func (h *house) demoCases(ctx context.Context, office *complaint.Office, mint func(string) complaint.Key) error {
	done, err := h.db.Mark(ctx, demoMark)
	if err != nil || done != "" {
		return err
	}
	cases, err := demo.Cases(h.demoYear())
	if err != nil {
		return err
	}
	back := *office
	c := &cast{Office: &back, mint: mint, db: h.db, now: h.now(), numbers: map[string]complaint.Number{}}
	c.Now = func() time.Time { return c.at }
	for _, one := range cases {
		if err := c.play(ctx, one); err != nil {
			return fmt.Errorf("demonstration, case %s: %w", one.Row["case"], err)
		}
	}
	c.at = c.now
	if _, err := c.Tick(ctx); err != nil {
		return err
	}
	return h.db.SetMark(ctx, demoMark, "1")
}

// play files a case and makes its steps.
func (c *cast) play(ctx context.Context, one *demo.Case) error {
	d, err := c.draft(one.Row)
	if err != nil {
		return err
	}
	there, err := c.Filed(ctx, d.ID)
	if err != nil {
		return err
	}
	filed, err := c.file(ctx, d)
	if err != nil {
		return err
	}
	c.numbers[one.Row["case"]] = filed.Number
	if there {
		return nil
	}
	for steps := one.Steps; len(steps) > 0; {
		n := 1
		for n < len(steps) && steps[n]["who"] == steps[0]["who"] && steps[n]["days"] == steps[0]["days"] {
			n++
		}
		if err := c.act(ctx, d, steps[:n]); err != nil {
			return fmt.Errorf("%s: %w", steps[0]["move"], err)
		}
		steps = steps[n:]
	}
	return nil
}

func (c *cast) file(ctx context.Context, d complaint.Draft) (complaint.Filed, error) {
	if d.Channel == complaint.Telephone {
		return c.Telephone(ctx, trialFirst, d)
	}
	return c.File(ctx, d)
}

// goBack sets the clock to so many days ago. Of a day that is over it is between
// nine and five, when somebody is at the desk, and in the order of the hours.
func (c *cast) goBack(days string) error {
	n, err := strconv.ParseFloat(days, 64)
	c.at = c.now.Add(-time.Duration(n * 24 * float64(time.Hour)))
	if n >= 1 {
		morning := calendar.DateOf(c.at).Time()
		c.at = morning.Add(9*time.Hour + c.at.Sub(morning)/3)
	}
	return err
}

func (c *cast) draft(r demo.Row) (d complaint.Draft, err error) {
	if err := c.goBack(r["days"]); err != nil {
		return d, err
	}
	receipt, err := demoReceipt(r["case"])
	if err != nil {
		return d, err
	}
	id := "demo-" + r["case"]
	d = complaint.Draft{
		ID: id, Receipt: receipt, Key: c.mint(id), Kind: complaint.Kind(r["kind"]), About: r["about"],
		Urgent: r["urgent"] != "", Minor: r["age"] != "", Identity: complaint.Identity(r["identity"]), Channel: complaint.Channel(r["channel"]),
		Words: []byte(r["words"]), AccusedName: []byte(r["accused"]),
	}
	if r["against"] != "" {
		d.Accused = append(d.Accused, complaint.Accused{Kind: complaint.AccusedKind(r["against"]), Unit: r["unit"], Area: r["area"]})
	}
	if r["payer"] != "" {
		d.Accused = append(d.Accused, complaint.Accused{Kind: complaint.VocationalSchool, Unit: r["payer"]})
	}
	if r["name"] != "" {
		d.Who, err = json.Marshal(bot.Who{Name: r["name"], Phone: r["phone"]})
	}
	return d, err
}

// demoGuest is the case whose receipt is handed to whoever opens the
// demonstration: it is answered and waits for a rating.
const demoGuest = "20"

// demoReceipt is the same for a case in every demonstration, so that a guide
// can name it: nothing real is behind it.
func demoReceipt(name string) (complaint.Receipt, error) {
	sum := sha256.Sum256([]byte("示例市 " + name))
	more := sha256.Sum256(sum[:])
	return complaint.NewReceipt(strings.NewReader(string(sum[:]) + string(more[:])))
}

// act makes steps that one person makes at one time.
func (c *cast) act(ctx context.Context, d complaint.Draft, steps []demo.Row) error {
	if err := c.goBack(steps[0]["days"]); err != nil {
		return err
	}
	var actions []complaint.Action
	for _, s := range steps {
		facts, err := c.facts(s["facts"])
		if err != nil {
			return err
		}
		actions = append(actions, complaint.Action{Move: complaint.Move(s["move"]), Facts: facts, Words: []byte(s["words"])})
	}
	if steps[0]["who"] == "citizen" {
		_, err := c.Say(ctx, d.Receipt, actions[0])
		return err
	}
	n := c.numbers[strings.TrimPrefix(d.ID, "demo-")]
	record, err := c.Book.Record(ctx, complaint.Unscoped(), n)
	if err != nil {
		return err
	}
	stands, err := complaint.Fold(record.Events)
	if err != nil {
		return err
	}
	_, err = c.Act(ctx, complaint.OfficerID(steps[0]["who"]), n, stands.Turn, actions...)
	return err
}

// facts reads outcome=substantiated;days=30.
func (c *cast) facts(text string) (f complaint.Facts, err error) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' }) {
		switch name, value, _ := strings.Cut(part, "="); name {
		case "outcome":
			f.Outcome = complaint.Outcome(value)
		case "reason":
			f.Reason = complaint.Reason(value)
		case "to":
			f.To = complaint.Authority(value)
		case "rating":
			f.Rating = complaint.Rating(value)
		case "officer":
			f.Officer = complaint.OfficerID(value)
		case "lead":
			f.Lead = c.numbers[value]
		case "days":
			f.Days, err = strconv.Atoi(value)
		default:
			err = fmt.Errorf("there is no fact %q", name)
		}
		if err != nil {
			return f, err
		}
	}
	return f, nil
}
