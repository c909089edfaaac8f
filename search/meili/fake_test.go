package meili_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"yangguang/realtest"
	"yangguang/search/meili"
	"yangguang/search/meili/meilitest"
)

// conversation is what the fake is compared with a real server on: each line is
// a key (m the master's, a and b those made here, - none), a method, a path and
// a body. A task that it starts is waited for.
const conversation = `
m POST /indexes {"uid":"x","primaryKey":"key"}
m POST /indexes {"uid":"x","primaryKey":"key"}
m GET /indexes/x
m GET /indexes/none
m DELETE /indexes/none
m POST /keys {"uid":"8dd03ee5-0b63-4b1a-8a0f-a0a0a0a0a0a0","name":"asks","actions":["search"],"indexes":["x"],"expiresAt":null}
m POST /keys {"uid":"8dd03ee5-0b63-4b1a-8a0f-a0a0a0a0a0a0","name":"asks","actions":["search"],"indexes":["x"],"expiresAt":null}
m POST /keys {"uid":"8dd03ee5-0b63-4b1a-8a0f-b0b0b0b0b0b0","name":"builds","actions":["documents.add","documents.get","indexes.create","indexes.get","indexes.delete","indexes.swap","settings.get","settings.update","tasks.get","stats.get"],"indexes":["x","y"],"expiresAt":null}
m GET /keys/8dd03ee5-0b63-4b1a-8a0f-c0c0c0c0c0c0
m POST /multi-search {"queries":[{"indexUid":"x","q":"","hitsPerPage":0,"facets":["key"]}]}
m POST /multi-search {"queries":[{"indexUid":"x","q":"","hitsPerPage":1,"filter":"number IN [\"1\"]"}]}
b PATCH /indexes/x/settings SETTINGS
b GET /indexes/x/settings
a POST /multi-search {"queries":[{"indexUid":"x","q":"","hitsPerPage":1,"attributesToRetrieve":["generation"]}]}
b POST /indexes/x/documents [{"key":"0-faq-0-9","number":0,"generation":"g-3","id":"faq/one","heads_spaced":["aaaa bbbb","cccc dddd"],"text_spaced":["abab baba abab cdcd"],"head_chars":"aa bb cc dd"},{"key":"1-rule-2022-9","number":1,"generation":"g-3","id":"rule/2022/a#s1","heads_spaced":["aaaa cccc bbbb"],"text_spaced":["bbbb aaaa bbbb"],"head_chars":"aa cc bb"},{"key":"2-faq-0--20","number":2,"generation":"g-3","id":"faq/three","heads_spaced":["eeee"],"text_spaced":["aaaa bbbb cccc","pppp rrrr gggg","pppp qqqq gggg","qqqq rrrr","ssss uuuu","ssss tttt uuuu"],"text_chars":"ee"}]
b POST /indexes/x/documents [{"key":"not/a/key","number":3}]
b POST /indexes/none/documents [{"key":"1"}]
b GET /tasks?indexUids=x,y&statuses=enqueued,processing&limit=1
b GET /tasks?indexUids=x&statuses=failed&limit=5
b POST /indexes/x/documents/fetch {"offset":1,"limit":1,"fields":["key","number"]}
b POST /indexes/y/documents/fetch {"limit":1}
b POST /indexes/none/documents/fetch {"limit":1}
a POST /multi-search {"queries":[{"indexUid":"x","q":"","hitsPerPage":1,"attributesToRetrieve":["generation"]},{"indexUid":"x","q":"\"aaaa bbbb\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["heads_spaced","text_spaced"],"facets":["key","generation"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"aaaa bbbb\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["heads_spaced"],"facets":["key","generation"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"bbbb cccc\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["heads_spaced","text_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"abab baba abab\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["heads_spaced","text_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"baba abab baba\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["heads_spaced","text_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"cccc bbbb aaaa\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["heads_spaced","text_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"aaaa bbbb cccc dddd\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["heads_spaced","text_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"pppp qqqq rrrr\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["text_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"ssss tttt uuuu\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["text_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"rrrr qqqq\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["text_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"\"zzzz\"","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["heads_spaced"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"aa","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["head_chars"],"facets":["key"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"ee","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["head_chars","text_chars"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"ee","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["head_chars"]}]}
a POST /multi-search {"queries":[{"indexUid":"x","q":"","hitsPerPage":2,"attributesToRetrieve":["key"],"filter":"id IN [\"rule/2022/a#s1\",\"faq/none\"]"}]}
a POST /indexes/x/search {"q":"","hitsPerPage":2,"attributesToRetrieve":["key","number"],"filter":"number IN [\"2\",\"0\"]"}
a POST /indexes/x/search {"q":"","hitsPerPage":2,"filter":"title IN [\"2\",\"0\"]"}
a POST /multi-search {"queries":[{"indexUid":"x","q":"ee","hitsPerPage":0,"matchingStrategy":"all","attributesToSearchOn":["title"]}]}
a POST /multi-search {"queries":[{"indexUid":"y","q":"","hitsPerPage":0}]}
a GET /indexes/x
- GET /indexes/x
b GET /keys/8dd03ee5-0b63-4b1a-8a0f-a0a0a0a0a0a0
b POST /keys {"name":"more","actions":["*"],"indexes":["*"],"expiresAt":null}
b POST /swap-indexes [{"indexes":["x","z"],"rename":false}]
b POST /swap-indexes [{"indexes":["x","y"],"rename":true}]
b GET /tasks/0
b GET /tasks/9
b GET /tasks/99
b GET /indexes/y
b POST /indexes {"uid":"x","primaryKey":"key"}
b POST /swap-indexes [{"indexes":["x","y"],"rename":true}]
b POST /swap-indexes [{"indexes":["x","y"],"rename":false}]
m GET /tasks?limit=1
b POST /indexes/x/documents/fetch {"limit":1,"fields":["id"]}
b DELETE /indexes/x
a POST /multi-search {"queries":[{"indexUid":"x","q":"","hitsPerPage":0}]}
`

// speaker has the conversation with a server.
type speaker struct {
	url  string
	keys map[string]string
}

func (s *speaker) say(t *testing.T, key, method, path, body string) (int, map[string]any) {
	t.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if key != "-" {
		r.Header.Set("Authorization", "Bearer "+s.keys[key])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	v := map[string]any{}
	if err := json.Unmarshal(said, &v); err != nil {
		t.Fatalf("%s %s: %s", method, path, said)
	}
	return answer.StatusCode, v
}

// wait returns the task when it is done.
func (s *speaker) wait(t *testing.T, uid any) map[string]any {
	t.Helper()
	for range 500 {
		_, task := s.say(t, "m", "GET", fmt.Sprint("/tasks/", uid), "")
		if task["status"] == "succeeded" || task["status"] == "failed" {
			return task
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("task %v is not done", uid)
	return nil
}

// plainly leaves out of an answer what differs from run to run, and of errors
// all but the code.
func plainly(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if code, failed := v["code"]; failed {
			return code
		}
		for _, name := range []string{
			"processingTimeMs", "requestUid", "enqueuedAt", "startedAt", "finishedAt", "createdAt", "updatedAt", "duration",
			"details", "batchUid", "key", "from", "next", "description", "facetStats",
		} {
			if _, document := v["number"]; name != "key" || !document && v["actions"] != nil {
				delete(v, name)
			}
		}
		for name, e := range v {
			v[name] = plainly(e)
		}
	case []any:
		for i, e := range v {
			v[i] = plainly(e)
		}
	}
	return v
}

// TestFakeAnswersAsTheReal: what the fake says is what a real server says.
func TestFakeAnswersAsTheReal(t *testing.T) {
	realServer, fake := realtest.StartMeilisearch(t), meilitest.Start(quiet{t})
	speakers := []*speaker{
		{realServer.URL, map[string]string{"m": realServer.Key}}, {fake.URL, map[string]string{"m": fake.Key}},
	}
	for line := range strings.Lines(conversation) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 4)
		if len(f) < 3 {
			continue
		}
		body := ""
		if len(f) == 4 {
			body = strings.Replace(f[3], "SETTINGS", meili.Settings, 1)
		}
		var said [2]string
		for i, s := range speakers {
			status, v := s.say(t, f[0], f[1], f[2], body)
			if strings.Contains(f[3-1]+body, "/keys") && v["key"] != nil {
				s.keys[map[bool]string{true: "a", false: "b"}[v["name"] == "asks"]] = v["key"].(string)
			}
			said[i] = fmt.Sprint(status, " ")
			if uid, task := v["taskUid"]; task {
				v = map[string]any{"at once": v, "then": s.wait(t, uid)}
			}
			b, err := json.Marshal(plainly(v))
			if err != nil {
				t.Fatal(err)
			}
			said[i] += string(bytes.ReplaceAll(b, []byte(`"facetDistribution":null,`), nil))
		}
		if said[0] != said[1] {
			t.Errorf("%s\nreal %s\nfake %s", strings.Join(f, " "), said[0], said[1])
		}
	}
}

// quiet is for a fake that is asked what it refuses.
type quiet struct{ testing.TB }

func (q quiet) Errorf(format string, args ...any) { q.Logf(format, args...) }
