package telegram

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"yangguang/bot/telegram/telegramtest"
	"yangguang/complaint"
)

// The address of a Bot API server that somebody else wrote: .ci/telegram/run
// starts telegram-test-api and this test against it.
const emulator = "TELEGRAM_EMULATOR"

// jsonOnly rewrites what the library sends in parts for a server that reads
// JSON alone.
type jsonOnly struct{ http.RoundTripper }

func (j jsonOnly) RoundTrip(r *http.Request) (*http.Response, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return j.RoundTripper.RoundTrip(r)
	}
	fields := map[string]any{}
	for in := multipart.NewReader(r.Body, params["boundary"]); ; {
		part, err := in.NextPart()
		if err != nil {
			break // the end, or none at all
		}
		b, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		if fields[part.FormName()] = string(b); len(b) > 0 && b[0] == '{' {
			fields[part.FormName()] = json.RawMessage(b) // it gives back what it got
		}
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	out := r.Clone(r.Context())
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	out.Header.Set("Content-Type", "application/json")
	return j.RoundTripper.RoundTrip(out)
}

// person is somebody at the emulator.
type person struct {
	t    *testing.T
	url  string
	chat int64
	read int
}

func (p *person) post(path string, body telegramtest.Object) (result json.RawMessage) {
	p.t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.url+path, bytes.NewReader(b))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	var answer struct {
		Result json.RawMessage `json:"result"`
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		p.t.Fatal(err)
	}
	return answer.Result
}

func (p *person) who() telegramtest.Object {
	return telegramtest.Object{"id": p.chat, "first_name": "x", "is_bot": false}
}

func (p *person) write(text string) {
	p.t.Helper()
	p.post("/sendMessage", telegramtest.Object{
		"botToken": telegramtest.Token, "text": text, "date": time.Now().Unix(), "from": p.who(), "chat": telegramtest.Object{"id": p.chat, "type": "private"},
	})
}

type emulated struct {
	Text   string      `json:"text"`
	Chat   json.Number `json:"chat_id"`
	Markup struct {
		Keyboard [][]telegramtest.Button `json:"inline_keyboard"`
	} `json:"reply_markup"`
}

// next waits for the next message to this person.
func (p *person) next(words ...string) emulated {
	p.t.Helper()
	for range 400 {
		var history []struct {
			Message emulated `json:"message"`
		}
		if err := json.Unmarshal(p.post("/getUpdatesHistory", telegramtest.Object{"token": telegramtest.Token}), &history); err != nil {
			p.t.Fatal(err)
		}
		n := 0
		for _, h := range history {
			if chat, _ := h.Message.Chat.Int64(); chat != p.chat {
				continue
			}
			if n++; n <= p.read {
				continue
			}
			p.read++
			for _, word := range words {
				if !strings.Contains(h.Message.Text, word) {
					p.t.Errorf("no %q in:\n%s", word, h.Message.Text)
				}
			}
			return h.Message
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatalf("nothing came, want %q", words)
	return emulated{}
}

func (p *person) press(m emulated, label string) {
	p.t.Helper()
	for _, row := range m.Markup.Keyboard {
		for _, b := range row {
			if b.Text == label {
				p.post("/sendCallback", telegramtest.Object{
					"botToken": telegramtest.Token, "data": b.Data, "from": p.who(), "date": time.Now().Unix(),
					"message": telegramtest.Object{"message_id": 1, "date": time.Now().Unix(), "chat": telegramtest.Object{"id": p.chat, "type": "private"}},
				})
				return
			}
		}
	}
	p.t.Fatalf("no button %q on %+v", label, m)
}

// A whole complaint, the answer to it and the news of that, on a server that is
// not ours.
func TestOnAnEmulator(t *testing.T) {
	url := os.Getenv(emulator)
	if url == "" {
		t.Logf("%s is not set: see .ci/telegram/run", emulator)
		return
	}
	w := newWorld(t)
	w.stop()
	c, err := New(w.config(url, w.log))
	if err != nil {
		t.Fatal(err)
	}
	c.api.http.Transport = jsonOnly{http.DefaultTransport}
	w.Channel = c.quick()
	w.courier.Desk = w.Announce
	w.courier.Carry[complaint.Telegram] = w.Carry
	w.run()
	p := &person{t: t, url: url, chat: 77}
	p.write("/start")
	p.next("您好", "发生了什么事")
	p.write(story)
	p.press(p.next("我这样理解", "武陟"), "对，下一步")
	p.press(p.next("要留姓名吗"), "不留姓名")
	p.press(p.next("请核对"), "提交")
	p.next("已经提交。编号", address+"/once/")
	n := w.cases()[0].Number
	acts := func(who complaint.OfficerID, moves ...complaint.Action) {
		t.Helper()
		v, err := w.office.Open(t.Context(), who, n)
		if err == nil {
			_, err = w.office.Act(t.Context(), who, n, v.Case.Turn, moves...)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.carry()
	}
	acts("first", complaint.Action{Move: complaint.Accept}, complaint.Action{Move: complaint.Assign}, complaint.Action{Move: complaint.SignFor},
		complaint.Action{Move: complaint.DraftReply, Words: []byte("已经改正"), Facts: complaint.Facts{Outcome: complaint.Substantiated}},
		complaint.Action{Move: complaint.PresentReply})
	p.next("有新进展", address+"/receipt") // accepted
	p.next("有新进展")                     // assigned
	acts("second", complaint.Action{Move: complaint.Sign})
	if m := p.next("有新进展", n.String(), address+"/receipt"); strings.Contains(m.Text, "改正") {
		t.Errorf("the news says: %s", m.Text)
	}
	supervisors := &person{t: t, url: url, chat: group}
	supervisors.next("来了一件新的", address+"/desk")
}
