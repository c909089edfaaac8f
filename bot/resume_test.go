package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"yangguang/bot"
	"yangguang/complaint"
)

// cutOff brings the talk to where its complaint was filed and the conversation
// was killed before it knew.
func (w *world) cutOff() {
	w.t.Helper()
	w.toSummary()
	f := &failing{Sessions: w.Sessions, Office: w.Office, Site: w.Site, at: "commit"}
	sessions := w.Sessions
	w.Sessions = f
	if _, err := w.Take(w.t.Context(), w.conv, complaint.WebChat, bot.Event{ID: "cut off", Act: bot.Submit}); !errors.Is(err, errKilled) {
		w.t.Fatalf("%v, want it killed", err)
	}
	w.Sessions = sessions
	if len(w.queue()) != 1 {
		w.t.Fatalf("%d cases", len(w.queue()))
	}
}

// added are the words that the citizen added to the only case.
func (w *world) added() (words []string, evidence int) {
	w.t.Helper()
	done, ok := w.turn.Talk.Filed()
	if !ok {
		w.t.Fatalf("not shown as filed, but at %s", w.open().Slot)
	}
	code, err := complaint.ParseReceipt(done.Receipt)
	if err != nil {
		w.t.Fatal(err)
	}
	v, err := w.office.Follow(w.t.Context(), code)
	if err != nil || v.Number != done.Number {
		w.t.Fatalf("the receipt opens %v, want %s: %v", v.Number, done.Number, err)
	}
	for _, e := range v.Events {
		if e.Move == complaint.Add {
			evidence += len(e.Facts.Evidence)
			for _, s := range v.Said {
				if s.Seq == e.Seq {
					words = append(words, string(s.Text))
				}
			}
		}
	}
	return words, evidence
}

// Killed between the filing and what the conversation keeps: whatever the
// citizen does next, they are told that it was filed, and nothing that they
// write is lost or gets to whom it must not.
func TestGoingOnAfterACutOff(t *testing.T) {
	more := "他今天又打电话来催我们"
	photo := complaint.Evidence{ID: "photo", Kind: complaint.Picture, Size: 1, SHA256: strings.Repeat("a0", 32)}
	for name, tc := range map[string]struct {
		next  func(w *world) bot.Event
		said  string
		words string // what was added holds it
		files int
		apart string
		sheet bool
	}{
		"comes back":            {next: func(*world) bot.Event { return bot.Event{} }, said: "filed.again"},
		"presses 提交 again":      {next: func(*world) bot.Event { return bot.Event{Act: bot.Submit} }, said: "filed.again"},
		"opens an answer again": {next: func(*world) bot.Event { return bot.Event{Act: bot.Edit, Text: "words"} }, said: "filed.again"},
		"gives up":              {next: func(*world) bot.Event { return bot.Event{Act: bot.Cancel} }, said: "filed.again"},
		"writes more":           {next: func(*world) bot.Event { return bot.Event{Act: bot.Say, Text: more} }, said: "filed.added", words: more},
		"says 提交":               {next: func(*world) bot.Event { return bot.Event{Act: bot.Say, Text: "提交"} }, said: "filed.again"},
		"sends the story anew": {next: func(*world) bot.Event {
			return bot.Event{Act: bot.Fill, Screen: bot.StoryScreen, Fields: map[bot.SlotName]string{bot.Words: more}}
		}, said: "filed.added", words: more},
		"adds a photo": {next: func(w *world) bot.Event {
			return bot.Event{Act: bot.Attach, Draft: w.turn.Talk.ID(), Evidence: photo}
		}, said: "filed.added", files: 1},
		"accuses somebody else": {next: func(*world) bot.Event {
			return bot.Event{Act: bot.Fill, Screen: bot.WhomScreen, Fields: map[bot.SlotName]string{bot.Against: "county", bot.Area: "沁阳"}}
		}, said: "filed.apart", apart: story},
		"accuses the bureau": {next: func(*world) bot.Event {
			return bot.Event{Act: bot.Fill, Screen: bot.WhomScreen, Fields: map[bot.SlotName]string{bot.Against: "bureau"}}
		}, said: "filed.kept", sheet: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.cutOff()
			if looked, err := w.Look(t.Context(), w.conv); err != nil || !looked.Cut {
				t.Fatalf("looked at: cut off %v, %v", looked.Cut, err)
			}
			w.do(tc.next(w))
			if !strings.Contains(keys(w.turn.Replies), tc.said) {
				t.Errorf("said %s, want %s", keys(w.turn.Replies), tc.said)
			}
			words, files := w.added()
			if tc.words == "" && len(words) > 0 || tc.words != "" && (len(words) != 1 || !strings.Contains(words[0], tc.words)) || files != tc.files {
				t.Errorf("added %q and %d files, want %q and %d", words, files, tc.words, tc.files)
			}
			done, _ := w.turn.Talk.Filed()
			if done.Apart != tc.apart || (w.turn.Sheet != nil) != tc.sheet || len(w.discarded) > 0 || len(w.queue()) != 1 {
				t.Errorf("apart %q, sheet %v, discarded %v, %d cases", done.Apart, w.turn.Sheet, w.discarded, len(w.queue()))
			}
			if tc.files > 0 && !w.turn.Talk.Has(photo.ID) {
				t.Error("the photo is not known")
			}
			again, err := w.Look(t.Context(), w.conv)
			if d, ok := again.Talk.Filed(); err != nil || !ok || again.Cut || d.Receipt != done.Receipt {
				t.Errorf("looked at again: %+v, %v", d, err)
			}
		})
	}
}

// Cut off once more while what was changed is added: it is added once.
func TestCutOffTwiceItIsAddedOnce(t *testing.T) {
	w := newWorld(t)
	w.cutOff()
	f := &failing{Sessions: w.Sessions, Office: w.Office, Site: w.Site, at: "commit"}
	w.Sessions = f
	e := bot.Event{ID: "more", Act: bot.Say, Text: "还收了我们的准考证"}
	if _, err := w.Take(t.Context(), w.conv, complaint.WebChat, e); !errors.Is(err, errKilled) {
		t.Fatalf("%v, want it killed", err)
	}
	turn, err := w.Take(t.Context(), w.conv, complaint.WebChat, e)
	if err != nil {
		t.Fatal(err)
	}
	w.turn = turn
	if words, _ := w.added(); len(words) != 1 || !strings.Contains(keys(turn.Replies), "filed.added") {
		t.Errorf("added %q, said %s", words, keys(turn.Replies))
	}
}

// elsewhere is an office in which another instance goes on with the
// conversation the moment a complaint was filed.
type elsewhere struct {
	bot.Office
	between func()
}

func (o *elsewhere) File(ctx context.Context, d complaint.Draft) (complaint.Filed, error) {
	filed, err := o.Office.File(ctx, d)
	if between := o.between; between != nil {
		o.between = nil
		between()
	}
	return filed, err
}

// unaware asked for the case before it was there.
type unaware struct{ bot.Office }

func (unaware) Filed(context.Context, string) (bool, error) { return false, nil }

// Edited elsewhere between the filing and its commit, and submitted again: what
// was filed first is the case, and what the summary shows by then is in it too.
func TestWhatWasEditedWhileItWasFiledIsAdded(t *testing.T) {
	w := newWorld(t)
	w.toSummary()
	other := &bot.Clerk{
		Sessions: w.Sessions, Office: unaware{w.Office}, Site: w.Site, Sealer: w.Sealer, Mint: w.Mint, MAC: w.MAC, Record: w.Record,
		Discard: w.Discard, Now: w.Now,
	}
	more := "他们今天又来了"
	w.Office = &elsewhere{w.Office, func() {
		if _, err := other.Take(t.Context(), w.conv, complaint.WebChat, bot.Event{ID: "meanwhile", Act: bot.Say, Text: more}); err != nil {
			t.Error(err)
		}
	}}
	turn := w.press("提交")
	if words, _ := w.added(); len(words) != 1 || !strings.Contains(words[0], story) || !strings.Contains(words[0], more) || len(w.queue()) != 1 {
		t.Errorf("added %q, said %s", words, keys(turn.Replies))
	}
	if !slices.ContainsFunc(turn.Replies, func(r bot.Reply) bool { return r.Key == "filed.added" }) {
		t.Errorf("said %s", keys(turn.Replies))
	}
}
