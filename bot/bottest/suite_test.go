package bottest_test

import (
	"testing"

	"yangguang/bot"
	"yangguang/bot/bottest"
)

func TestSlips(t *testing.T) {
	bottest.RunSlips(t, func(*testing.T) bot.Slips { return new(bottest.Slips) })
}

func TestMemory(t *testing.T) {
	bottest.Run(t, func(*testing.T) bot.Sessions { return bottest.NewMemory() })
}
