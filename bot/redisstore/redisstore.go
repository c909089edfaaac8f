// Package redisstore keeps conversations and counts limits in Redis, for a site
// that runs as several instances. [Sessions] is a bot.Sessions, [Limits] a
// page.Limiter; both are made of a [Store].
//
// What is kept of a conversation comes sealed and stays so. A conversation has
// two keys: talk:NAME holds its revision, draft, last event and end, words:NAME
// the key of the draft, the events seen and the talk. The words carry Redis'
// own time to live, so that they vanish even where no site runs any more; the
// rest stays until Sweep has discarded the evidence that hangs on the draft. The
// sorted set ends names those that may have ended: each under the earliest end
// since it was looked at. A step of a conversation is one
// script: it looks whether the revision before is there, keeps the next one,
// and where another instance was first answers with what is there instead. A
// script that runs twice, because the answer to the first was lost, changes
// nothing more.
//
// When Redis is down nothing is acknowledged: what a conversation needs returns
// a complaint.ErrNotKept within [Patience], and there is no second truth.
// Limits never open: what cannot be counted together is counted by each process
// alone, at half the rate, so that people still look a case up and sign in, and
// two instances together let through no more than one count did. What is read
// asks nothing of Redis: its rates are Local.
//
// Redis must keep an append-only file and evict nothing; Check says what is
// wrong. It gets by with these rights, for a site with the prefix yangguang:
//
//	~yangguang:* -@all +hello +ping +select +eval +evalsha +hget +hmget +hset +get +set +del +exists
//	+pexpire +time +zadd +zrem +zcard +zscore +zrangebyscore +zremrangebyscore +info +config|get +bgrewriteaof
//
// How a program opens it:
//
//	s, err := redisstore.Open(redisstore.Config{Address: url, Prefix: redisstore.Site, MAC: keys.MACFor("limits"), Log: log})
//	warnings, err := s.Check(ctx) // all printed; only an ErrDenied keeps the site from starting
//	clerk.Sessions, pages.Limiter = s.Sessions(), s.Limits()
//	defer s.Close()
package redisstore

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/redis/go-redis/v9"
)

// Prefixes of all keys: a fictional city never meets the real one.
const (
	Site = "yangguang:"
	Demo = "yangguang-demo:"
)

// Patience is how long a step of a conversation waits for Redis.
const Patience = 2 * time.Second

// Config is what a Store is made of. Address, Prefix and MAC must be set.
type Config struct {
	// Address is redis://[[user]:password@]host[:port][/number], rediss:// for
	// TLS, or unix://[user:password@]/path.
	Address string
	Prefix  string
	// MAC names the sources that limits count, so that no reader's address is
	// written down.
	MAC func([]byte) []byte
	Log *slog.Logger
	// Now is the clock. If nil it is this machine's, and for limits, which all
	// instances share, that of Redis.
	Now func() time.Time
}

// Store is a Redis. It connects when it is first needed, and again after every
// outage.
type Store struct {
	client *redis.Client
	prefix string
	mac    func([]byte) []byte
	log    *slog.Logger
	now    func() time.Time
	shared bool // the clock is that of Redis
	bare   bool // over a network without a password
}

// Open returns the store at the address, without calling it. An address that
// is none is an ErrAddress; the error does not repeat it, for it may hold a
// password.
func Open(c Config) (*Store, error) {
	o, err := redis.ParseURL(c.Address)
	if err != nil {
		return nil, fmt.Errorf("%w: want redis://[user:password@]host:port[/number], rediss://… or unix://…", ErrAddress)
	}
	if o.TLSConfig != nil {
		o.TLSConfig.MinVersion = tls.VersionTLS12
	}
	o.ContextTimeoutEnabled = true // else a paused Redis holds every caller for the client's own timeouts
	o.DialTimeout = Patience
	o.DisableIdentity = true
	o.MaxRetries = 2 // all scripts but those of limits may run again
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	shared := c.Now == nil
	if shared {
		c.Now = time.Now //nolint:forbidigo // the default of the injected clock
	}
	return &Store{
		client: redis.NewClient(o), prefix: c.Prefix, mac: c.MAC, log: c.Log, now: c.Now, shared: shared,
		bare: o.Network == "tcp" && o.Password == "" && !isLoopback(o.Addr),
	}, nil
}

// Close ends all connections.
func (s *Store) Close() error { return s.client.Close() }

// Ready reports whether Redis answers.
func (s *Store) Ready(ctx context.Context) error {
	ctx, done := context.WithTimeout(ctx, Patience)
	defer done()
	return explain(s.client.Ping(ctx).Err())
}

func (s *Store) key(parts string) string { return s.prefix + parts }

var errOdd = errors.New("redisstore: what is kept cannot be read")

// isLoopback reports whether the address is this machine's.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
