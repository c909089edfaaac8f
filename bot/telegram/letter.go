package telegram

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"yangguang/complaint"
)

// Carry takes over a letter to the citizen in that chat: that there is
// something new to read, and where. A letter that comes again is one.
func (c *Channel) Carry(ctx context.Context, l complaint.Letter, address string) error {
	chat, ok := chatOf(address)
	if !ok {
		c.Log.Error("telegram: a letter without an address", "position", l.Position)
		return c.unreached(ctx, l.Number, l.Seq) // it will have none tomorrow
	}
	p, err := c.parcel(letterID(l), message{
		Chat: chat, Number: l.Number, Seq: l.Seq,
		Text: c.say("letter", map[string]string{"number": l.Number.String(), "link": c.Address + "/receipt"}),
	})
	if err != nil {
		return err
	}
	return c.put(ctx, p)
}

// Announce takes over a letter to the desk: the supervisors' group is told that
// there is something to look at. What is still to be sent and says the same is
// left out.
func (c *Channel) Announce(ctx context.Context, l complaint.Letter) error {
	if c.Group == 0 {
		return nil
	}
	group, err := c.group(ctx)
	if err != nil {
		return err
	}
	p, err := c.parcel(letterID(l), message{
		Chat: group, Group: true, Text: c.say("desk."+string(l.Key), map[string]string{"link": c.Address + "/desk"}),
	})
	if err != nil {
		return err
	}
	p.InPlaceOf = c.desk.before(l.Key, p.ID)
	return c.put(ctx, p)
}

func letterID(l complaint.Letter) string { return "letter." + strconv.FormatInt(l.Position, 10) }

// deskLetters are the last letters to the desk, by what they say.
type deskLetters struct {
	mu   sync.Mutex
	last map[complaint.LetterKey]string
}

// before returns the letter that said the same before, and notes this one.
func (d *deskLetters) before(key complaint.LetterKey, id string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last == nil {
		d.last = map[complaint.LetterKey]string{}
	}
	before := d.last[key]
	if d.last[key] = id; before == id {
		return ""
	}
	return before
}

// groupMark is where the group is, since it moved.
const groupMark = "telegram.group"

// group is the chat of the supervisors: where it was set to be, or where it
// moved from there.
func (c *Channel) group(ctx context.Context) (int64, error) {
	mark, err := c.Marks.Mark(ctx, groupMark)
	if err != nil {
		return 0, err
	}
	from, to := int64(0), int64(0)
	if _, err := fmt.Sscan(mark, &from, &to); err == nil && from == c.Group {
		return to, nil
	}
	return c.Group, nil
}

// moved notes where the supervisors' group is now.
func (c *Channel) moved(ctx context.Context, from, to int64) error {
	if group, err := c.group(ctx); err != nil || group != from {
		return err
	}
	return c.Marks.SetMark(ctx, groupMark, strconv.FormatInt(c.Group, 10)+" "+strconv.FormatInt(to, 10))
}
