package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"yangguang/bot"
	"yangguang/site/page"
)

// oldest is the first Redis whose scripts and sign-in are what is needed here.
const oldest = 6

// Check looks whether Redis takes us and keeps what it is given. It returns in
// plain words what whoever runs it should change; nothing of that keeps the
// site from serving. An ErrUnreachable may pass, an ErrDenied is a wrong
// setting.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	ctx, done := context.WithTimeout(ctx, 2*Patience)
	defer done()
	err := s.try(ctx)
	if errors.Is(err, ErrUnreachable) || errors.Is(err, ErrDenied) {
		return nil, err
	}
	said, infoErr := s.client.Info(ctx, "server", "replication").Result()
	if infoErr != nil {
		said = "" // not for this user: then nothing is said of it
	}
	return append(warnings(lines(said), s.settings(ctx)), s.unsafe()...), err
}

// try keeps a conversation and counts a turn: a user may sign in and be allowed
// nothing else. Nobody wrote that conversation, so no file is rewritten for it.
func (s *Store) try(ctx context.Context) error {
	conv := "try" + rand.Text()
	err := s.Sessions().Commit(ctx, conv, bot.Session{Revision: 1, Expires: s.now()})
	if err == nil {
		err = s.Sessions().drop(ctx, conv, 1, "")
	}
	if err == nil {
		_, err = s.Limits().count(ctx, takeScript, page.Rate{Name: "try", Burst: 1 << 20, Every: time.Millisecond}, "try")
	}
	return explain(err)
}

// settings are those of Redis that matter here; none where they may not be
// read.
func (s *Store) settings(ctx context.Context) map[string]string {
	all := map[string]string{}
	for _, some := range []string{"append*", "maxmemory*"} {
		set, err := s.client.ConfigGet(ctx, some).Result()
		if err != nil {
			return nil
		}
		maps.Copy(all, set)
	}
	return all
}

// lines reads what INFO says: a name and a value each.
func lines(said string) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(said) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			all[name] = value
		}
	}
	return all
}

// warnings are what is wrong with a Redis that says this of itself and has
// these settings.
func warnings(says, set map[string]string) (all []string) {
	warn := func(when bool, text string, args ...any) {
		if when {
			all = append(all, fmt.Sprintf(text, args...))
		}
	}
	version := says["redis_version"]
	major, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(major)
	warn(err == nil && n < oldest, "Redis 太旧了（%s）。请换成 7 或更新的版本。", version)
	warn(says["role"] == "slave", "这个 Redis 是只读的副本，存不进东西，投诉收不下来。请在 YANGGUANG_REDIS_URL 里写主库的地址。")
	if len(set) == 0 {
		return append(all, "看不到 Redis 的设置，没法替您核对。请自己看一看：appendonly 是 yes，maxmemory-policy 是 noeviction。")
	}
	warn(set["appendonly"] != "yes", "Redis 没有开 AOF（appendonly 是 %s）：它一停，没写完的投诉就丢了。请设成 appendonly yes。", set["appendonly"])
	warn(set["appendonly"] == "yes" && set["appendfsync"] == "no",
		"Redis 自己不把数据写到盘上（appendfsync 是 no）：断电时，最近没写完的投诉会丢。请设成 appendfsync everysec，要更稳就设成 always。")
	policy := set["maxmemory-policy"]
	warn(policy != "noeviction", "Redis 内存满了会自己删东西（maxmemory-policy 是 %s），没写完的投诉会不见。请设成 maxmemory-policy noeviction。", policy)
	return all
}

// unsafe is what is wrong with the way to it.
func (s *Store) unsafe() []string {
	if !s.bare {
		return nil
	}
	return []string{"连到另一台机器上的 Redis，却没有用密码，谁都能连上去。请给它设密码，再写进 YANGGUANG_REDIS_URL。"}
}
