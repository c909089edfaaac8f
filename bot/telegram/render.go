package telegram

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"yangguang/bot"
	"yangguang/content"
)

// render says what a turn says: one message, with the buttons of the open
// question. Who types the label of a button, or its number, gets the same.
func (c *Channel) render(ctx context.Context, u update, turn bot.Turn) (answer, error) {
	w := writer{c: c, said: c.Record(), talk: c.Record().Wording("talk")}
	var open bot.Reply
	missed := false
	for _, r := range slices.Insert(slices.Clone(turn.Replies), whereNotice(turn.Replies), w.notice(turn.First)...) {
		w.reply(r)
		missed = missed || strings.HasPrefix(r.Key, "problem.")
		if r.Prompt != "" {
			open = r
		}
	}
	links, err := c.oneTime(ctx, u, turn)
	if err != nil {
		return answer{}, err
	}
	w.part(links)
	if missed {
		w.part(w.numbered(open.Options))
	}
	return answer{text: w.text(), buttons: w.buttons(open), away: turn.TurnedAway(), stays: links != ""}, nil
}

// whereNotice is where it is said what becomes of what is written: first, but
// for whom to call.
func whereNotice(replies []bot.Reply) int {
	if len(replies) > 0 && len(replies[0].Dangers) > 0 {
		return 1
	}
	return 0
}

func (w *writer) notice(first bool) []bot.Reply {
	if !first {
		return nil
	}
	return []bot.Reply{{Key: "notice"}, {Text: w.c.say("notice", nil), Links: []bot.Link{{URL: "/about/privacy"}}}}
}

// oneTime are the one-time links that go with a turn: to the receipt of what was
// filed, to the page that asks who complains.
func (c *Channel) oneTime(ctx context.Context, u update, turn bot.Turn) (string, error) {
	done, filed := turn.Talk.Filed()
	var slip bot.Slip
	var key string
	switch {
	case filed:
		slip, key = bot.Slip{For: bot.ForReceipt, Number: done.Number.String(), Receipt: done.Receipt}, "link.receipt"
	case turn.Talk.OnSite():
		slip, key = bot.Slip{For: bot.ForIdentity, Conv: conversation(u.Chat), Draft: turn.Talk.ID()}, "link.identity"
	default:
		return "", nil
	}
	path, err := c.Slips.Mint(ctx, slip)
	if err != nil {
		return "", err
	}
	return c.say(key, map[string]string{"link": c.Address + path}), nil
}

// help is whom to call, "" where there is no danger.
func (c *Channel) help(dangers []content.CrisisKind) string {
	if len(dangers) == 0 {
		return ""
	}
	w := writer{c: c, said: c.Record(), talk: c.Record().Wording("talk")}
	w.reply(bot.Reply{Key: "danger", Dangers: dangers})
	return w.text()
}

// writer puts a message together.
type writer struct {
	c     *Channel
	said  *content.Snapshot
	talk  *content.Wording
	parts []string
}

func (w *writer) part(text string) {
	if text != "" {
		w.parts = append(w.parts, text)
	}
}

func (w *writer) text() string { return strings.Join(w.parts, "\n\n") }

func joined2(a, b string) string { return strings.Trim(a+"\n\n"+b, "\n") }

// reply is one thing that is said.
func (w *writer) reply(r bot.Reply) {
	var lines []string
	add := func(text string) {
		if text != "" {
			lines = append(lines, text)
		}
	}
	add(w.talk.Say(r.Key, r.Args))
	if len(r.Dangers) > 0 {
		for _, k := range w.said.Help(r.Dangers...) {
			add("☎ " + k.Phone + " " + strings.TrimPrefix(k.Name, k.Phone))
		}
	}
	switch {
	case r.Text != "" && r.Key == "":
		add(r.Text)
	case r.Text != "":
		add("“" + r.Text + "”")
	}
	for _, l := range r.Lines {
		add(w.line(l))
	}
	for _, to := range r.To {
		name, call := w.said.Authority(string(to))
		if call != nil && call.Phone != "" {
			name += "：" + call.Phone
		}
		add("· " + name)
	}
	for _, l := range r.Links {
		address := l.URL
		if strings.HasPrefix(address, "/") {
			address = w.c.Address + address
		}
		add(strings.TrimSpace(l.Title + " " + address))
	}
	w.part(strings.Join(lines, "\n"))
}

// longestLine is how much of an answer a line shows: the citizen has written it
// in this chat.
const longestLine = 200

func (w *writer) line(l bot.Line) string {
	text := l.Text
	if text == "" && l.Value != "" {
		text = w.talk.Say(l.Value, nil)
	}
	if l.Missing {
		return ""
	}
	if utf8.RuneCountInString(text) > longestLine {
		text = string([]rune(text)[:longestLine]) + "……"
	}
	out := "· " + w.talk.Say(l.Key, nil) + "：" + text
	if len(l.Words) > 0 {
		out += "（" + w.c.say("because", map[string]string{"words": strings.Join(l.Words, "、")}) + "）"
	}
	return out
}

func (w *writer) label(o bot.Option) string {
	if o.Text != "" {
		return o.Text
	}
	return w.talk.Say(o.Key, nil)
}

// numbered lists what can be answered, for who did not see the buttons.
func (w *writer) numbered(options []bot.Option) string {
	var lines []string
	for i, o := range options {
		if o.Act == bot.Choose {
			lines = append(lines, strconv.Itoa(i+1)+" "+w.label(o))
		}
	}
	return strings.Join(lines, "\n")
}

// buttons lays the options out: several short ones in a row.
func (w *writer) buttons(open bot.Reply) (rows [][]press) {
	width := 0
	for _, o := range open.Options {
		data := buttonData(o, open.Prompt)
		if data == "" {
			continue
		}
		p := press{w.label(o), data}
		n := utf8.RuneCountInString(p.Label) + 2
		if len(rows) == 0 || width+n > widestRow || len(rows[len(rows)-1]) == mostInRow {
			rows, width = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], p)
		width += n
	}
	return rows
}

// What a telephone shows of a row, in characters, and how many buttons.
const (
	widestRow = 20
	mostInRow = 3
)

// What stands in a button: the act by a letter, the question it belongs to, the
// value. Telegram takes 64 bytes.
const mostData = 64

var actLetters = map[bot.Act]string{
	bot.Choose: "c", bot.Edit: "e", bot.Skip: "s", bot.Submit: "y", bot.Cancel: "x", bot.Start: "b", bot.Back: "r", bot.Help: "h",
}

func buttonData(o bot.Option, prompt string) string {
	letter, ok := actLetters[o.Act]
	data := letter + "|" + prompt + "|" + o.Value
	if !ok || len(data) > mostData {
		return ""
	}
	return data
}

func buttonEvent(data string) (e bot.Event, ok bool) {
	letter, rest, ok := strings.Cut(data, "|")
	prompt, value, ok2 := strings.Cut(rest, "|")
	if !ok || !ok2 {
		return e, false
	}
	for act, l := range actLetters {
		if l == letter {
			return bot.Event{Act: act, Prompt: prompt, Text: value}, true
		}
	}
	return e, false
}

// longestMessage is what Telegram takes, counted in UTF-16.
const longestMessage = 4096

// split cuts a text into messages, between lines where it can.
func split(text string) (out []string) {
	for text != "" {
		end, last, units := len(text), 0, 0
		for i, r := range text {
			if units += utf16.RuneLen(r); units > longestMessage {
				if end = i; last > 0 {
					end = last
				}
				break
			}
			if r == '\n' {
				last = i
			}
		}
		if part := strings.TrimSpace(text[:end]); part != "" {
			out = append(out, part)
		}
		text = strings.TrimLeft(text[end:], "\n ")
	}
	return out
}
