package telegram

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"yangguang/pattern"
)

// commandForm is a command as clients write it: /start, /start@the_bot, with
// something behind it or not.
var commandForm = pattern.New(`^/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?:\s|$)`)

// commandOf returns the command that a text is, and what stands behind it.
func commandOf(text string) (command, rest string) {
	m := commandForm.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return "", text
	}
	return strings.ToLower(m[1]), strings.TrimSpace(strings.TrimSpace(text)[len(m[0]):])
}

// commands are those that the menu of a client shows.
func (c *Channel) commands() []models.BotCommand {
	var out []models.BotCommand
	for _, name := range []string{"start", "status", "help", "cancel", "delete"} {
		out = append(out, models.BotCommand{Command: name, Description: c.say("command."+name, nil)})
	}
	return out
}
