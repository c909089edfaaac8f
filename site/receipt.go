package site

import (
	"errors"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/page"
)

// receipt is where somebody follows a complaint with its code. The code comes
// by POST only and goes back into the forms of the page, so that it stands in
// no address, no history, no cookie and no log.
func (s *Site) receipt(c *fiber.Ctx) error {
	p := s.newReceiptPage()
	if c.Method() == fiber.MethodPost {
		p.Sent = sentBy(func(name string) string { return string(c.Request().PostArgs().Peek(name)) })
		if right := s.openReceipt(c, p); right && p.Sent.Do != "" {
			s.say(c, p)
		}
	}
	return s.answerReceipt(c, p)
}

// receiptFiles is the form of that page that may bring files: with an answer or
// with something to add. No file is read before the code was right.
func (s *Site) receiptFiles(c *fiber.Ctx) error {
	p, opened := s.newReceiptPage(), false
	open := func(fields url.Values) {
		p.Sent = sentBy(fields.Get)
		opened = opened || s.openReceipt(c, p)
	}
	fields, err := s.Files(c, func(fields url.Values, file io.Reader) error {
		if !opened {
			open(fields)
		}
		if !opened {
			return errNotOpened
		}
		return s.addFile(c, p, file)
	})
	switch {
	case errors.Is(err, errNotOpened):
	case err != nil:
		p.Sent = sentBy(fields.Get)
		p.fail(s.Explain(c, err))
	default:
		if !opened {
			open(fields)
		}
		if opened {
			p.Sent = sentBy(fields.Get)
			s.say(c, p)
		}
	}
	return s.answerReceipt(c, p)
}

// errNotOpened ends the reading of files for which there is no case.
var errNotOpened = errors.New("site: no case is open")

func (s *Site) newReceiptPage() *receiptPage {
	return &receiptPage{Record: s.board.Snapshot(), Now: s.now()}
}

func (s *Site) answerReceipt(c *fiber.Ctx, p *receiptPage) error {
	return s.Fresh(func(_ *fiber.Ctx, pr page.Reading) (page.Document, error) {
		pr.Old, pr.Snapshot, pr.Path = 0, p.Record, receiptPath
		r := s.read(pr, none)
		r.frame.Title, r.frame.NoIndex = "办理情况", p.Opened() || p.Sent != (sent{})
		r.frame.Styles = s.Assets.Path("case.css")
		r.frame.Description = "凭查询码看办到哪一步、最迟哪天有结果；可以回答、补充、评价、撤回。"
		p.Frame = r.framed()
		p.Frame.About = "" // nobody finds a mistake of the record here
		d := page.HTML(receiptView(p))
		d.NoStore, d.Status = true, p.status()
		return d, nil
	})(c)
}

const receiptPath = "/receipt"

// sent is what the page posts: the code, what to do, and with what.
type sent struct {
	Code  string
	Do    complaint.Move
	Words string
	// Rating comes with Rate, Sure with what cannot be undone.
	Rating complaint.Rating
	Sure   bool
	// Seen is the version of the case that the form was made from.
	Seen int
}

// longestAddition is how many characters are added at a time; what is longer is
// handed back whole, to be sent in two parts.
const longestAddition = bot.LongestStory

func sentBy(form func(string) string) sent {
	seen, _ := strconv.Atoi(form("seen"))
	return sent{
		Code: trimTo(strings.TrimSpace(form("code")), 200), Do: complaint.Move(form("do")),
		Words:  strings.TrimSpace(strings.ReplaceAll(form("words"), "\r\n", "\n")),
		Rating: complaint.Rating(form("rating")), Sure: form("sure") != "", Seen: seen,
	}
}

type receiptPage struct {
	page.Frame
	Record *content.Snapshot
	Now    time.Time
	Sent   sent
	// Wrong: no case has that code. Lacks: nothing was done, for what was
	// needed was not sent. Problem is what else went wrong, Refused where an
	// objection goes. Then what was typed is still in Sent.
	Wrong, Lacks bool
	Problem      *page.Problem
	Refused      *complaint.Refusal
	// Did is what was done just now.
	Did complaint.Move
	// Help is whom to call, where the words say that somebody is in danger.
	Help []*content.Contact
	// View is the case, once it is open; Files are those that came with the
	// request.
	View  complaint.View
	Files []takenFile

	code   complaint.Receipt
	folder complaint.Folder
}

// fail notes what went wrong.
func (p *receiptPage) fail(problem page.Problem) { p.Problem = &problem }

// kept are the files that came and were taken.
func (p *receiptPage) kept() []complaint.Evidence {
	var out []complaint.Evidence
	for _, f := range p.Files {
		if f.Why == "" {
			out = append(out, f.Evidence)
		}
	}
	return out
}

// Opened reports whether there is a case to show.
func (p *receiptPage) Opened() bool { return p.View.Number != "" }

func (p *receiptPage) status() int {
	switch {
	case p.Problem != nil:
		return p.Problem.Status
	case p.Wrong:
		return fiber.StatusNotFound
	case p.Lacks:
		return fiber.StatusUnprocessableEntity
	}
	return fiber.StatusOK
}

// openReceipt opens the case of the code that was sent, and reports whether it
// is open.
func (s *Site) openReceipt(c *fiber.Ctx, p *receiptPage) bool {
	if p.Sent.Code == "" {
		return false
	}
	code, err := complaint.ParseReceipt(p.Sent.Code)
	readable := err == nil
	right, err := s.Guess(c, func() (right bool, err error) {
		if readable {
			p.View, err = s.office.Follow(c.UserContext(), code)
		}
		if errors.Is(err, complaint.ErrNotFound) {
			err = nil
		}
		return p.Opened(), err
	})
	if err != nil {
		p.View = complaint.View{}
		p.fail(s.Explain(c, err))
		return false
	}
	p.Wrong = !right
	if right {
		p.code, p.Sent.Code = code, code.Reveal()
	}
	return right
}

// addFile keeps a file with the case. It counts once the citizen's move names
// it.
func (s *Site) addFile(c *fiber.Ctx, p *receiptPage, file io.Reader) error {
	if len(p.folder.Key.Wrapped) == 0 {
		var err error
		if p.folder, err = s.office.OwnFolder(c.UserContext(), p.code); err != nil {
			return err
		}
	}
	one, err := s.keepFile(c.UserContext(), p.folder.Key, file)
	if err == nil {
		p.Files = append(p.Files, one)
	}
	return err
}

// say makes the citizen's move, shows the case as it then stands, and keeps
// what was typed where it was not made.
func (s *Site) say(c *fiber.Ctx, p *receiptPage) {
	p.Sent.Code = p.code.Reveal()
	if p.Lacks = p.lacks(); p.Lacks {
		return
	}
	err := s.makeMove(c, p)
	if again, followErr := s.office.Follow(c.UserContext(), p.code); followErr == nil {
		p.View = again
	}
	switch {
	case err == nil:
		p.Did, p.Sent = p.Sent.Do, sent{Code: p.Sent.Code}
	case errors.As(err, &p.Refused):
	default:
		p.fail(s.Explain(c, err))
	}
}

// makeMove makes it, unless it was made before: a page that is loaded again
// posts again.
func (s *Site) makeMove(c *fiber.Ctx, p *receiptPage) error {
	a := complaint.Action{Move: p.Sent.Do, Words: []byte(p.Sent.Words)}
	switch a.Move { //nolint:exhaustive // what the page does not offer is not tried
	case complaint.Answer, complaint.Add, complaint.Object:
		// Whatever understanding does, the words are kept.
		if understood, err := s.finder.Understand(c.UserContext(), p.Sent.Words); err == nil {
			p.Help = helpFor(p.Record, understood)
			a.Facts.Urgent = len(p.Help) > 0
		}
		if a.Move != complaint.Object {
			a.Facts.Evidence = p.kept()
		}
	case complaint.Rate:
		a.Facts.Rating = p.Sent.Rating
	case complaint.Withdraw, complaint.Reopen:
	default:
		return fiber.ErrBadRequest
	}
	if made(p.View, p.Sent, a.Facts.Evidence) {
		return nil
	}
	_, err := s.office.Say(c.UserContext(), p.code, a)
	return err
}

// made reports whether the case has the citizen's move already, later than the
// page that asks for it and with the same words and files.
func made(v complaint.View, asked sent, files []complaint.Evidence) bool {
	for _, e := range v.Events {
		if e.Seq > asked.Seen && e.Move == asked.Do && e.By.Role == complaint.Citizen &&
			e.Facts.Rating == asked.Rating && wordsOf(v, e.Seq) == asked.Words && slices.Equal(e.Facts.Evidence, files) {
			return true
		}
	}
	return false
}

// wordsOf are the words that came with an event.
func wordsOf(v complaint.View, seq int) string {
	for _, said := range v.Said {
		if said.Seq == seq && said.Kind == complaint.Words {
			return string(said.Text)
		}
	}
	return ""
}

// lacks reports whether what a move needs was not sent.
func (p *receiptPage) lacks() bool {
	if p.tooLong() {
		return true
	}
	switch p.Sent.Do { //nolint:exhaustive // the others need nothing
	case complaint.Answer, complaint.Add:
		return p.Sent.Words == "" && len(p.kept()) == 0
	case complaint.Object:
		return p.Sent.Words == ""
	case complaint.Rate:
		return p.Sent.Rating == ""
	case complaint.Withdraw:
		return !p.Sent.Sure
	}
	return false
}

// tooLong reports whether more was written than is taken at a time.
func (p *receiptPage) tooLong() bool { return utf8.RuneCountInString(p.Sent.Words) > longestAddition }

// May reports whether the page offers the citizen a move. The office decides
// again when it is asked for.
func (p *receiptPage) May(m complaint.Move) bool {
	c := p.View.Case
	if c.Erased {
		return false
	}
	switch m { //nolint:exhaustive // a citizen has these
	case complaint.Answer:
		return c.State == complaint.NeedInfo
	case complaint.Add:
		return c.State != complaint.Final && c.State != complaint.NeedInfo && !c.Withdrawn // nobody works on it any more
	case complaint.Rate:
		return c.State == complaint.Callback
	case complaint.Withdraw:
		return c.State == complaint.Merged || c.State.Open() && c.State != complaint.Reexamination
	case complaint.Object:
		_, running := p.Running(complaint.AskReexaminationClock)
		return running && (c.State == complaint.Callback || c.State == complaint.Closed)
	case complaint.Reopen:
		_, mistaken := p.Running(complaint.RetractClock)
		return c.State == complaint.Declined && !c.Reopened || c.State == complaint.Closed && mistaken
	}
	return false
}

// Running returns the run of a clock that has not ended and is not over.
func (p *receiptPage) Running(clock complaint.Clock) (complaint.Deadline, bool) {
	for _, d := range slices.Backward(p.View.Deadlines) {
		if d.Clock == clock && d.Ended.IsZero() && p.Now.Before(d.Due) {
			return d, true
		}
	}
	return complaint.Deadline{}, false
}

// Last returns the newest run of a clock.
func (p *receiptPage) Last(clock complaint.Clock) (complaint.Deadline, bool) {
	for _, d := range slices.Backward(p.View.Deadlines) {
		if d.Clock == clock {
			return d, true
		}
	}
	return complaint.Deadline{}, false
}

// rating is the one that is chosen in the form.
func (p *receiptPage) rating() complaint.Rating {
	if p.Sent.Rating != "" {
		return p.Sent.Rating
	}
	return p.View.Case.Rating
}

// newest returns the words of the last event of the moves, as the citizen may
// read them.
func (p *receiptPage) newest(moves ...complaint.Move) string {
	for _, e := range slices.Backward(p.View.Events) {
		if slices.Contains(moves, e.Move) {
			if words := wordsOf(p.View, e.Seq); words != "" {
				return words
			}
		}
	}
	return ""
}

// looks are the events in which somebody of the office opened something, and
// history the others.
func (p *receiptPage) looks() []complaint.Event   { return p.eventsThat(true) }
func (p *receiptPage) history() []complaint.Event { return p.eventsThat(false) }

func (p *receiptPage) eventsThat(look bool) []complaint.Event {
	var out []complaint.Event
	for _, e := range p.View.Events {
		if (lookWords[e.Move] != "") == look && (look || stepWords[e.Move] != "") {
			out = append(out, e)
		}
	}
	return out
}

// Law returns the law that a rule rests on, if its article is quoted here.
func (p *receiptPage) Law(r complaint.Rule) (*content.Law, bool) {
	record, _ := p.Record.Record(content.ID("law/" + r.Law))
	law, ok := record.(*content.Law)
	return law, ok && law.Articles[r.Article] != ""
}

// Say is the wording of a word of the office.
func (p *receiptPage) Say(subject, key string) string { return p.Record.Say(subject, key, nil) }

// Authority is the name of an office outside.
func (p *receiptPage) Authority(a complaint.Authority) string {
	name, _ := p.Record.Authority(string(a))
	return name
}

// Unit is the name of a unit; of a section, that of its bureau.
func (p *receiptPage) Unit(code string) string {
	bureau, _, _ := strings.Cut(code, ".")
	u, ok := p.Record.Unit(bureau)
	switch {
	case !ok:
		return ""
	case u.Kind == content.County || u.Kind == content.District:
		return u.Name + "教育局"
	}
	return u.Name
}

// AtTheTop reports whether whoever answered has nobody above in this office.
func (p *receiptPage) AtTheTop() bool {
	bureau, _, _ := strings.Cut(p.View.Case.Route.Unit, ".")
	u, ok := p.Record.Unit(bureau)
	return ok && u.Kind == content.Bureau
}
