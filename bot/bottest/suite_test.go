package bottest_test

import (
	"testing"

	"yangguang/bot"
	"yangguang/bot/bottest"
)

func TestMemory(t *testing.T) {
	bottest.Run(t, func(*testing.T) bot.Sessions { return bottest.NewMemory() })
}
