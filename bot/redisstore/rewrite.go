package redisstore

import (
	"context"
	_ "embed"
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// settles is how long Redis' append-only file may hold what was dropped. That
// it shrinks by itself happens only when it has doubled.
const settles = 10 * time.Minute

var (
	//go:embed rewrite.lua
	rewriteText   string
	rewriteScript = redis.NewScript(rewriteText)
)

// rewrite lets Redis write its append-only file anew, if something was dropped
// since the last time and that is long enough ago: else the key and the words
// of a draft that was given up would still stand in it.
func (s *Store) rewrite(ctx context.Context) error {
	ctx, done := context.WithTimeout(ctx, Patience)
	defer done()
	dropped := s.key("dropped")
	due, err := rewriteScript.Run(ctx, s.client, nil, dropped, s.key("rewritten"), settles.Milliseconds()).Bool()
	if err != nil || !due {
		return err
	}
	said, err := s.client.Info(ctx, "persistence").Result()
	if err == nil && !strings.Contains(said, "aof_enabled:1") {
		return nil // there is no such file
	}
	if err = s.client.BgRewriteAOF(ctx).Err(); err != nil {
		err = errors.Join(err, s.client.Set(ctx, dropped, 1, 0).Err())
	}
	return err
}
