// Package desk is the supervisors' half of the site: the queue by time left,
// the case with what is allowed to this officer now, and what goes with it
// (telephone, look-up, identity, erasure).
//
// A [Desk] hangs on the Server of the public site, under /desk, so that limits,
// headers and the check where a form comes from are the same. Every page asks
// the [Door] first who is there, is made for one request and is kept nowhere.
//
// What an officer sees is never decided here: each read goes through the
// office with the officer's id, and what the office does not show is answered
// like what does not exist. What an officer may do is not decided here either:
// forms.go lists the forms, and the office is asked (Try) which of them it
// would take now from this officer. A form that comes back with something
// wrong is shown again with what was typed.
//
// The path of a request: Mount's route → inside (door.go: connection, session)
// → a function from a [visit] to a component or to another address.
package desk

import (
	"embed"
	"io/fs"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/page"
)

//go:embed static
var static embed.FS

// Config is what a Desk is made of. Office, Door, Mint and Identity must be set.
type Config struct {
	Office *complaint.Office
	Door   Door
	// Mint makes the key of a complaint that an officer enters.
	Mint func(of string) complaint.Key
	// Files shows what citizens sent; nil: nothing can be shown.
	Files Files
	// QR draws a text as squares to be scanned, dark ones true; nil: it can only
	// be typed.
	QR func(text string) ([][]bool, error)
	// Damaged names the cases that cannot be read, which no list has; nil:
	// nobody knows.
	Damaged func() []string
	// Identity is whose site it is, as on its public pages.
	Identity func(*content.Snapshot) page.Identity
	Log      *slog.Logger
	Now      func() time.Time
}

// Desk is the supervisors' pages.
type Desk struct {
	Config
	server *page.Server
}

// New returns a desk that is not mounted yet.
func New(c Config) *Desk {
	if c.Now == nil {
		c.Now = time.Now //nolint:forbidigo // the default
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Desk{Config: c}
}

// looking bounds what one source asks of the desk; knocking, how often it
// tries to come in.
var (
	looking  = page.Rate{Name: "desk", Burst: 120, Every: 100 * time.Millisecond, Local: true}
	knocking = page.Rate{Name: "desk_door", Burst: 10, Every: 6 * time.Second}
)

// Mount adds the desk to the server, before it listens.
func (d *Desk) Mount(s *page.Server) error {
	d.server = s
	for _, name := range []string{"desk.css", "desk.js"} {
		b, err := fs.ReadFile(static, "static/"+name)
		if err != nil {
			return err
		}
		if err := s.Assets.Add(name, b); err != nil {
			return err
		}
	}
	s.ShowBelow("/desk", d.problem)
	d.get("/enter/:link", knocking, d.enter)
	d.post("/leave", looking, d.leave)
	d.doors()

	d.get("", looking, d.inside(d.queue))
	d.get("/newest", looking, d.newest)
	d.get("/find", looking, d.inside(d.find))
	d.get("/new", looking, d.inside(d.telephone))
	d.post("/new", looking, d.inside(d.enterCall))
	d.get("/cases/:number", looking, d.inside(d.one))
	d.post("/cases/:number/identity", looking, d.inside(d.identity))
	d.post("/cases/:number/words", looking, d.inside(d.words))
	if d.Files != nil {
		d.get("/cases/:number/files/:id", looking, d.inside(d.picture))
		d.post("/cases/:number/files/:id", looking, d.original)
	}
	d.post("/cases/:number/:form", looking, d.inside(d.press))
	return nil
}

// get and post add a route below /desk, within a rate. Nobody on the way can
// read what passes.
func (d *Desk) get(path string, r page.Rate, h fiber.Handler) {
	d.server.App.Get("/desk"+path, d.private, d.server.Limit(r), h)
}

func (d *Desk) post(path string, r page.Rate, h fiber.Handler) {
	d.server.App.Post("/desk"+path, d.private, d.server.Limit(r), h)
}
