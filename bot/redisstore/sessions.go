package redisstore

import (
	"context"
	_ "embed"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"yangguang/bot"
	"yangguang/complaint"
)

// grace is how long words outlive their end, for the clocks of two machines
// differ: about an hour.
const grace = time.Hour

// Sessions keeps the conversations between their events; it is a
// [bot.Sessions].
type Sessions struct{ *Store }

var _ bot.Sessions = (*Sessions)(nil)

// Sessions returns the conversations.
func (s *Store) Sessions() *Sessions { return &Sessions{s} }

var (
	//go:embed load.lua
	loadText string
	//go:embed commit.lua
	commitText string
	//go:embed drop.lua
	dropText string
	//go:embed expired.lua
	expiredText string

	loadScript    = redis.NewScript(loadText)
	commitScript  = redis.NewScript(commitText)
	dropScript    = redis.NewScript(dropText)
	expiredScript = redis.NewScript(expiredText)
)

// run calls a script on a conversation and returns its answer.
func (s *Sessions) run(ctx context.Context, script *redis.Script, conv string, args ...any) ([]any, error) {
	ctx, done := context.WithTimeout(ctx, Patience)
	defer done()
	keys := []string{s.key("talk:" + conv), s.key("words:" + conv), s.key("ends")}
	answer, err := script.Run(ctx, s.client, keys, args...).Slice()
	return answer, notKept(err)
}

// Load returns what is kept of the conversation, or bot.ErrNone. When that
// cannot be known it is a complaint.ErrNotKept.
func (s *Sessions) Load(ctx context.Context, conv string) (bot.Session, error) {
	answer, err := s.run(ctx, loadScript, conv)
	if err != nil {
		return bot.Session{}, err
	}
	kept, err := session(answer)
	if err == nil && kept.Revision == 0 {
		err = bot.ErrNone
	}
	return kept, err
}

// session reads what a script says is there: revision, draft, end and words, or
// nothing.
func session(answer []any) (s bot.Session, err error) {
	if len(answer) != 4 {
		return s, errOdd
	}
	var said [4]string
	for i, v := range answer {
		said[i], _ = v.(string) // nil: not there
	}
	if said[0] == "" {
		return s, nil
	}
	s.Revision, err = strconv.ParseInt(said[0], 10, 64)
	end, endErr := strconv.ParseInt(said[2], 10, 64)
	s.Draft, s.Key, s.Expires = said[1], complaint.Key{Of: said[1]}, time.UnixMilli(end)
	return s, errors.Join(err, endErr, unpack(said[3], &s))
}

// Commit keeps next in place of the revision before it. Where another revision
// is there it returns a *bot.Moved.
func (s *Sessions) Commit(ctx context.Context, conv string, next bot.Session) error {
	last := ""
	if n := len(next.Seen); n > 0 {
		last = next.Seen[n-1]
	}
	lives := max(0, next.Expires.Sub(s.now())) + grace
	answer, err := s.run(ctx, commitScript, conv, next.Revision, next.Draft, last, next.Expires.UnixMilli(),
		lives.Milliseconds(), pack(next), conv, next.Begins())
	if err != nil || len(answer) == 0 {
		return err
	}
	there, err := session(answer)
	if err != nil {
		return err
	}
	return &bot.Moved{Now: there}
}

// Drop forgets the conversation if it still has that revision. Its words leave
// the files of Redis soon after an Expired.
func (s *Sessions) Drop(ctx context.Context, conv string, revision int64) error {
	return s.drop(ctx, conv, revision, s.key("dropped"))
}

// drop forgets a conversation, and notes under that key that the files of Redis
// still hold it.
func (s *Sessions) drop(ctx context.Context, conv string, revision int64, noted string) error {
	answer, err := s.run(ctx, dropScript, conv, revision, conv, noted)
	if err == nil && len(answer) > 0 {
		err = bot.ErrStale
	}
	return err
}

// Expired returns up to limit conversations that expired before the given time.
func (s *Sessions) Expired(ctx context.Context, before time.Time, limit int) ([]bot.Gone, error) {
	answer, err := s.run(ctx, expiredScript, "", before.UnixMilli(), limit, s.key("talk:"))
	if err != nil {
		return nil, err
	}
	if len(answer) == 0 { // the last question of a sweep
		if err := s.rewrite(ctx); err != nil {
			s.log.Warn("the file of Redis still holds what was given up", "error", explain(err))
		}
	}
	out := make([]bot.Gone, 0, len(answer)/3)
	for ; len(answer) >= 3; answer = answer[3:] {
		var g bot.Gone
		revision, _ := answer[1].(string)
		g.Conv, _ = answer[0].(string)
		g.Draft, _ = answer[2].(string)
		if g.Revision, err = strconv.ParseInt(revision, 10, 64); err != nil {
			return nil, errOdd
		}
		out = append(out, g)
	}
	return out, nil
}
