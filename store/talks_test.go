package store

import (
	"testing"

	"yangguang/bot"
	"yangguang/bot/bottest"
)

func TestTalks(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		bottest.Run(t, func(t *testing.T) bot.Sessions {
			fresh := newSQLite(t)
			if c.URL != "" {
				fresh = newPostgres(t)
			}
			return open(t, fresh).Talks()
		})
	})
}
