package telegramtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Object is a JSON object.
type Object = map[string]any

// Raw brings an update of any form to the bot and returns its id. Queue says
// with which others it keeps its order on a webhook.
func (s *Server) Raw(queue string, body Object) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw(queue, body)
}

func (s *Server) raw(queue string, body Object) int64 {
	s.next++
	body["update_id"] = s.next
	b, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	s.updates = append(s.updates, update{s.next, queue, b, 1})
	s.changed.Broadcast()
	return s.next
}

func chatObject(chat int64) Object {
	if chat < 0 {
		return Object{"id": chat, "type": "supergroup", "title": "group"}
	}
	return Object{"id": chat, "type": "private", "first_name": "姓名不该留下"}
}

// Message brings a message with further fields and returns its id in the chat.
func (s *Server) Message(chat int64, fields Object) int {
	return s.message("message", chat, fields)
}

func (s *Server) message(kind string, chat int64, fields Object) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages++
	m := Object{
		"message_id": s.messages, "date": now().Unix(), "chat": chatObject(chat),
		"from": Object{"id": max(chat, 1), "is_bot": false, "first_name": "姓名不该留下", "username": "name_must_not_stay"},
	}
	maps.Copy(m, fields)
	s.raw(fmt.Sprint("chat ", chat), Object{kind: m})
	return s.messages
}

// Write brings a text.
func (s *Server) Write(chat int64, text string) int { return s.Message(chat, Object{"text": text}) }

// Edit changes a message.
func (s *Server) Edit(chat int64, message int, fields Object) {
	m := Object{"message_id": message, "edit_date": now().Unix()}
	maps.Copy(m, fields)
	s.message("edited_message", chat, m)
}

// Press presses the newest button with that label, and panics if there is none.
func (s *Server) Press(chat int64, label string) {
	for _, m := range slices.Backward(s.Said(chat)) {
		for _, b := range m.Buttons {
			if b.Text == label {
				s.PressData(chat, m.ID, b.Data)
				return
			}
		}
	}
	panic("telegramtest: no button " + label)
}

// PressData presses a button by what stands in it.
func (s *Server) PressData(chat int64, message int, data string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprint("query ", s.next+1)
	s.queries[id] = true
	s.raw(fmt.Sprint("user ", chat), Object{"callback_query": Object{
		"id": id, "from": Object{"id": chat, "is_bot": false, "first_name": "x"}, "chat_instance": "1", "data": data,
		"message": Object{"message_id": message, "date": now().Unix(), "chat": chatObject(chat), "text": "x"},
	}})
}

// Keep lets the bot fetch a file, and returns its id. Of one that is larger than
// its body the size is claimed.
func (s *Server) Keep(body []byte, size int64) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprint("file-", len(s.files)+1)
	s.files[id] = file{"documents/" + id, body, max(size, int64(len(body)))}
	return id
}

// Photo brings a picture, in two sizes as Telegram does.
func (s *Server) Photo(chat int64, body []byte, album, caption string) {
	id := s.Keep(body, 0)
	fields := Object{"photo": []Object{
		{"file_id": "thumb", "file_unique_id": "t", "width": 90, "height": 60, "file_size": 100},
		{"file_id": id, "file_unique_id": id, "width": 900, "height": 600, "file_size": len(body)},
	}}
	if album != "" {
		fields["media_group_id"] = album
	}
	if caption != "" {
		fields["caption"] = caption
	}
	s.Message(chat, fields)
}

// Document brings a file.
func (s *Server) Document(chat int64, body []byte, size int64, album string) {
	id := s.Keep(body, size)
	fields := Object{"document": Object{"file_id": id, "file_unique_id": id, "file_name": "姓名不该留下.jpg", "file_size": max(size, int64(len(body)))}}
	if album != "" {
		fields["media_group_id"] = album
	}
	s.Message(chat, fields)
}

// Again brings the newest update so often in all, as after answers that were
// lost.
func (s *Server) Again(times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.updates); n > 0 {
		s.updates[n-1].times = times
	}
}

// Block lets nobody write into the chat any more, or again.
func (s *Server) Block(chat int64, blocked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocked[chat] = blocked
}

// Break puts a fault in, for who waits for updates too, and Repair takes all of them out.
func (s *Server) Break(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
	s.breaks++
	s.changed.Broadcast()
}

// Repair takes out all faults.
func (s *Server) Repair() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
	s.changed.Broadcast()
}

// Said is what the bot said in a chat, in order; 0: in all.
func (s *Server) Said(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said(chat)
}

func (s *Server) said(chat int64) (out []Message) {
	for _, m := range s.sent {
		if m.Chat == chat || chat == 0 {
			out = append(out, m)
		}
	}
	return out
}

// Await waits until the bot said n messages in a chat and returns the last of
// them; after patience it panics.
func (s *Server) Await(chat int64, n int, patience time.Duration) Message {
	deadline := now().Add(patience)
	stop := time.AfterFunc(patience, s.tell)
	defer stop.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		said := s.said(chat)
		if len(said) >= n {
			return said[n-1]
		}
		if now().After(deadline) {
			var texts []string
			for _, m := range said {
				texts = append(texts, m.Text)
			}
			panic(fmt.Sprintf("telegramtest: %d messages in chat %d, want %d:\n%s", len(said), chat, n, strings.Join(texts, "\n---\n")))
		}
		s.changed.Wait()
	}
}

// Waiting is how many updates are not acknowledged.
func (s *Server) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}

// Calls is how often a method was called.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Removed are the messages that the bot took out of chats, Left the chats it left.
func (s *Server) Removed() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.removed)
}

// Shuffle turns round the order in which updates that wait are handed out.
func (s *Server) Shuffle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.Reverse(s.updates)
}
