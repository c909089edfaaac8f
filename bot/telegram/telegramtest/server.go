// Package telegramtest is a Bot API server for tests, as strict as the real one
// where a bot goes wrong: an update comes again until it is acknowledged, by a
// higher offset or by a webhook's 200; who asks twice at once gets a conflict;
// what Telegram would refuse is refused. Faults are put in on purpose.
//
// A test is everybody else: it writes, presses and sends as a person ([Server.Write]
// and so on) and reads what the bot said ([Server.Said]).
package telegramtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf16"
)

func now() time.Time { return time.Now() } //nolint:forbidigo // a server has its own clock

// Token is the token of the bot.
const Token = "4711:TESTTOKEN-planted-here"

// Message is what the bot sent.
type Message struct {
	ID      int
	Chat    int64
	Text    string
	Buttons []Button
	At      time.Time
}

// Button is one of its buttons.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
	URL  string `json:"url"`
}

// Fault is something that goes wrong.
type Fault struct {
	// Method and Chat say where; empty and 0: everywhere.
	Method string
	Chat   int64
	Times  int // how often; 0: until it is taken out
	// What happens: a status with RetryAfter or MigrateTo, a page that is no
	// JSON, a connection that breaks before or after the method was done, or
	// nothing at all until the fault is taken out.
	Status     int
	RetryAfter int
	MigrateTo  int64
	HTML, Cut  bool
	CutAfter   bool
	Hangs      bool
}

// Server is the Bot API server.
type Server struct {
	*httptest.Server
	// Slow is how long a method takes.
	Slow time.Duration
	// Strict lets one message a second into a chat.
	Strict bool

	mu       sync.Mutex
	changed  *sync.Cond
	next     int64
	updates  []update // not acknowledged
	polling  int
	hook     hook
	sent     []Message
	messages int
	blocked  map[int64]bool
	files    map[string]file
	queries  map[string]bool // not answered
	removed  []int
	left     []int64
	calls    map[string]int
	faults   []*Fault
	breaks   int // how many faults were put in
	closed   bool
}

type update struct {
	id    int64
	queue string
	body  json.RawMessage
	times int // how often a hook is brought it yet
}

type file struct {
	path string
	body []byte
	size int64
}

// New returns a running server. Close it.
func New() *Server {
	s := &Server{blocked: map[int64]bool{}, files: map[string]file{}, queries: map[string]bool{}, calls: map[string]int{}, next: 1000}
	s.changed = sync.NewCond(&s.mu)
	s.Server = httptest.NewServer(s)
	return s
}

// tell wakes everybody who waits.
func (s *Server) tell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed.Broadcast()
}

// Stop ends the server and everybody who waits for it.
func (s *Server) Stop() {
	s.mu.Lock()
	s.closed = true
	s.changed.Broadcast()
	s.mu.Unlock()
	s.CloseClientConnections()
	s.Close()
}

// Kill lets nobody reach the server any more until Revive.
func (s *Server) Kill() {
	s.CloseClientConnections()
	s.Close()
}

// Revive starts a killed server at its old address. What waited waits.
func (s *Server) Revive() {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", s.Listener.Addr().String())
	if err != nil {
		panic(err)
	}
	again := httptest.NewUnstartedServer(s)
	again.Listener.Close() // it has another
	again.Listener = listener
	again.Start()
	s.Server = again
}

// ServeHTTP answers a call of a method or for a file.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+Token+"/"); ok {
		s.serveFile(w, path)
		return
	}
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+Token+"/")
	if !ok {
		refuse(w, http.StatusUnauthorized, "Unauthorized", nil)
		return
	}
	args, err := arguments(r)
	if err != nil {
		refuse(w, http.StatusBadRequest, "Bad Request: "+err.Error(), nil)
		return
	}
	time.Sleep(s.Slow)
	chat, _ := strconv.ParseInt(args["chat_id"], 10, 64)
	s.mu.Lock()
	s.calls[method]++
	fault := s.fault(method, chat)
	s.mu.Unlock()
	if fault.Hangs {
		s.repaired(r)
	}
	if fault.fails(w) {
		return
	}
	if fault.CutAfter {
		s.call(httptest.NewRecorder(), method, args, r)
		panic(http.ErrAbortHandler)
	}
	s.call(w, method, args, r)
}

// repaired waits until there is no fault any more. It breaks off where nobody
// waits for the answer.
func (s *Server) repaired(r *http.Request) {
	go func() { <-r.Context().Done(); s.tell() }()
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.faults) > 0 && !s.closed {
		if r.Context().Err() != nil {
			panic(http.ErrAbortHandler)
		}
		s.changed.Wait()
	}
}

// fails answers as the fault says, if it says so.
func (f Fault) fails(w http.ResponseWriter) bool {
	switch {
	case f.Cut:
		panic(http.ErrAbortHandler)
	case f.HTML:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, "<html>502 Bad Gateway "+Token+"</html>")
		return true
	case f.Status != 0:
		parameters := map[string]any{}
		if f.RetryAfter > 0 {
			parameters["retry_after"] = f.RetryAfter
		}
		if f.MigrateTo != 0 {
			parameters["migrate_to_chat_id"] = f.MigrateTo
		}
		refuse(w, f.Status, "as the test says: "+Token, parameters)
		return true
	}
	return false
}

func (s *Server) fault(method string, chat int64) Fault {
	for i, f := range s.faults {
		if f.Method != "" && f.Method != method || f.Chat != 0 && f.Chat != chat {
			continue
		}
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				s.faults = slices.Delete(s.faults, i, i+1)
			}
		}
		return *f
	}
	return Fault{}
}

// arguments reads a call as the real server does: JSON, a form, or parts.
func arguments(r *http.Request) (map[string]string, error) {
	out := map[string]string{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		var in map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			return nil, err
		}
		for name, v := range in {
			text := string(v)
			if json.Unmarshal(v, &text) != nil {
				text = string(v)
			}
			out[name] = text
		}
	case "multipart/form-data":
		parts, err := r.MultipartReader()
		if err != nil {
			return nil, err
		}
		for {
			part, err := parts.NextPart()
			if err != nil { // a call without parameters has an empty body
				return out, nil //nolint:nilerr // as the real one takes it
			}
			b, err := io.ReadAll(part)
			if err != nil {
				return nil, err
			}
			out[part.FormName()] = string(b)
		}
	default:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, err
		}
		for name := range values {
			out[name] = values.Get(name)
		}
	}
	return out, nil
}

func (s *Server) call(w http.ResponseWriter, method string, args map[string]string, r *http.Request) {
	switch method {
	case "getUpdates":
		s.getUpdates(w, args, r)
	case "setWebhook":
		s.setWebhook(w, args)
	case "deleteWebhook":
		s.mu.Lock()
		s.hook = hook{}
		s.mu.Unlock()
		accept(w, true)
	case "sendMessage":
		s.sendMessage(w, args)
	case "answerCallbackQuery":
		s.mu.Lock()
		known := s.queries[args["callback_query_id"]]
		delete(s.queries, args["callback_query_id"])
		s.mu.Unlock()
		if !known {
			refuse(w, http.StatusBadRequest, "Bad Request: query is too old and response timeout expired or query ID is invalid", nil)
			return
		}
		accept(w, true)
	case "getFile":
		s.getFile(w, args["file_id"])
	case "deleteMessage":
		id, _ := strconv.Atoi(args["message_id"])
		s.mu.Lock()
		s.removed = append(s.removed, id)
		s.mu.Unlock()
		accept(w, true)
	case "deleteMessages":
		var ids []int
		if json.Unmarshal([]byte(args["message_ids"]), &ids) != nil || len(ids) == 0 || len(ids) > 100 {
			refuse(w, http.StatusBadRequest, "Bad Request: message identifiers are not specified", nil)
			return
		}
		s.mu.Lock()
		s.removed = append(s.removed, ids...)
		s.mu.Unlock()
		accept(w, true)
	case "leaveChat":
		chat, _ := strconv.ParseInt(args["chat_id"], 10, 64)
		s.mu.Lock()
		s.left = append(s.left, chat)
		s.mu.Unlock()
		accept(w, true)
	case "setMyCommands":
		var list []struct {
			Command     string `json:"command"`
			Description string `json:"description"`
		}
		if json.Unmarshal([]byte(args["commands"]), &list) != nil || len(list) == 0 || list[0].Description == "" {
			refuse(w, http.StatusBadRequest, "Bad Request: can't parse commands", nil)
			return
		}
		accept(w, true)
	case "getMe":
		accept(w, map[string]any{"id": 4711, "is_bot": true, "first_name": "bot", "username": "the_bot"})
	default:
		refuse(w, http.StatusNotFound, "Not Found", nil)
	}
}

func accept(w http.ResponseWriter, result any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func refuse(w http.ResponseWriter, status int, why string, parameters map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	answer := map[string]any{"ok": false, "error_code": status, "description": why}
	if len(parameters) > 0 {
		answer["parameters"] = parameters
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// getUpdates acknowledges what is before the offset, and waits for what comes.
func (s *Server) getUpdates(w http.ResponseWriter, args map[string]string, r *http.Request) {
	offset, _ := strconv.ParseInt(args["offset"], 10, 64)
	limit, err := strconv.Atoi(args["limit"])
	if err != nil {
		limit = 100
	}
	seconds, _ := strconv.Atoi(args["timeout"])
	deadline := now().Add(time.Duration(seconds) * time.Second)
	gone := r.Context().Done()
	stop := time.AfterFunc(time.Duration(seconds)*time.Second, s.tell)
	defer stop.Stop()
	go func() { <-gone; s.tell() }()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook.url != "" {
		refuse(w, http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", nil)
		return
	}
	s.polling++
	mine, breaks := s.polling, s.breaks
	s.changed.Broadcast()
	if offset > 0 {
		s.updates = slices.DeleteFunc(s.updates, func(u update) bool { return u.id < offset })
	}
	for {
		switch {
		case mine != s.polling:
			refuse(w, http.StatusConflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", nil)
			return
		case breaks != s.breaks:
			accept(w, []json.RawMessage{})
			return
		case len(s.updates) > 0 || !now().Before(deadline) || r.Context().Err() != nil || s.closed:
			out := []json.RawMessage{}
			for _, u := range s.updates[:min(limit, len(s.updates))] {
				out = append(out, u.body)
			}
			accept(w, out)
			return
		}
		s.changed.Wait()
	}
}

func (s *Server) sendMessage(w http.ResponseWriter, args map[string]string) {
	chat, err := strconv.ParseInt(args["chat_id"], 10, 64)
	text := args["text"]
	m := Message{Chat: chat, Text: text, At: now()}
	var markup struct {
		Keyboard [][]Button `json:"inline_keyboard"`
	}
	bad := ""
	switch {
	case err != nil || chat == 0:
		bad = "chat not found"
	case strings.TrimSpace(text) == "":
		bad = "message text is empty"
	case len(utf16.Encode([]rune(text))) > 4096:
		bad = "message is too long"
	case args["reply_markup"] != "" && json.Unmarshal([]byte(args["reply_markup"]), &markup) != nil:
		bad = "can't parse reply keyboard markup JSON object"
	}
	for _, row := range markup.Keyboard {
		for _, b := range row {
			if b.Text == "" || len(b.Data) > 64 || b.Data == "" && b.URL == "" || len(row) > 8 {
				bad = "BUTTON_DATA_INVALID"
			}
			m.Buttons = append(m.Buttons, b)
		}
	}
	if len(m.Buttons) > 100 {
		bad = "reply markup is too long"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case bad != "":
		refuse(w, http.StatusBadRequest, "Bad Request: "+bad, nil)
	case s.blocked[chat]:
		refuse(w, http.StatusForbidden, "Forbidden: bot was blocked by the user", nil)
	case s.Strict && s.tooSoon(chat, m.At):
		refuse(w, http.StatusTooManyRequests, "Too Many Requests: retry after 1", map[string]any{"retry_after": 1})
	default:
		s.messages++
		m.ID = s.messages
		s.sent = append(s.sent, m)
		s.changed.Broadcast()
		accept(w, map[string]any{"message_id": m.ID, "date": m.At.Unix(), "chat": map[string]any{"id": chat, "type": "private"}, "text": text})
	}
}

func (s *Server) tooSoon(chat int64, now time.Time) bool {
	inAll := 0
	for _, m := range slices.Backward(s.sent) {
		if now.Sub(m.At) > time.Second {
			break
		}
		if inAll++; m.Chat == chat || inAll >= 30 {
			return true
		}
	}
	return false
}

const mostFetched = 20 << 20

func (s *Server) getFile(w http.ResponseWriter, id string) {
	s.mu.Lock()
	f, ok := s.files[id]
	s.mu.Unlock()
	switch {
	case !ok:
		refuse(w, http.StatusBadRequest, "Bad Request: invalid file_id", nil)
	case f.size > mostFetched:
		refuse(w, http.StatusBadRequest, "Bad Request: file is too big", nil)
	default:
		accept(w, map[string]any{"file_id": id, "file_unique_id": id, "file_size": f.size, "file_path": f.path})
	}
}

func (s *Server) serveFile(w http.ResponseWriter, path string) {
	s.mu.Lock()
	fault := s.fault("file", 0)
	var body []byte
	for _, f := range s.files {
		if f.path == path {
			body = f.body
		}
	}
	s.mu.Unlock()
	if fault.fails(w) {
		return
	}
	if body == nil {
		http.Error(w, "Not Found", http.StatusNotFound)
		return
	}
	_, _ = w.Write(body)
}
