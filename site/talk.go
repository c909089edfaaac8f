package site

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/complaint/evidence"
	"yangguang/content"
	"yangguang/pattern"
	"yangguang/site/page"
)

// face is one of the two faces of the conversation: a chat, or a form of
// several screens. Both are the same talk, so one can be changed for the other
// at any time.
type face struct {
	path, other string
	channel     complaint.Channel
}

var (
	chatFace = face{"/chat", "/complain", complaint.WebChat}
	formFace = face{"/complain", "/chat", complaint.WebForm}
)

// Clerk takes the events of a conversation; a *bot.Clerk is one.
type Clerk interface {
	Look(ctx context.Context, conv string) (bot.Turn, error)
	Take(ctx context.Context, conv string, channel complaint.Channel, e bot.Event) (bot.Turn, error)
}

// leftCookie is what the page's script leaves where somebody left in a hurry,
// and a draft is kept.
const leftCookie = "left"

// talkCookie names the conversation of a browser, once its citizen has agreed.
const talkCookie = "talk"

var convForm = pattern.New(`^[A-Z2-7]{26}$`) // as rand.Text makes it: 130 bits

// talking is one request of a conversation: what was sent, and what came of it.
type talking struct {
	face
	sent url.Values
	// conv names the conversation, inCookie whether the browser's cookie does.
	conv     string
	inCookie bool

	turn  bot.Turn
	began bool // turn is set
	// left: somebody left this page in a hurry, and it is opened again.
	left bool
	// over: the complaint had been filed before this was sent.
	over bool
	// files are those that came with the request.
	files []takenFile
	// strange: what it should be about is nothing that is published here.
	strange bool
	// gone: nothing is kept of the conversation any more. lacks: there was
	// nothing to do. problem is what went wrong; what was typed is in sent.
	gone, closed, lacks bool
	problem             *page.Problem
	dangers             []content.CrisisKind
}

// pressed is the button that sent the form: an act, and what it acts on.
func (t *talking) pressed() (act bot.Act, on string) {
	word, on, _ := strings.Cut(t.sent.Get("press"), " ")
	return bot.Act(word), on
}

// Acts of the pages that are none of the conversation's.
const (
	lookAct   bot.Act = "look"   // shows where it stands
	closeAct  bot.Act = "close"  // number and receipt are written down
	attachAct bot.Act = "attach" // only the files
)

// pressable are the acts that a form may send.
var pressable = []bot.Act{
	bot.Start, bot.Say, bot.Choose, bot.Fill, bot.Detach, bot.Edit, bot.Back, bot.Skip, bot.Help, bot.Cancel, bot.Submit,
	lookAct, closeAct, attachAct,
}

// messages is how often one source may go one step on in a conversation.
var messages = page.Rate{Name: "talk", Burst: 120, Every: 500 * time.Millisecond}

// talkPage answers a GET: where the conversation of this browser stands, or
// its beginning.
func (s *Site) talkPage(f face) fiber.Handler {
	return func(c *fiber.Ctx) error {
		t := &talking{face: f, sent: url.Values{}}
		t.sent.Set("about", strings.TrimSpace(c.Query("about")))
		s.findConv(c, t)
		s.comeBack(c, t)
		t.left = t.began && len(c.Request().Header.Cookie(leftCookie)) > 0
		return s.answerTalk(c, t)
	}
}

// talkStep answers a form of the conversation.
func (s *Site) talkStep(f face) fiber.Handler {
	return func(c *fiber.Ctx) error {
		t := &talking{face: f, sent: url.Values{}}
		c.Request().PostArgs().VisitAll(func(name, value []byte) { t.sent.Add(string(name), string(value)) })
		if err := s.Turn(c, messages); err != nil {
			s.failed(c, t, err)
			return s.answerTalk(c, t)
		}
		return s.stepOn(c, t)
	}
}

// talkFiles answers a form of the conversation that may bring files. They are
// kept as they arrive, before what the button asks for is done.
func (s *Site) talkFiles(f face) fiber.Handler {
	return func(c *fiber.Ctx) error {
		t := &talking{face: f, sent: url.Values{}}
		sent, err := s.Files(c, func(fields url.Values, file io.Reader) error {
			t.sent = fields
			if t.conv == "" {
				s.findConv(c, t)
			}
			return s.takeFile(c, t, file)
		})
		t.sent = sent
		if err != nil {
			s.failed(c, t, err)
			return s.answerTalk(c, t)
		}
		return s.stepOn(c, t)
	}
}

// stepOn does what the button asks for.
func (s *Site) stepOn(c *fiber.Ctx, t *talking) error {
	if len(c.Request().Header.Cookie(leftCookie)) > 0 {
		c.ClearCookie(leftCookie)
	}
	s.findConv(c, t)
	act, on := t.pressed()
	switch {
	case s.clerk == nil, !slices.Contains(pressable, act): // words that another page hands over
		s.comeBack(c, t)
	case act == closeAct:
		t.closed = true
		s.SetCookie(c, talkCookie, "", 0)
	case act == lookAct, act == attachAct, act == bot.Submit && t.refusedFiles():
		s.comeBack(c, t)
		t.gone = !t.began
	default:
		s.take(c, t, act, on)
	}
	return s.answerTalk(c, t)
}

// findConv finds the name of the conversation: in the form, where the browser
// keeps no cookie, else in the cookie.
func (s *Site) findConv(c *fiber.Ctx, t *talking) {
	if conv := s.Cookie(c, talkCookie); convForm.MatchString(conv) {
		t.conv, t.inCookie = conv, true
	}
	if conv := t.sent.Get("talk"); convForm.MatchString(conv) && conv != t.conv {
		t.conv, t.inCookie = conv, false
	}
}

// lookAt finds where the conversation stands.
func (s *Site) lookAt(c *fiber.Ctx, t *talking) {
	if t.conv == "" || s.clerk == nil {
		return
	}
	turn, err := s.clerk.Look(c.UserContext(), t.conv)
	switch {
	case err == nil:
		t.turn, t.began = turn, true
	case !errors.Is(err, bot.ErrNone):
		s.failed(c, t, err)
	}
}

// comeBack finds where the conversation stands, and ends one that was cut off
// after its complaint was filed.
func (s *Site) comeBack(c *fiber.Ctx, t *talking) {
	if s.lookAt(c, t); !t.turn.Cut {
		return
	}
	turn, err := s.clerk.Take(c.UserContext(), t.conv, t.channel, bot.Event{ID: "came back"})
	if err != nil {
		t.began = false
		s.failed(c, t, err)
		return
	}
	t.turn = turn
}

// take takes the conversation one step on. To begin one is to agree that it is
// kept.
func (s *Site) take(c *fiber.Ctx, t *talking, act bot.Act, on string) {
	begins := act == bot.Start
	if !begins {
		if s.lookAt(c, t); !t.began {
			t.gone = t.problem == nil
			s.helpWith(c, t)
			return
		}
		if _, t.over = t.turn.Talk.Filed(); t.over {
			s.helpWith(c, t)
			return
		}
	}
	if about := t.sent.Get("about"); begins && about != "" {
		what, known := askedAbout(s.board.Snapshot(), about)
		if t.strange = !known; t.strange {
			s.helpWith(c, t)
			return
		}
		t.sent.Set("about", what.about(about))
	}
	had := t.turn.Talk
	events := t.events(act, on)
	if t.lacks = len(events) == 0; t.lacks {
		return
	}
	if begins && (t.conv == "" || t.sent.Get("fresh") != "") {
		t.begin()
	}
	for _, e := range events {
		turn, err := s.clerk.Take(c.UserContext(), t.conv, t.channel, e)
		t.dangers = append(t.dangers, turn.Dangers...)
		if err != nil {
			t.began = false
			s.failed(c, t, err)
			return
		}
		t.turn, t.began = turn, true
	}
	for _, f := range had.Files() {
		if !slices.ContainsFunc(t.turn.Talk.Files(), func(e complaint.Evidence) bool { return e.ID == f.ID }) {
			s.Release(c, f.Size) // taken out, filed or given up
		}
	}
	if act == bot.Detach {
		// What cannot be removed now goes with the draft.
		_ = s.cabinet.Remove(c.UserContext(), t.turn.Talk.ID(), on)
	}
	if t.turn.Talk.Over {
		s.SetCookie(c, talkCookie, "", 0)
		return
	}
	s.SetCookie(c, talkCookie, t.conv, bot.Life)
}

// begin names a new conversation: after the page that began it, so that a
// button pressed twice begins one.
func (t *talking) begin() {
	if t.conv = t.sent.Get("event"); !convForm.MatchString(t.conv) {
		t.conv = rand.Text()
	}
	t.inCookie = false
}

// events are what a button means to the conversation; none where there is
// nothing to say.
func (t *talking) events(act bot.Act, on string) []bot.Event {
	text := t.sent.Get("text")
	e := bot.Event{ID: t.eventID(), Act: act, Text: on, Prompt: t.sent.Get("prompt")}
	switch act { //nolint:exhaustive // the others need no more
	case bot.Start:
		e.Text, e.About, e.Advert = text, t.sent.Get("about"), t.sent.Get("advert") != ""
		if strings.TrimSpace(text) == "" {
			return nil
		}
		if t.face == formFace { // its first screen is that of the story
			fill := bot.Event{ID: e.ID + "f", Act: bot.Fill, Screen: bot.StoryScreen, Fields: map[bot.SlotName]string{bot.Words: text}}
			e.Text = ""
			return []bot.Event{e, fill}
		}
	case bot.Say:
		e.Text = text
		if strings.TrimSpace(text) == "" {
			return nil
		}
	case bot.Fill:
		e.Text, e.Screen, e.Fields = "", bot.ScreenName(t.sent.Get("screen")), map[bot.SlotName]string{}
		for name, values := range t.sent {
			if slot, ok := strings.CutPrefix(name, "f."); ok {
				e.Fields[bot.SlotName(slot)] = values[0]
			}
		}
	}
	return []bot.Event{e}
}

// eventID names what was sent by this page: sent twice it is one event, sent
// again with other words it is another.
func (t *talking) eventID() string {
	sum := sha256.Sum256([]byte(t.sent.Encode()))
	return t.sent.Get("event") + "." + hex.EncodeToString(sum[:6])
}

// takeFile keeps a file with the draft of the conversation.
func (s *Site) takeFile(c *fiber.Ctx, t *talking, file io.Reader) error {
	if !t.began {
		if s.lookAt(c, t); !t.began {
			return nil // there is nothing it could belong to; stepOn says so
		}
	}
	hoard, had := s.Hoard(c, file), t.turn.Talk
	one, err := s.keepFile(c.UserContext(), t.turn.Key, hoard)
	if err != nil || one.Why != "" || had.Has(one.ID) {
		hoard.GiveBack()
	}
	if err != nil {
		return err
	}
	if one.Why != "" {
		t.files = append(t.files, one)
		return nil
	}
	draft := had.ID()
	turn, err := s.clerk.Take(c.UserContext(), t.conv, t.channel, bot.Event{ID: "file." + one.ID, Act: bot.Attach, Evidence: one.Evidence, Draft: draft})
	if errors.Is(err, bot.ErrNone) { // given up while the file arrived; stepOn says so
		t.turn, t.began = bot.Turn{}, false
		hoard.GiveBack()
		return s.cabinet.Remove(c.UserContext(), draft, one.ID)
	}
	if err != nil {
		return err
	}
	t.turn = turn
	if !turn.Talk.Has(one.ID) {
		hoard.GiveBack()
		why := evidence.TooMany
		if _, filed := turn.Talk.Filed(); filed {
			why = evidence.Filed
		}
		one = takenFile{Why: page.RefusedFile(why)}
	}
	t.files = append(t.files, one)
	return nil
}

// refusedFiles: a file was not taken, which is to be known before the rest is
// filed without it.
func (t *talking) refusedFiles() bool { return refusedAny(t.files) }

// failed notes what went wrong, and whom to call all the same.
func (s *Site) failed(c *fiber.Ctx, t *talking, err error) {
	if errors.Is(err, bot.ErrStale) {
		err = complaint.ErrStale // the same to whoever reads it
	}
	problem := s.Explain(c, err)
	t.problem = &problem
	s.helpWith(c, t)
}

// mostHelped is how many characters of what was not taken are read.
const mostHelped = 8000

// helpWith finds words of danger in what was sent and not taken, the story
// first.
func (s *Site) helpWith(c *fiber.Ctx, t *talking) {
	typed := slices.Concat(t.sent["text"], t.sent["f."+string(bot.Words)])
	for _, name := range slices.Sorted(maps.Keys(t.sent)) {
		if strings.HasPrefix(name, "f.") && name != "f."+string(bot.Words) {
			typed = append(typed, t.sent[name]...)
		}
	}
	understood, err := s.finder.Understand(c.UserContext(), trimTo(strings.Join(typed, "\n"), mostHelped))
	if err == nil {
		t.dangers = append(t.dangers, understood.Dangers()...)
	}
}

// ShowsOnce reports whether the answer holds something that a page read anew
// would not: it is shown in place, for a browser that keeps the cookie too.
func (t *talking) showsOnce() bool {
	act, _ := t.pressed()
	leftTyped := act != bot.Say && act != bot.Start && strings.TrimSpace(t.sent.Get("text")) != ""
	return t.problem != nil || t.gone || t.lacks || t.strange || len(t.files) > 0 || t.turn.Sheet != nil || t.turn.Talk.Over || leftTyped || t.long() || t.late() != ""
}

// answerTalk answers a step with the page that shows where the talk stands
// now: by leading to it where the cookie finds it, so that it can be loaded
// again, else in place.
func (s *Site) answerTalk(c *fiber.Ctx, t *talking) error {
	act, _ := t.pressed()
	if c.Method() == fiber.MethodPost && slices.Contains(pressable, act) && (t.closed || t.inCookie && !t.showsOnce()) {
		c.Set(fiber.HeaderCacheControl, "no-store")
		return redirect(c, fiber.StatusSeeOther, t.path)
	}
	return s.Fresh(func(_ *fiber.Ctx, pr page.Reading) (page.Document, error) {
		if pr.Old != 0 {
			pr.Old, pr.Snapshot = 0, s.board.Snapshot()
		}
		return s.talkDocument(c.UserContext(), pr, t), nil
	})(c)
}
