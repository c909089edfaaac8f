package store

import (
	"testing"

	"yangguang/bot"
	"yangguang/bot/bottest"
)

func TestOutbox(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		bottest.RunOutbox(t, func(t *testing.T) bot.Outbox { return open(t, another(t, c)).Outbox() })
	})
}

func TestSlips(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		bottest.RunSlips(t, func(t *testing.T) bot.Slips { return open(t, another(t, c)).Slips() })
	})
}

// another is an empty database of the same sort.
func another(t *testing.T, c Config) Config {
	t.Helper()
	if c.URL != "" {
		return newPostgres(t)
	}
	return newSQLite(t)
}
