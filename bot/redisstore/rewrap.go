package redisstore

import (
	"context"
	_ "embed"

	"github.com/redis/go-redis/v9"

	"yangguang/complaint"
)

var (
	//go:embed rewrap.lua
	rewrapText   string
	rewrapScript = redis.NewScript(rewrapText)
)

// Rewrap replaces the wrapped keys of the drafts: anew returns the same key
// wrapped as it should be, or false where it is so already. A conversation
// changes only if it still stands as it was read, so that it may run beside a
// site, be killed anywhere and run again. It returns how many changed.
func (s *Sessions) Rewrap(ctx context.Context, anew func(complaint.Key) (complaint.Key, bool, error)) (changed int, err error) {
	names, err := s.client.ZRangeByScore(ctx, s.key("ends"), &redis.ZRangeBy{Min: "-inf", Max: "+inf"}).Result()
	if err != nil {
		return 0, explain(err)
	}
	for _, conv := range names {
		did, err := s.rewrap(ctx, conv, anew)
		if err != nil {
			return changed, err
		}
		if did {
			changed++
		}
	}
	return changed, explain(s.rewrite(ctx))
}

// rewrap does so for one; where somebody was faster it is read again.
func (s *Sessions) rewrap(ctx context.Context, conv string, anew func(complaint.Key) (complaint.Key, bool, error)) (bool, error) {
	for {
		answer, err := s.run(ctx, loadScript, conv)
		if err != nil {
			return false, err
		}
		was, err := session(answer)
		if err != nil || len(was.Key.Wrapped) == 0 {
			return false, err // it ended, or its words have vanished
		}
		key, other, err := anew(was.Key)
		if err != nil || !other {
			return false, err
		}
		next := was
		next.Key = key
		done, err := s.run(ctx, rewrapScript, conv, pack(was), pack(next), s.key("dropped"))
		if err != nil || len(done) == 1 && done[0] == int64(1) {
			return err == nil, err
		}
	}
}
