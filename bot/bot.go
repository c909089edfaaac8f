// Package bot is the conversation in which somebody tells what happened and
// files it: one flow, two faces (one message or tap at a time, or a form's
// screen at a time), on any channel.
//
// A [Talk] is a value. [Talk.Next] takes it one [Event] further and returns what
// to say ([Reply]) and what is to be done outside ([Effect]); it has no client,
// no clock and draws no random number, so a dialogue is a table of lines in and
// lines out. A talk holds answers by slot; which question is open is computed
// from them ([Talk.Open] for a chat, [Talk.Screen] for a form), so going back,
// changing an answer, skipping, resuming and being filled by one free message
// are the same thing.
//
// The [Clerk] is what channels call: it takes the events of a conversation one
// at a time, loads the talk from [Sessions], steps, performs the effect (asks
// the office, files), commits, and only then returns: nil means that the event
// is kept and may be acknowledged. Filing is idempotent by draft and an event
// that comes twice changes nothing, so a crash at any point files once.
//
// A talk is kept sealed under the key of its draft, which becomes the case's
// key, until 72 hours after the last event. What it says stands in
// content/pack/wordings under the keys of its replies.
//
// How a page drives it:
//
//	turn, err := clerk.Look(ctx, conv)         // GET: bot.ErrNone: nothing begun here
//	turn.Talk.Open(now), turn.Replies          // /chat: the question, with its options
//	turn.Talk.Screen(now)                      // /complain: the fields of this screen
//	turn, err = clerk.Take(ctx, conv, channel, bot.Event{ID: nonce, Act: bot.Say, Text: …})
//
// A page renders a Reply or a Field with content's wording set "talk":
// snapshot.Say("talk", reply.Key, reply.Args), and an [Option] with its Text, or
// its Key where that is empty. ID is a nonce that the page put into its form:
// pressed twice it is one event. turn.Dangers is set even when err is not nil:
// then the numbers to call are shown before anything else. turn.Sheet is shown
// in that one answer and is kept nowhere.
package bot

import (
	"errors"
	"time"
)

// What callers act on.
var (
	// ErrNone: nothing is kept of this conversation, or no longer.
	ErrNone = errors.New("bot: no such conversation")
	// ErrStale: the conversation moved on meanwhile.
	ErrStale = errors.New("bot: the conversation moved on")
)

// Life is how long a draft is kept after the last event, FiledLife how long a
// filed one, so that its number and receipt can be seen again.
const (
	Life      = 72 * time.Hour
	FiledLife = time.Hour
)
