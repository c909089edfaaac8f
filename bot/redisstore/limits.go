package redisstore

import (
	"context"
	_ "embed"
	"encoding/hex"
	"errors"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"yangguang/site/page"
)

// Limits counts the turns of sources for all instances together; it is a
// [page.Limiter] that counts as a [page.Meter] does. A rate that is Local, and
// all while Redis cannot count, this process counts alone, the latter at half
// the rate.
type Limits struct {
	store *Store
	alone *page.Meter
	// out is until when Redis is not asked, since it did not answer; 0 if it
	// did.
	out atomic.Int64
}

var _ page.Limiter = (*Limits)(nil)

// Limits returns the limits.
func (s *Store) Limits() *Limits { return &Limits{store: s, alone: page.NewMeter(s.now)} }

// How long a reader waits for Redis at most, and how long others are then
// spared the wait.
const (
	countPatience = 250 * time.Millisecond
	spared        = time.Second
)

var (
	//go:embed take.lua
	takeText string
	//go:embed return.lua
	returnText string

	takeScript   = redis.NewScript(takeText)
	returnScript = redis.NewScript(returnText)
)

// Take implements page.Limiter.
func (l *Limits) Take(ctx context.Context, r page.Rate, source string) (time.Duration, error) {
	if r.Local {
		return l.alone.Take(ctx, r, source)
	}
	wait, err := l.count(ctx, takeScript, r, source)
	if err != nil {
		return l.alone.Take(ctx, half(r), source)
	}
	return wait, nil
}

// Return implements page.Limiter. A turn that was taken here while Redis was
// down is given back there once it is up, or the other way about: the source
// gains or loses one.
func (l *Limits) Return(ctx context.Context, r page.Rate, source string) error {
	if r.Local {
		return l.alone.Return(ctx, r, source)
	}
	if _, err := l.count(ctx, returnScript, r, source); err != nil {
		return l.alone.Return(ctx, half(r), source)
	}
	return nil
}

// half is the rate of a process that counts alone.
func half(r page.Rate) page.Rate {
	return page.Rate{Name: r.Name, Burst: max(1, r.Burst/2), Every: 2 * r.Every}
}

var errSpared = errors.New("redisstore: Redis did not answer a moment ago")

// count runs a script on the count of a rate, unless Redis did not answer a
// moment ago.
func (l *Limits) count(ctx context.Context, script *redis.Script, r page.Rate, source string) (time.Duration, error) {
	began := time.Now() //nolint:forbidigo // a wait is measured on the clock that it takes
	if began.UnixNano() < l.out.Load() {
		return 0, errSpared
	}
	bounded, done := context.WithTimeout(ctx, countPatience)
	defer done()
	wait, err := script.Run(bounded, l.store.client, []string{l.store.key("turns:" + r.Name)},
		l.clock(), r.Every.Microseconds(), r.Burst, l.named(source), page.MeterSources).Int64()
	if ctx.Err() != nil {
		return 0, err // the caller's doing says nothing of Redis
	}
	if err != nil {
		if l.out.Swap(began.Add(countPatience+spared).UnixNano()) == 0 {
			l.store.log.Warn("limits are counted by this process alone", "error", explain(err))
		}
		return 0, err
	}
	if l.out.Load() != 0 && l.out.Swap(0) != 0 {
		l.store.log.Info("limits are counted together again")
	}
	return time.Duration(wait) * time.Microsecond, nil
}

// clock is what the script counts by, in microseconds; 0 is Redis' own.
func (l *Limits) clock() int64 {
	if l.store.shared {
		return 0
	}
	return l.store.now().UnixMicro()
}

// named is the source under a name that is not its address.
func (l *Limits) named(source string) string {
	sum := l.store.mac([]byte(source))
	return hex.EncodeToString(sum[:min(len(sum), 12)])
}
