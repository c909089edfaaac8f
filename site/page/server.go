package page

import (
	"context"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"runtime"
	"slices"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Config is what a Server is made of. Board, Assets and Show are required; the
// rest has defaults that serve an office.
type Config struct {
	Board Board
	// Assets are the styles, scripts and pictures that pages name.
	Assets fs.FS
	// Show draws the page that tells a reader what went wrong.
	Show func(Reading, Problem) templ.Component

	// Address is the site's public address; empty in a trial.
	Address *url.URL
	// Proxies are the addresses whose X-Forwarded-For is believed, and of it the
	// right-most address that is none of theirs. Nobody else's is, and what a
	// proxy that is not named here passes on to this machine's own address is
	// refused.
	Proxies []netip.Prefix
	// Limiter counts what a source asks for; in this process if nil.
	Limiter Limiter

	Log *slog.Logger
	Now func() time.Time

	// ReadTimeout is the time to send a whole request, WriteTimeout to take a
	// whole answer, IdleTimeout until the next request of a connection,
	// Deadline for the work on one.
	ReadTimeout, WriteTimeout, IdleTimeout, Deadline time.Duration
	// UploadTime is the time to send a form with files, as long as something
	// arrives in each UploadStretch: a phone on a bad line is slow but goes on.
	UploadTime, UploadStretch time.Duration
	// BodyLimit is the largest body taken, files aside.
	BodyLimit int
	// Connections is how many may be open at a time, ConnectionsOfEach how many
	// of one source; a proxy of ours is none.
	Connections, ConnectionsOfEach int
	// Renders is how many pages are made at a time, Waiting how many requests
	// may wait for that, and Patience how long.
	Renders, Waiting int
	Patience         time.Duration
	// CacheEntries and CacheBytes bound the page cache.
	CacheEntries, CacheBytes int
}

func (c Config) withDefaults() Config {
	or := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	orInt := func(n *int, v int) {
		if *n == 0 {
			*n = v
		}
	}
	or(&c.ReadTimeout, 10*time.Second)
	or(&c.WriteTimeout, 30*time.Second)
	or(&c.IdleTimeout, 60*time.Second)
	or(&c.Deadline, 8*time.Second)
	or(&c.UploadTime, 15*time.Minute)
	or(&c.UploadStretch, 20*time.Second)
	or(&c.Patience, 2*time.Second)
	orInt(&c.BodyLimit, 1<<20)
	orInt(&c.Connections, connections)
	orInt(&c.ConnectionsOfEach, connectionsOfEach)
	orInt(&c.Renders, 4*runtime.GOMAXPROCS(0))
	orInt(&c.Waiting, 256)
	orInt(&c.CacheEntries, 4096)
	orInt(&c.CacheBytes, 32<<20)
	if c.Now == nil {
		c.Now = time.Now //nolint:forbidigo // the default
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Limiter == nil {
		c.Limiter = NewMeter(c.Now)
	}
	return c
}

// Server is a Fiber app with everything that stands under its pages. Routes
// are added to App before it listens.
type Server struct {
	App    *fiber.App
	Assets *Assets

	board    Board
	show     func(Reading, Problem) templ.Component
	rooms    map[string]func(Reading, Problem) templ.Component
	log      *slog.Logger
	now      func() time.Time
	deadline time.Duration

	// trial is a site without a public address: it runs on one machine, for
	// whoever started it.
	trial, https bool
	viewCookie   string
	security     block
	origin       originCheck
	proxies      []netip.Prefix
	limiter      Limiter
	brake        *brake
	uploads      uploads
	handsBack    []string
	bodyLimit    int
	bodies       bodies
	// readTimeout is Config's; connections and connectionsOfEach too.
	readTimeout                    time.Duration
	connections, connectionsOfEach int
	cache                          *cache
	metrics                        *metrics
}

// NewServer returns a Server whose app answers for the assets and nothing
// else. Close it.
func NewServer(cfg Config) (*Server, error) {
	cfg = cfg.withDefaults()
	assets, err := NewAssets(cfg.Assets)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Assets: assets, board: cfg.Board, show: cfg.Show, log: cfg.Log, now: cfg.Now, deadline: cfg.Deadline,
		trial: cfg.Address == nil, https: cfg.Address != nil && cfg.Address.Scheme == "https", viewCookie: "view",
		proxies: cfg.Proxies, limiter: cfg.Limiter, bodyLimit: cfg.BodyLimit,
		readTimeout: cfg.ReadTimeout, connections: cfg.Connections, connectionsOfEach: cfg.ConnectionsOfEach,
		uploads: uploads{time: cfg.UploadTime, stretch: cfg.UploadStretch},
	}
	if s.https {
		s.viewCookie = "__Host-view"
	}
	s.security = securityHead(s.https)
	if s.origin, err = newOriginCheck(cfg.Address); err != nil {
		return nil, err
	}
	s.brake = newBrake(cfg.Renders, cfg.Waiting, cfg.Patience, func() { s.metrics.limited("renders") })
	s.metrics = newMetrics()
	s.cache = newCache(cfg.CacheEntries, cfg.CacheBytes, s.metrics)
	s.metrics.gauges(s)
	s.App = s.newApp(cfg)
	s.App.Get(assetPath+":name", s.Cached(assets.build))
	return s, nil
}

func (s *Server) newApp(cfg Config) *fiber.App {
	trusted := make([]string, len(cfg.Proxies))
	for i, p := range cfg.Proxies {
		trusted[i] = p.String()
	}
	app := fiber.New(fiber.Config{
		Immutable: true, StrictRouting: true, CaseSensitive: true,
		ReadTimeout: cfg.ReadTimeout, WriteTimeout: cfg.WriteTimeout, IdleTimeout: cfg.IdleTimeout,
		BodyLimit: uploadSize, DisableStartupMessage: true, // what is large is refused by receive
		// Bodies are left unread for the routes that read them as they arrive;
		// for all others receive reads them.
		StreamRequestBody: true, DisablePreParseMultipartForm: true,
		// Without the check Fiber believes everybody's X-Forwarded headers.
		EnableTrustedProxyCheck: true, TrustedProxies: trusted,
		ErrorHandler: s.outside,
	})
	app.Use(s.edge)
	inner := app.Server().Handler
	refuse := func(ctx *fasthttp.RequestCtx, why error) {
		c := app.AcquireCtx(ctx)
		defer app.ReleaseCtx(c)
		_ = s.outside(c, why) // it has answered
	}
	app.Server().Handler = func(ctx *fasthttp.RequestCtx) {
		if s.relayed(ctx) {
			refuse(ctx, errRelayed)
			ctx.Response.SetConnectionClose()
			return
		}
		release, err := s.receive(ctx)
		defer release()
		if err != nil {
			refuse(ctx, err)
			ctx.Response.SetConnectionClose()
			return
		}
		defer settle(ctx)
		switch {
		case s.trial && !loopback(ctx.Request.Header.Host()):
			refuse(ctx, errOtherHost)
		case s.front(ctx):
		case ctx.IsGet() || slices.Contains(fiber.DefaultMethods, string(ctx.Method())):
			inner(ctx)
		default: // Fiber answers a method that it does not know before any handler.
			refuse(ctx, fiber.ErrBadRequest)
		}
	}
	return app
}

// Serve answers on the listener until Shutdown.
func (s *Server) Serve(l net.Listener) error {
	return s.App.Listener(&gate{Listener: l, s: s, all: s.connections, each: s.connectionsOfEach, from: map[string]int{}})
}

// Shutdown takes no more connections, lets the requests in work finish until
// ctx ends, and stops the background work.
func (s *Server) Shutdown(ctx context.Context) error {
	defer s.Close()
	return s.App.ShutdownWithContext(ctx)
}

// Close stops the background work of a Server that does not listen any more.
// It may be called again.
func (s *Server) Close() { s.cache.close() }
