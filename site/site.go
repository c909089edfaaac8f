// Package site is the public half: the pages families read, the same lists as
// JSON and CSV, and the search.
//
// A page is a function from a reading (the snapshot, the day, the frame) to a
// component; its file has the deciding part, its templ file the words. Pages
// that are the same for everybody are cached whole (package page); those that
// depend on what somebody typed are made for each request. Everything is read
// from the snapshot in memory, never from the database.
//
// The pages about complaints are another matter. Nothing of them is cached,
// stored by a browser or said in an address. talk.go takes a conversation one
// step on: it finds which one (a cookie, or a hidden field where there is
// none), keeps the files, hands the event to the clerk, and leads to where the
// talk then stands, so that a page can be loaded again. /chat and /complain are
// two faces of it (talk.templ, talk_form.templ). receipt.go follows a case with
// its code. What somebody typed is in the answer again whenever it could not be
// kept.
package site

import (
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/bot"
	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/search"
	"yangguang/site/page"
)

//go:embed static
var static embed.FS

// Config is what a Site is made of.
type Config struct {
	Board  *content.Board
	Finder *search.Finder
	// Office is where complaints go, Clerk who takes them down, Cabinet where
	// their files are kept. Without a Clerk none are taken.
	Office  *complaint.Office
	Clerk   Clerk
	Cabinet Cabinet
	// Slips are one-time links; nil: there are none. Hooks are where channels
	// bring what happened there.
	Slips *bot.SlipBox
	Hooks []Hook
	// Identity is whose site it is.
	Identity func(*content.Snapshot) page.Identity
	// Address is the public address, nil in a trial; Proxies are the addresses
	// of the proxies before this site, the only ones that are believed.
	Address *url.URL
	Proxies []netip.Prefix
	// Limiter counts what a source does; in this process if nil.
	Limiter page.Limiter
	// Parts says how the servers are that the site stands on; nil: it stands on
	// none.
	Parts func() map[string]string
	Now   func() time.Time
	Log   *slog.Logger
}

// Site is the public site on its Server.
type Site struct {
	*page.Server
	finder   *search.Finder
	board    *content.Board
	office   *complaint.Office
	clerk    Clerk
	cabinet  Cabinet
	slips    *bot.SlipBox
	now      func() time.Time
	identity func(*content.Snapshot) page.Identity
	parts    func() map[string]string
	// datasets are the lists, in the order in which they were added.
	datasets []dataset
}

// New returns the site with all its routes. Close it, or Shutdown.
func New(c Config) (*Site, error) {
	assets, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	s := &Site{finder: c.Finder, board: c.Board, office: c.Office, clerk: c.Clerk, cabinet: c.Cabinet, slips: c.Slips, parts: c.Parts, now: c.Now, identity: c.Identity}
	if s.now == nil {
		s.now = time.Now //nolint:forbidigo // the default
	}
	s.Server, err = page.NewServer(page.Config{
		Board: c.Board, Assets: assets, Show: s.problem, Log: c.Log, Now: c.Now,
		Address: c.Address, Proxies: c.Proxies, Limiter: c.Limiter,
	})
	if err != nil {
		return nil, err
	}
	s.routes()
	for _, h := range c.Hooks {
		s.hook(h)
	}
	return s, nil
}

// pageFunc makes one page.
type pageFunc func(*reading) (templ.Component, error)

func (s *Site) routes() {
	app := s.App
	app.Get("/", s.cached(s.home))
	app.Get("/policies", s.cached(s.policies))
	app.Get("/policies/:id", s.cached(s.policy))
	app.Get("/policies/:id/original", s.cached(s.original))
	app.Get("/targets", s.newest(content.TypeTarget))
	app.Get("/targets/:year<int>", s.cached(s.targets))
	app.Get("/targets/:year<int>/:unit", s.cached(s.target))
	app.Get("/calendar", s.newest(content.TypeKeyDate))
	app.Get("/calendar/:year<int>", s.cached(s.calendar))
	app.Get("/unpublished", s.cached(s.unpublished))
	app.Get("/faq", s.cached(s.faq))
	app.Get("/glossary", s.cached(s.glossary))
	app.Get("/about", s.cached(s.about))
	app.Get("/about/:slug", s.cached(s.article))

	app.Get("/history/*", s.cached(s.history))
	app.Get("/policies/:id/history", s.past(content.TypePolicy, "id"))
	app.Get("/targets/:year<int>/:unit/history", s.past(content.TypeTarget, "year", "unit"))
	app.Get("/schools/:code/history", s.past(content.TypeSchool, "code"))
	app.Get("/policies/:id/v/:n", s.version)
	app.Get("/policies/:id/diff/:a..:b", s.cached(s.difference))

	lookups := s.Limit(page.Rate{Name: "lookup", Burst: 200, Every: 50 * time.Millisecond, Local: true})
	app.Get(changesPath, lookups, s.fresh(s.changes))
	app.Get(changesPath+"/:edition<int>", lookups, s.fresh(s.change))
	app.Get("/tools/duration", lookups, s.fresh(s.duration))
	app.Get("/tools/deadline", lookups, s.fresh(s.deadline))
	app.Get("/search", lookups, s.current(s.search))
	app.Get("/verify", lookups, s.current(s.verify))
	app.Post("/verify", lookups, s.current(s.verify))

	s.recordRoutes(lookups)
	s.caseRoutes(lookups)

	app.Get("/api/v1/search", lookups, s.Fresh(s.searchJSON))
	app.Get("/suggest", lookups, s.Fresh(s.suggestions))
	app.Post("/view", s.switchView)
	app.Get("/healthz", s.health)
	app.Get("/readyz", s.ready)
	s.lists()
	app.Get(dataPath, s.cached(s.data))
	app.Get(apiPath+"/openapi.json", s.Cached(s.described))
	app.Get("/calendar/:year<int>.ics", s.Cached(s.keyDatesICS))
	app.Get(changesPath+".atom", s.Cached(s.changesFeed))
	app.Get("/feed.atom", s.Cached(s.changesFeed))
	app.Get("/sitemap.xml", s.Cached(s.sitemap))
	app.Get("/favicon.svg", s.Cached(s.favicon))
	app.Get("/robots.txt", s.Cached(s.robots))
}

// recordRoutes are the pages of schools and of what they recruit. One for which
// there are no records answers that nothing is published.
func (s *Site) recordRoutes(lookups fiber.Handler) {
	app := s.App
	s.chosen("/schools", lookups, s.schools, schoolChoices...)
	app.Get("/schools/:code", s.cached(s.school))
	app.Get("/specialties", s.cached(s.specialties))
	s.chosen("/specialties/:code", lookups, s.specialty, "page")
	for path, of := range map[string]struct {
		content.Type
		page    pageFunc
		choices []string
	}{
		"/qualifications": {content.TypeQualification, s.qualifications, nil},
		"/plans":          {content.TypePlan, s.plans, planChoices},
		"/results":        {content.TypeResult, s.results, []string{"page"}},
		"/bulletins":      {content.TypeBulletin, s.bulletins, nil},
	} {
		app.Get(path, s.newest(of.Type))
		s.chosen(path+"/:year<int>", lookups, of.page, of.choices...)
	}
	app.Get("/bulletins/:year<int>/:date", s.cached(s.bulletin))
	app.Get("/clarifications", s.cached(s.clarifications))
	app.Get("/clarifications/:key", s.cached(s.clarification))
	for _, path := range []string{"/sheets/:key", "/sheets/:year<int>/:key"} {
		app.Get(path+".csv", s.sheetFile(sheetCSV))
		app.Get(path+".json", s.sheetFile(sheetJSON))
		s.chosen(path, lookups, s.sheetTable, sheetChoices...)
	}
}

// caseRoutes are the pages about complaints. Without an office there is only
// the one that says whom to call.
func (s *Site) caseRoutes(lookups fiber.Handler) {
	app := s.App
	for _, path := range []string{chatFace.path, formFace.path, receiptPath} {
		s.ShowBelow(path, s.caseProblem)
		s.HandBack(path)
	}
	s.HandBack("/verify")
	app.Get(formFace.path, lookups, s.talkPage(formFace))
	app.Post(formFace.path, s.talkStep(formFace))
	if s.clerk == nil {
		return
	}
	app.Get(chatFace.path, lookups, s.talkPage(chatFace))
	app.Post(chatFace.path, s.talkStep(chatFace))
	for _, f := range []face{chatFace, formFace} {
		s.Upload(f.path+"/files", messages, s.talkFiles(f))
		app.Get(f.path+"/files", func(c *fiber.Ctx) error { return redirect(c, fiber.StatusFound, f.path) })
	}
	if s.slips != nil {
		app.Get(bot.SlipPath+":token", lookups, s.once)
		app.Post(bot.SlipPath+":token", lookups, s.once)
	}
	app.Get(receiptPath, lookups, s.receipt)
	app.Post(receiptPath, lookups, s.receipt)
	s.Upload(receiptPath+"/files", messages, s.receiptFiles)
	app.Get(receiptPath+"/files", func(c *fiber.Ctx) error { return redirect(c, fiber.StatusFound, receiptPath) })
}

// cached serves a page that is the same for every reader.
func (s *Site) cached(f pageFunc) fiber.Handler {
	return s.Cached(func(pr page.Reading) (page.Document, error) {
		return drawn(f, s.read(pr, none))
	})
}

// fresh serves a page that depends on what this reader typed.
func (s *Site) fresh(f pageFunc) fiber.Handler {
	return s.Fresh(func(c *fiber.Ctx, pr page.Reading) (page.Document, error) {
		r := s.read(pr, queryParam(c))
		if c.Method() == fiber.MethodPost {
			r.form = func(name string) string { return string(c.Request().PostArgs().Peek(name)) }
		} else {
			r.frame.Back = backTo(c.OriginalURL())
		}
		return drawn(f, r)
	})
}

// current is fresh for a page about what holds now, whatever edition the
// address asks for: what it finds comes from the newest.
func (s *Site) current(f pageFunc) fiber.Handler {
	return s.fresh(func(r *reading) (templ.Component, error) {
		if r.frame.Old != 0 {
			r.frame.Old, r.Snapshot = 0, s.board.Snapshot()
		}
		return f(r)
	})
}

func drawn(f pageFunc, r *reading) (page.Document, error) {
	c, err := f(r)
	if errors.Is(err, content.ErrNotFound) {
		if _, gone := r.TombstoneAt(r.frame.Path); gone {
			err = content.ErrTakenDown
		}
	}
	if err != nil {
		return page.Document{}, err
	}
	d := page.HTML(c)
	d.NoStore = r.noStore
	return d, nil
}

func none(string) string { return "" }

func queryParam(c *fiber.Ctx) func(string) string {
	return func(name string) string { return strings.TrimSpace(c.Query(name)) }
}

// read starts a reading: what every page of this site has in its frame.
func (s *Site) read(pr page.Reading, query func(string) string) *reading {
	return &reading{
		Snapshot: pr.Snapshot, today: pr.Today, param: pr.Param, query: query, form: none, context: pr.Context,
		frame: page.Frame{
			Identity: s.identity(pr.Snapshot), Path: pr.Path, Back: pr.Path, Elder: pr.View == page.Elder, Old: pr.Old,
			Styles: s.Assets.Path("app.css"), Script: s.Assets.Path("app.js"),
		},
	}
}

// newest leads to the newest year with records of the type, or where all were
// withdrawn, to the newest that had some.
func (s *Site) newest(t content.Type) fiber.Handler {
	return func(c *fiber.Ctx) error {
		now := s.board.Snapshot()
		year := 0
		if years := now.Years(t); len(years) > 0 {
			year = years[0]
		} else if gone := now.Withdrawn(t, 0); len(gone) > 0 {
			year = gone[len(gone)-1].Head().Year
		}
		if year == 0 {
			return content.ErrNotFound
		}
		return redirect(c, fiber.StatusFound, c.Path()+"/"+itoa(year))
	}
}

// redirect leads to a path of this site and keeps what the address asks for:
// the view and the edition.
func redirect(c *fiber.Ctx, status int, path string) error {
	if query := string(c.Request().URI().QueryString()); query != "" {
		path += "?" + query
	}
	return c.Redirect(path, status)
}

// switchView remembers 长辈版 or 普通版 in the one cookie that a reader can get,
// and leads back.
func (s *Site) switchView(c *fiber.Ctx) error {
	form := c.Request().PostArgs()
	s.RememberView(c, page.ParseView(string(form.Peek("view"))))
	return c.Redirect(backTo(string(form.Peek("back"))), fiber.StatusSeeOther)
}

// backTo returns an address of this site without a view, so that the
// remembered one holds; for anything else the first page.
func backTo(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, "\\") {
		return "/"
	}
	query := u.Query()
	query.Del("view")
	return (&url.URL{Path: u.Path, RawQuery: query.Encode()}).String()
}

// problem is the page that says what went wrong.
func (s *Site) problem(pr page.Reading, p page.Problem) templ.Component {
	r := s.read(pr, none)
	r.frame.Title, r.frame.NoIndex = p.Text, true
	if stone, ok := pr.Snapshot.TombstoneAt(pr.Path); ok {
		p.Help = calendar.DateOf(stone.At).Long() + "下架。原因：" + stone.Reason + "。" + p.Help
	}
	return problemView(r.framed(), p)
}

// caseProblem is that page where people tell what happened to them.
func (s *Site) caseProblem(pr page.Reading, p page.Problem) templ.Component {
	r := s.read(pr, none)
	r.frame.Title, r.frame.NoIndex = p.Text, true
	r.frame.Styles = s.Assets.Path("case.css")
	r.only()
	f := r.framed()
	f.About = ""
	return caseProblemView(f, pr.Snapshot, p)
}

func (s *Site) favicon(page.Reading) (page.Document, error) { return s.Assets.Document("favicon.svg") }

// health says that the process answers.
func (s *Site) health(c *fiber.Ctx) error { return state(c, fiber.Map{"ok": true}) }

// ready says that there is a record to show. With it families are served,
// whatever else is down; what is, stands beside it.
func (s *Site) ready(c *fiber.Ctx) error {
	now := s.board.Snapshot()
	if now.Edition == 0 {
		c.Status(fiber.StatusServiceUnavailable)
	}
	says := fiber.Map{"ok": now.Edition > 0, "edition": now.Edition}
	if s.parts != nil {
		if parts := s.parts(); len(parts) > 0 {
			says["parts"] = parts
		}
	}
	return state(c, says)
}

// state answers a machine that watches the site; it is never kept.
func state(c *fiber.Ctx, v fiber.Map) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(v, "application/json; charset=utf-8")
}
