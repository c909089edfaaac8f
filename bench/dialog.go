package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"yangguang/bot"
	"yangguang/bot/redisstore"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/content/sheet"
	"yangguang/search"
)

// stepsOfARound is how often each side of a round takes its turn.
const stepsOfARound = 400

// dialog compares a step of a conversation kept in Redis (the event taken, the
// talk sealed, the next revision committed) and the commit alone with what one
// round trip to that Redis costs, SET of as many bytes with a time to live, and
// with the raw commands. The sides take turns, call by call.
func (b *bench) dialog(ctx context.Context) (err error) {
	s, address, err := b.redis(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	d, err := openDialog(ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	sides := []struct {
		what, bar string
		do        func(context.Context) error
		pairs     pairs
	}{
		{what: "commit script", do: d.commit},
		{what: "dialog step, session remembered", bar: "≤ 1.2×", do: d.step},
		{what: "the same step without Redis", do: d.inMemory},
		{what: "dialog step, another instance was first", do: d.bounce},
		{what: "the commit as raw commands, MULTI … EXEC", do: d.raw},
		{what: "GET, then SET", do: d.getSet},
	}
	for range b.rounds {
		var one []float64
		took := make([][]float64, len(sides))
		for range stepsOfARound {
			if one, err = timed(ctx, one, d.set); err != nil {
				return err
			}
			for i, side := range sides {
				if took[i], err = timed(ctx, took[i], side.do); err != nil {
					return err
				}
			}
		}
		for i := range sides {
			sides[i].pairs.add(median(took[i]), median(one))
		}
	}
	for _, side := range sides {
		b.table.compare(side.what, "SET PX, one round trip", "µs", side.pairs, false, side.bar)
	}
	b.table.note("dialog: %d bytes are kept of the talk; a step is one round trip, two where another instance was first", len(d.blob))
	return nil
}

// timed does it and adds how many microseconds that took.
func timed(ctx context.Context, took []float64, do func(context.Context) error) ([]float64, error) {
	began := time.Now()
	err := do(ctx)
	return append(took, float64(time.Since(began).Nanoseconds())/1000), err
}

// redis starts a Redis on a port of the loopback, with the append-only file
// that a site needs, and returns its address.
func (b *bench) redis(ctx context.Context) (*server, string, error) {
	if err := need("redis-server"); err != nil {
		return nil, "", err
	}
	dir, err := os.MkdirTemp(b.dir, "redis")
	if err != nil {
		return nil, "", err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, "", err
	}
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, "", err
	}
	_, port, _ := strings.Cut(addr, ":")
	s, err := launch(ctx, addr, program, "--port", port, "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "yes")
	if err != nil {
		return nil, "", err
	}
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	for time.Since(s.began) < 10*time.Second {
		if err = client.Ping(ctx).Err(); err == nil {
			return s, "redis://" + addr, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.stop()
	return nil, "", fmt.Errorf("redis-server: %w: %s", err, s.said.String())
}

// talker is a conversation in which the same two things are done again and
// again: a question is answered, and that is taken back.
type talker struct {
	clerk *bot.Clerk
	conv  string
	turn  bot.Turn
	n     int
}

func (t *talker) next(ctx context.Context) (err error) {
	e := bot.Event{ID: fmt.Sprint(t.n), Act: bot.Back}
	if t.n%2 == 0 {
		e = bot.Event{ID: e.ID, Act: bot.Choose, Text: "anonymous", Prompt: t.turn.Talk.Open(time.Now()).Prompt}
	}
	t.n++
	t.turn, err = t.clerk.Take(ctx, t.conv, complaint.WebChat, e)
	return err
}

// talking brings a conversation to the question that is answered again and
// again.
func talking(ctx context.Context, c *bot.Clerk) (*talker, error) {
	t := &talker{clerk: c, conv: rand.Text()}
	turn, err := c.Take(ctx, t.conv, complaint.WebChat, bot.Event{ID: "story", Act: bot.Say, Text: "武陟的初中老师昨天逼我们报中专"})
	if err != nil {
		return nil, err
	}
	t.turn, err = c.Take(ctx, t.conv, complaint.WebChat, bot.Event{
		ID: "kind", Act: bot.Choose, Text: "yes", Prompt: turn.Talk.Open(time.Now()).Prompt,
	})
	return t, err
}

// dialog is all that is measured on one Redis.
type dialog struct {
	client   *redis.Client
	sessions *redisstore.Sessions
	stores   []*redisstore.Store

	blob              []byte // as long as what is kept of a talk
	session           bot.Session
	alone, kept       *talker
	bounced           *talker
	here, there       *bot.Clerk
	key, hash, ranked string
}

func openDialog(ctx context.Context, address string) (*dialog, error) {
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, err
	}
	d := &dialog{client: redis.NewClient(o), key: "raw:words", hash: "raw:talk", ranked: "raw:ends"}
	var clerks [3]*bot.Clerk
	for i := range clerks {
		s, err := redisstore.Open(redisstore.Config{Address: address, Prefix: "bench:", MAC: digest})
		if err != nil {
			return nil, err
		}
		d.stores, d.sessions = append(d.stores, s), s.Sessions()
		if clerks[i], err = newClerk(ctx, s.Sessions()); err != nil {
			return nil, err
		}
	}
	d.here, d.there = clerks[1], clerks[2]
	memory, err := newClerk(ctx, &forgetful{})
	if err != nil {
		return nil, err
	}
	for talk, clerk := range map[**talker]*bot.Clerk{&d.kept: clerks[0], &d.bounced: clerks[1], &d.alone: memory} {
		if *talk, err = talking(ctx, clerk); err != nil {
			return nil, err
		}
	}
	for range 64 { // as many events as are known again
		if err := d.step(ctx); err != nil {
			return nil, err
		}
	}
	words := d.client.Keys(ctx, "bench:words:*").Val()
	for _, key := range words {
		if b, err := d.client.Get(ctx, key).Bytes(); err == nil && len(b) > len(d.blob) {
			d.blob = b
		}
	}
	d.session = bot.Session{Draft: "draft", Key: complaint.Key{Of: "draft", Wrapped: make([]byte, 60)}, Expires: time.Now().Add(bot.Life)}
	for i := range 64 {
		d.session.Seen = append(d.session.Seen, fmt.Sprintf("%032d", i))
	}
	d.session.Sealed = bytes.Repeat([]byte{7}, len(d.blob)-64*17-64)
	return d, nil
}

func (d *dialog) close() error {
	err := d.client.Close()
	for _, s := range d.stores {
		err = errors.Join(err, s.Close())
	}
	return err
}

// set is one round trip: as many bytes, with a time to live.
func (d *dialog) set(ctx context.Context) error {
	return d.client.Set(ctx, d.key, d.blob, bot.Life).Err()
}

func (d *dialog) getSet(ctx context.Context) error {
	if err := d.client.Get(ctx, d.key).Err(); err != nil {
		return err
	}
	return d.set(ctx)
}

// raw is what the commit script does, without its checks.
func (d *dialog) raw(ctx context.Context) error {
	_, err := d.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HMGet(ctx, d.hash, "revision", "draft", "ends", "event")
		p.HSet(ctx, d.hash, "revision", 7, "draft", "draft", "event", d.session.Seen[0], "ends", 1)
		p.Set(ctx, d.key, d.blob, bot.Life)
		p.ZAdd(ctx, d.ranked, redis.Z{Score: float64(time.Now().UnixMilli()), Member: "conv"})
		return nil
	})
	return err
}

func (d *dialog) commit(ctx context.Context) error {
	if d.session.Revision++; d.session.Revision == 1 {
		one := d.session
		one.Seen = one.Seen[:1]
		return d.sessions.Commit(ctx, "commit", one)
	}
	return d.sessions.Commit(ctx, "commit", d.session)
}

func (d *dialog) step(ctx context.Context) error     { return d.kept.next(ctx) }
func (d *dialog) inMemory(ctx context.Context) error { return d.alone.next(ctx) }

// bounce takes the next event in the instance that did not take the last.
func (d *dialog) bounce(ctx context.Context) error {
	d.bounced.clerk, d.there, d.here = d.there, d.here, d.there
	return d.bounced.next(ctx)
}

// forgetful keeps nothing: what a step costs without it is what the clerk does
// itself.
type forgetful struct{}

func (*forgetful) Load(context.Context, string) (bot.Session, error) {
	return bot.Session{}, bot.ErrNone
}
func (*forgetful) Commit(context.Context, string, bot.Session) error           { return nil }
func (*forgetful) Drop(context.Context, string, int64) error                   { return nil }
func (*forgetful) Expired(context.Context, time.Time, int) ([]bot.Gone, error) { return nil, nil }

func digest(b []byte) []byte { sum := sha256.Sum256(b); return sum[:] }

// noticeRecord is the record that comes with the program.
func noticeRecord() (*content.Snapshot, error) {
	pack, err := sheet.ReadPack(content.Bundled())
	if err != nil {
		return nil, err
	}
	var all []content.Change
	for _, i := range pack.Items {
		all = append(all, content.Change{Op: content.Put, ID: i.Record.Head().ID, Record: i.Record})
	}
	return content.Fold([]content.Edition{{Number: 1, Changes: all}})
}

// newClerk returns the clerk of an instance.
func newClerk(ctx context.Context, sessions bot.Sessions) (*bot.Clerk, error) {
	record, err := noticeRecord()
	if err != nil {
		return nil, err
	}
	finder := search.NewFinder(search.NewMemory())
	if err := finder.Follow(ctx, record); err != nil {
		return nil, err
	}
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		return nil, err
	}
	office, err := newFilingOffice(new(complainttest.Book))
	if err != nil {
		return nil, err
	}
	return &bot.Clerk{
		Sessions: sessions, Office: office, Site: finder, Sealer: ring, Mint: ring.Mint, MAC: digest,
		Record:  func() *content.Snapshot { return record },
		Discard: func(context.Context, string) error { return nil },
	}, nil
}
