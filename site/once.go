package site

import (
	"crypto/rand"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/page"
)

// once opens a one-time link: what a channel abroad must not carry. Who only
// looks at the address, as robots do that show what a link leads to, uses
// nothing up: that takes the button.
func (s *Site) once(c *fiber.Ctx) error {
	p := &oncePage{Record: s.board.Snapshot(), Token: strings.TrimPrefix(c.Path(), bot.SlipPath)}
	slip, err := s.slips.Look(c.UserContext(), p.Token)
	switch {
	case errors.Is(err, bot.ErrNone):
		p.Gone = true
	case err != nil:
		return err
	default:
		if p.For = slip.For; c.Method() == fiber.MethodPost {
			err = s.useSlip(c, p, slip)
		}
	}
	if err != nil && !errors.Is(err, bot.ErrNone) {
		return err
	}
	return s.answerOnce(c, p)
}

// useSlip does what the button asks for.
func (s *Site) useSlip(c *fiber.Ctx, p *oncePage, slip bot.Slip) (err error) {
	if slip.For == bot.ForIdentity {
		return s.tellWho(c, p, slip)
	}
	if slip, err = s.slips.Take(c.UserContext(), p.Token); err != nil {
		p.Gone = true
		return err
	}
	p.Slip = &slip
	return nil
}

// tellWho gives the conversation the name and the telephone from the form. The
// link is used up once they are kept.
func (s *Site) tellWho(c *fiber.Ctx, p *oncePage, slip bot.Slip) error {
	ctx := c.UserContext()
	turn, err := s.clerk.Look(ctx, slip.Conv)
	if err != nil || turn.Talk.ID() != slip.Draft || !turn.Talk.OnSite() {
		p.Gone = true
		return err
	}
	form := func(name string) string { return strings.TrimSpace(string(c.Request().PostArgs().Peek(name))) }
	p.Name, p.Phone = trimTo(form("name"), 200), trimTo(form("phone"), 100)
	e := bot.Event{ID: "once." + form("event"), Act: bot.Fill, Screen: bot.YouScreen, Fields: map[bot.SlotName]string{
		bot.Identity: turn.Talk.Answers[bot.Identity].Value, bot.Person: turn.Talk.Answers[bot.Person].Value,
		bot.Name: p.Name, bot.Phone: p.Phone,
	}}
	turn, err = s.clerk.Take(ctx, slip.Conv, complaint.Telegram, e)
	if err != nil {
		return err
	}
	for slot, problem := range map[bot.SlotName]*string{bot.Name: &p.NameProblem, bot.Phone: &p.PhoneProblem} {
		if r, wrong := turn.Talk.Refused[slot]; wrong {
			*problem = s.board.Snapshot().Say("talk", r.Problem, r.Args)
		}
	}
	if p.NameProblem != "" || p.PhoneProblem != "" {
		return nil
	}
	p.Told = true
	_, err = s.slips.Take(ctx, p.Token)
	return err
}

func (s *Site) answerOnce(c *fiber.Ctx, p *oncePage) error {
	return s.Fresh(func(_ *fiber.Ctx, pr page.Reading) (page.Document, error) {
		pr.Old, pr.Snapshot, pr.Path = 0, p.Record, receiptPath // the address of the link stands in no other
		r := s.read(pr, none)
		r.frame.Title, r.frame.NoIndex = "一次性链接", true
		r.frame.Styles = s.Assets.Path("case.css")
		p.Frame, p.Event = r.framed(), rand.Text()
		p.Frame.About = ""
		d := page.HTML(onceView(p))
		d.NoStore = true
		if p.Gone {
			d.Status = fiber.StatusGone
		}
		return d, nil
	})(c)
}

// oncePage is what a one-time link leads to.
type oncePage struct {
	page.Frame
	Record *content.Snapshot
	Token  string
	Event  string
	For    bot.Purpose
	// Gone: the link was used, or its time is over. Told: who complains is kept.
	Gone, Told bool
	// Slip is what was taken out, shown in this one answer.
	Slip *bot.Slip

	Name, Phone               string
	NameProblem, PhoneProblem string
}
