package main

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"yangguang/realtest"
)

// part says how the site finds one of the servers it stands on.
func (p *program) part(t *testing.T, name string) string {
	t.Helper()
	var said struct {
		Parts map[string]string `json:"parts"`
	}
	if err := json.Unmarshal([]byte(p.get(t, "/readyz").body), &said); err != nil {
		t.Fatal(err)
	}
	return said.Parts[name]
}

// A search server that does not take the key is said to be down, until it does;
// one that lost everything is filled again, though nobody searches.
func TestTheSearchServerIsWatched(t *testing.T) {
	m := realtest.StartMeilisearch(t)
	right := m.Key
	folder := t.TempDir()
	m.Kill()
	m.Key = "a-master-key-of-somebody-else"
	m.Start(t, folder)
	p := start(t, "--meili-url", m.URL, "--meili-key", right)
	is := func(want string) func() bool { return func() bool { return p.part(t, "meilisearch") == want } }
	eventually(t, 10*time.Second, "a wrong key is seen", is(partDown))

	m.Kill()
	m.Key = right
	m.Start(t, t.TempDir())
	filled := func() bool {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, m.URL+"/indexes/"+(&settings{}).realm()+"_records/stats", nil)
		must(t, err)
		r.Header.Set("Authorization", "Bearer "+right)
		resp, err := http.DefaultClient.Do(r)
		must(t, err)
		defer resp.Body.Close()
		var stats struct {
			Documents int `json:"numberOfDocuments"`
		}
		return resp.StatusCode == http.StatusOK && json.NewDecoder(resp.Body).Decode(&stats) == nil && stats.Documents > 0
	}
	eventually(t, 20*time.Second, "it is filled", filled)
	eventually(t, 10*time.Second, "it is up", is(partUp))
	m.Kill()
	m.Start(t, t.TempDir())
	eventually(t, 20*time.Second, "what it lost is there again", filled)
}
