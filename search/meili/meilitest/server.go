// Package meilitest is a Meilisearch for tests, in the process: as much of one
// as package meili asks for, and as strict. Every request and every answer is
// held against the server's own description of its API (openapi.json), a field
// that is not in it is refused, and the test fails. What it answers was
// compared with a real server, request by request (TestFakeAnswersAsTheReal).
// The description is wrong in three places, where openapi.json follows the real
// server: patterns of attributes are a list, the times of a task that is not
// yet done are null, and several searches answer with their results.
//
// [Server.Fault] makes it misbehave as servers do.
package meilitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server is the fake. Start starts it.
type Server struct {
	URL, Key string

	t    testing.TB
	http *httptest.Server

	mu      sync.Mutex
	work    sync.Cond // there are tasks
	ended   bool
	fault   func(*http.Request) Fault
	failing map[string]string
	indexes map[string]*index
	tasks   []*task
	keys    map[string]apiKey
	asked   []request
	alter   func(document map[string]any)
}

type request struct{ line, key string }

// Fault is what goes wrong with a request. The zero one is none.
type Fault struct {
	Status int           // answered, with Code
	Code   string        // of the error
	Delay  time.Duration // before anything is said
	Reset  bool          // the connection is cut in the midst of the answer
	Body   string        // said in place of the answer
}

type index struct {
	primary  string
	settings map[string]any
	docs     []map[string]any
	numbers  map[string]int
	words    []map[string]words // by document and field
}

// Start starts a server, which ends with the test.
func Start(t testing.TB) *Server {
	s := &Server{Key: "the-master-key-of-the-fake", t: t}
	s.work.L = &s.mu
	s.Lose()
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	s.URL = s.http.URL
	done := make(chan struct{})
	go func() { defer close(done); s.perform() }()
	t.Cleanup(func() {
		s.http.CloseClientConnections()
		s.http.Close()
		s.mu.Lock()
		s.ended = true
		s.work.Broadcast()
		s.mu.Unlock()
		<-done
	})
	return s
}

// Lose is a restart with an empty folder.
func (s *Server) Lose() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.indexes, s.keys, s.tasks, s.failing = map[string]*index{}, map[string]apiKey{}, nil, map[string]string{}
}

// Fault makes f decide what goes wrong with each request from now on; nil is
// nothing.
func (s *Server) Fault(f func(*http.Request) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// FailTask makes the next task of that type fail with the code.
func (s *Server) FailTask(kind, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failing[kind] = code
}

// Asked returns the requests so far, as “POST /multi-search”.
func (s *Server) Asked() []string { return s.askedBy(func(request) bool { return true }) }

// AskedWith returns those with the key.
func (s *Server) AskedWith(key string) []string {
	return s.askedBy(func(r request) bool { return r.key == "Bearer "+key })
}

func (s *Server) askedBy(is func(request) bool) (lines []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.asked {
		if is(r) {
			lines = append(lines, r.line)
		}
	}
	return lines
}

// Edit changes the documents of an index behind the builder's back.
func (s *Server) Edit(uid string, change func(docs []map[string]any) []map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.indexes[uid]
	x.docs = change(x.docs)
	x.read()
}

// Set changes a setting of an index.
func (s *Server) Set(uid, name string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.indexes[uid].settings[name] = value
}

// Alter makes f change every document that is taken in.
func (s *Server) Alter(f func(document map[string]any)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.alter = f
}

// wrong is an answer that is an error.
type wrong struct {
	status        int
	code, message string
}

func (w *wrong) Error() string { return w.code + ": " + w.message }

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, request{r.Method + " " + r.URL.Path, r.Header.Get("Authorization")})
	fault := s.fault
	s.mu.Unlock()
	var f Fault
	if fault != nil {
		f = fault(r)
	}
	select {
	case <-time.After(f.Delay):
	case <-r.Context().Done():
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	status, answer := http.StatusOK, any(nil)
	if f.Status != 0 {
		err = &wrong{f.Status, f.Code, "as the test wants"}
	} else {
		status, answer, err = s.answer(r, body)
	}
	if w, ok := err.(*wrong); ok { //nolint:errorlint // made here
		status, answer = w.status, map[string]any{
			"message": w.message, "code": w.code, "type": kindOf(w), "link": "https://docs.meilisearch.com/errors#" + w.code,
		}
	}
	said, err := json.Marshal(answer)
	if err != nil {
		s.t.Error(err)
	}
	if f.Body != "" {
		said = []byte(f.Body)
	} else if f.Status == 0 {
		s.checkAnswer(r, status, said)
	}
	w.Header().Set("Content-Type", "application/json")
	if f.Reset {
		w.Header().Set("Content-Length", fmt.Sprint(len(said)))
		w.Write(said[:len(said)/2])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
	w.Write(said)
}

func kindOf(w *wrong) string {
	switch {
	case w.status == http.StatusUnauthorized, w.status == http.StatusForbidden:
		return "auth"
	case w.status >= http.StatusInternalServerError:
		return "internal"
	}
	return "invalid_request"
}

// answer checks the request against the description, and the key, and answers
// it.
func (s *Server) answer(r *http.Request, body []byte) (int, any, error) {
	o, pattern, known := api().operation(r.Method, r.URL.Path)
	if !known {
		s.t.Errorf("fake: %s %s is not described", r.Method, r.URL.Path)
		return 0, nil, &wrong{http.StatusNotFound, "not_found", "no such route"}
	}
	for name := range r.URL.Query() {
		if !slices.ContainsFunc(o.Parameters, func(p struct {
			Name string `json:"name"`
			In   string `json:"in"`
		},
		) bool {
			return p.In == "query" && p.Name == name
		}) {
			s.t.Errorf("fake: %s %s has an unknown parameter %s", r.Method, r.URL.Path, name)
		}
	}
	var v any
	if content, takes := o.RequestBody.Content["application/json"]; takes {
		if err := json.Unmarshal(body, &v); err != nil {
			return 0, nil, &wrong{http.StatusBadRequest, "malformed_payload", err.Error()}
		}
		if bad := api().check(content.Schema, v, "body"); bad != "" && pattern != "/indexes/{index_uid}/documents" {
			s.t.Errorf("fake: %s %s: %s", r.Method, r.URL.Path, bad)
			return 0, nil, &wrong{http.StatusBadRequest, "bad_request", bad}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	q := question{server: s, request: r, parts: strings.Split(r.URL.Path, "/"), body: v, raw: body}
	answer, ok := routes[r.Method+" "+pattern]
	if !ok {
		s.t.Errorf("fake: %s %s is not answered", r.Method, pattern)
		return 0, nil, &wrong{http.StatusNotFound, "not_found", "no such route"}
	}
	if err := q.allowed(answer.action); err != nil {
		return 0, nil, err
	}
	said, err := answer.do(&q)
	return answer.status, said, err
}

// checkAnswer holds an answer against the description.
func (s *Server) checkAnswer(r *http.Request, status int, said []byte) {
	o, _, _ := api().operation(r.Method, r.URL.Path)
	content, described := o.Responses[fmt.Sprint(status)]
	var v any
	d := json.NewDecoder(bytes.NewReader(said))
	if err := d.Decode(&v); err != nil {
		s.t.Error(err)
	}
	if !described && status >= 400 {
		content.Content = o.Responses["401"].Content // an error is an error
		described = true
	}
	if bad := api().check(content.Content["application/json"].Schema, v, "answer"); bad != "" || !described {
		s.t.Errorf("fake: %s %s answers %d what is not described: %s", r.Method, r.URL.Path, status, bad)
	}
}

// question is a request at hand.
type question struct {
	server  *Server
	request *http.Request
	parts   []string
	body    any
	raw     []byte
	key     apiKey
	indexes []string // the key may see; nil is all
}

// last is the last part of the path, uid the index in it.
func (q *question) last() string { return q.parts[len(q.parts)-1] }

func (q *question) index(uid string) (*index, error) {
	if !q.sees(uid) {
		return nil, &wrong{http.StatusForbidden, "invalid_api_key", "The provided API key is invalid."}
	}
	if x, ok := q.server.indexes[uid]; ok {
		return x, nil
	}
	return nil, &wrong{http.StatusNotFound, "index_not_found", fmt.Sprintf("Index `%s` not found.", uid)}
}

func (q *question) sees(uid string) bool { return q.indexes == nil || slices.Contains(q.indexes, uid) }

type route struct {
	action string
	status int
	do     func(*question) (any, error)
}

var routes map[string]route

func init() {
	routes = map[string]route{
		"GET /health":                               {"", 200, func(*question) (any, error) { return map[string]any{"status": "available"}, nil }},
		"POST /indexes":                             {"indexes.create", 202, createIndex},
		"GET /indexes/{index_uid}":                  {"indexes.get", 200, showIndex},
		"DELETE /indexes/{index_uid}":               {"indexes.delete", 202, deleteIndex},
		"PATCH /indexes/{index_uid}/settings":       {"settings.update", 202, updateSettings},
		"GET /indexes/{index_uid}/settings":         {"settings.get", 200, showSettings},
		"POST /indexes/{index_uid}/documents":       {"documents.add", 202, addDocuments},
		"POST /indexes/{index_uid}/documents/fetch": {"documents.get", 200, fetchDocuments},
		"POST /indexes/{index_uid}/search":          {"search", 200, searchOne},
		"POST /multi-search":                        {"search", 200, searchMany},
		"POST /swap-indexes":                        {"indexes.swap", 202, swapIndexes},
		"GET /tasks":                                {"tasks.get", 200, listTasks},
		"GET /tasks/{task_id}":                      {"tasks.get", 200, showTask},
		"POST /keys":                                {"keys.create", 201, createKey},
		"GET /keys/{key}":                           {"keys.get", 200, showKey},
	}
}
