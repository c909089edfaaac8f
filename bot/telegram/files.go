package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
)

// mostFetched is what the Bot API hands out of a file.
const mostFetched = 20 << 20

// file keeps what was sent with the draft, and says what became of it: kept, or
// not and why.
func (c *Channel) file(ctx context.Context, u update) (answer, error) {
	conv := conversation(u.Chat)
	turn, err := c.Clerk.Look(ctx, conv)
	if errors.Is(err, bot.ErrNone) {
		turn, err = c.Clerk.Take(ctx, conv, complaint.Telegram, bot.Event{ID: u.event() + ".begin", Act: bot.Start})
	}
	if err != nil {
		return answer{}, err
	}
	if _, filed := turn.Talk.Filed(); filed {
		return answer{text: c.say("file.late", map[string]string{"link": c.Address + "/receipt"})}, nil
	}
	first := turn.First
	words, err := c.written(ctx, u)
	if err != nil {
		return answer{dangers: c.help(words.Dangers)}, err
	}
	if words.Talk.Over { // that ended it: there is nothing the file could belong to
		return c.render(ctx, u, words)
	}
	if words.Key.Of != "" {
		turn = words
	}
	turn, why, err := c.keep(ctx, u, turn)
	if err != nil {
		return answer{}, err
	}
	kept, refusals := c.albums.add(u, why)
	turn.First = first
	turn.Replies = append(remarks(words.Replies), turn.Talk.Open(c.Now()))
	a, err := c.render(ctx, u, turn)
	a.text = joined2(c.inventory(kept, refusals, len(turn.Talk.Files())), a.text)
	a.album = u.Album != ""
	return a, err
}

// remarks are replies without the open question.
func remarks(replies []bot.Reply) []bot.Reply {
	return slices.DeleteFunc(slices.Clone(replies), func(r bot.Reply) bool { return r.Prompt != "" })
}

// written takes what was written with a file, before the file.
func (c *Channel) written(ctx context.Context, u update) (bot.Turn, error) {
	if strings.TrimSpace(u.Text) == "" {
		return bot.Turn{}, nil
	}
	return c.Clerk.Take(ctx, conversation(u.Chat), complaint.Telegram,
		bot.Event{ID: u.event() + ".text", Act: bot.Say, Text: u.Text, Address: fmt.Sprint(u.Chat), Message: u.message()})
}

// keep keeps the file of an update, or returns why not.
func (c *Channel) keep(ctx context.Context, u update, turn bot.Turn) (bot.Turn, string, error) {
	if u.File.Size > mostFetched {
		return turn, c.say("file.too_big", nil), nil
	}
	body, err := c.api.file(ctx, u.File.ID)
	if f, ok := errors.AsType[*failure](err); ok && f.kind == refused {
		return turn, c.say("file.gone", nil), nil
	}
	if err != nil {
		return turn, "", err
	}
	defer body.Close() // it was read, or is of no use
	e, err := c.Files.Take(ctx, turn.Key, io.LimitReader(body, mostFetched+1))
	if err != nil {
		if why := c.Refused(err); why != "" {
			return turn, why, nil
		}
		return turn, "", err
	}
	draft := turn.Talk.ID()
	next, err := c.Clerk.Take(ctx, conversation(u.Chat), complaint.Telegram,
		bot.Event{ID: "file." + e.ID, Act: bot.Attach, Evidence: e, Draft: draft})
	if errors.Is(err, bot.ErrNone) { // given up meanwhile
		if err := c.Files.Remove(ctx, draft, e.ID); err != nil {
			return turn, "", err
		}
		return turn, c.say("file.gone", nil), nil
	}
	if err != nil {
		return turn, "", err
	}
	if !slices.ContainsFunc(next.Talk.Files(), func(f complaint.Evidence) bool { return f.ID == e.ID }) {
		return next, c.say("file.full", nil), nil
	}
	return next, "", nil
}

// inventory is the honest list: how many were kept, and of each that was not
// the reason.
func (c *Channel) inventory(kept int, refusals []string, all int) string {
	var lines []string
	if kept > 0 {
		lines = append(lines, c.say("file.kept", map[string]string{"n": fmt.Sprint(kept), "all": fmt.Sprint(all)}))
	}
	for _, why := range refusals {
		lines = append(lines, c.say("file.refused", map[string]string{"why": why}))
	}
	return strings.Join(lines, "\n")
}

// albumQuiet is how long after the last file of an album it is answered.
const albumQuiet = 1500 * time.Millisecond

// albums are the albums that are arriving: each file is an update of its own,
// and all are answered in one message. After a crash the rest of an album is
// answered in another.
type albums struct {
	mu  sync.Mutex
	now map[string]*album
}

type album struct {
	kept     int
	refusals []string
	parcel   string // of the last file
	before   string // of the one before
}

// add notes what became of a file and returns what is known of its album.
func (a *albums) add(u update, why string) (kept int, refusals []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	one := &album{}
	if u.Album != "" {
		if len(a.now) > 1000 || a.now == nil {
			a.now = map[string]*album{}
		}
		key := fmt.Sprint(u.Chat, " ", u.Album)
		if a.now[key] == nil {
			a.now[key] = one
		}
		one = a.now[key]
	}
	if one.parcel != u.parcel() { // not tried again
		if one.before, one.parcel = one.parcel, u.parcel(); why == "" {
			one.kept++
		} else {
			one.refusals = append(one.refusals, why)
		}
	}
	return one.kept, slices.Clone(one.refusals)
}

// last is the parcel of the file before u in its album.
func (a *albums) last(u update) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if one := a.now[fmt.Sprint(u.Chat, " ", u.Album)]; one != nil {
		return one.before
	}
	return ""
}
