package telegram

import (
	"encoding/json"
	"strconv"

	"github.com/go-telegram/bot/models"
)

// update is what happened in a chat, as far as it matters here.
//
//nolint:recvcheck // it is changed while it is read
type update struct {
	ID      int64
	Chat    int64
	Message int // its id in the chat
	Private bool
	What    what
	// Text is what was written, with a file too. Data is a button's.
	Text  string
	Data  string
	Press string // the id of the pressing, to be answered
	File  *file
	// Album is common to files that were sent together.
	Album string
}

// what happened.
type what string

const (
	wrote   what = "wrote"
	revised what = "revised"
	pressed what = "pressed"
	sent    what = "sent" // a file
	// What is not taken, by the key of what is said to it.
	voice    what = "voice"
	sticker  what = "sticker"
	location what = "location"
	contact  what = "contact"
	other    what = "other"
	// joined: the bot was taken into a chat of several.
	joined  what = "joined"
	nothing what = "nothing" // to be answered
)

// file is something that was sent.
type file struct {
	ID   string
	Size int64 // as Telegram says
}

// read reads an update. One that does not read is nothing, with its id.
func read(b []byte) (u update) {
	var in models.Update
	if json.Unmarshal(b, &in) != nil {
		var id struct {
			ID int64 `json:"update_id"`
		}
		_ = json.Unmarshal(b, &id) // 0 where it has none
		return update{ID: id.ID, What: nothing}
	}
	u = update{ID: in.ID, What: nothing}
	switch {
	case in.Message != nil:
		u.said(in.Message)
	case in.EditedMessage != nil:
		u.said(in.EditedMessage)
		switch u.What { //nolint:exhaustive // the others can be changed
		case nothing:
		case location: // one that is shared for a while moves by itself
			u.What = nothing
		default:
			u.What, u.File = revised, nil
		}
	case in.CallbackQuery != nil:
		u.pressing(in.CallbackQuery)
	case in.MyChatMember != nil:
		m := in.MyChatMember
		u.chat(m.Chat)
		in := m.NewChatMember.Type == models.ChatMemberTypeMember || m.NewChatMember.Type == models.ChatMemberTypeAdministrator
		was := m.OldChatMember.Type == models.ChatMemberTypeMember || m.OldChatMember.Type == models.ChatMemberTypeAdministrator
		if in && !was && !u.Private {
			u.What = joined
		}
	}
	return u
}

func (u *update) chat(c models.Chat) { u.Chat, u.Private = c.ID, c.Type == models.ChatTypePrivate }

func (u *update) said(m *models.Message) {
	u.chat(m.Chat)
	u.Message, u.Text, u.Album = m.ID, m.Text, m.MediaGroupID
	if m.Caption != "" {
		u.Text = m.Caption
	}
	if m.From != nil && m.From.IsBot {
		return
	}
	u.What = kindOf(m)
	u.File = fileOf(m)
}

func kindOf(m *models.Message) what {
	switch {
	case fileOf(m) != nil:
		return sent
	case m.Voice != nil, m.VideoNote != nil:
		return voice
	case m.Sticker != nil, m.Dice != nil:
		return sticker
	case m.Location != nil, m.Venue != nil:
		return location
	case m.Contact != nil:
		return contact
	case m.Text != "":
		return wrote
	case m.Poll != nil, m.Game != nil, m.Story != nil, m.Checklist != nil, m.PaidMedia != nil:
		return other
	}
	return nothing // of the chat itself
}

// fileOf is the file of a message: of a photo its largest size.
func fileOf(m *models.Message) *file {
	switch {
	case len(m.Photo) > 0:
		best := m.Photo[0]
		for _, p := range m.Photo {
			if p.Width*p.Height > best.Width*best.Height {
				best = p
			}
		}
		return &file{best.FileID, int64(best.FileSize)}
	case m.Animation != nil: // a document too
		return &file{m.Animation.FileID, m.Animation.FileSize}
	case m.Document != nil:
		return &file{m.Document.FileID, m.Document.FileSize}
	case m.Video != nil:
		return &file{m.Video.FileID, m.Video.FileSize}
	case m.Audio != nil:
		return &file{m.Audio.FileID, m.Audio.FileSize}
	}
	return nil
}

func (u *update) pressing(q *models.CallbackQuery) {
	u.What, u.Data, u.Press = pressed, q.Data, q.ID
	switch {
	case q.Message.Message != nil:
		u.chat(q.Message.Message.Chat)
	case q.Message.InaccessibleMessage != nil:
		u.chat(q.Message.InaccessibleMessage.Chat)
	default: // a private chat has the id of who is in it
		u.Chat, u.Private = q.From.ID, true
	}
}

// message names the message of an update, which may be changed later.
func (u update) message() string {
	if u.Press != "" || u.Message == 0 {
		return ""
	}
	return strconv.Itoa(u.Message)
}

// event names the event of an update for the clerk.
func (u update) event() string {
	if u.Press != "" {
		return "press." + u.Press
	}
	return u.parcel()
}

// parcel names what is said to an update.
func (u update) parcel() string { return "update." + strconv.FormatInt(u.ID, 10) }
