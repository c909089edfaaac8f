package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/valyala/fasthttp"

	"yangguang/search"
	"yangguang/search/searchtest"
)

// meilisearch is a Meilisearch with the corpus in it. Beside each field stands
// another with a space between Han characters (title_c, …), because its
// segmenter hides whatever does not begin where it cuts.
type meilisearch struct {
	*server
	client  *fasthttp.HostClient
	version string
}

var meilisearchSettings = map[string]any{
	"searchableAttributes": []string{"title", "names", "text", "title_c", "names_c", "text_c"},
	"filterableAttributes": []string{"type", "year"},
	"localizedAttributes":  []any{map[string]any{"attributePatterns": []string{"*"}, "locales": []string{"cmn"}}},
	"pagination":           map[string]any{"maxTotalHits": corpusSize},
}

func (b *bench) meilisearch(ctx context.Context) (*meilisearch, error) {
	if err := need("meilisearch"); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(b.dir, "meilisearch")
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	s, err := launch(ctx, addr, "meilisearch", "--no-analytics", "--http-addr", addr, "--db-path", dir+"/data.ms", "--dump-dir", dir+"/dumps",
		"--snapshot-dir", dir+"/snapshots", "--log-level", "ERROR")
	if err != nil {
		return nil, err
	}
	m := &meilisearch{server: s, client: &fasthttp.HostClient{Addr: addr, MaxResponseBodySize: 1 << 26}}
	if err := m.fill(ctx, searchtest.Corpus(corpusSize)); err != nil {
		s.stop()
		return nil, err
	}
	return m, nil
}

func (m *meilisearch) fill(ctx context.Context, docs []search.Doc) error {
	if _, err := m.ready("/health", anyBody); err != nil {
		return err
	}
	var version struct{ PkgVersion string }
	if err := m.do(fasthttp.MethodGet, "/version", nil, &version); err != nil {
		return err
	}
	m.version = version.PkgVersion
	rows := make([]map[string]any, len(docs))
	for i, d := range docs {
		names := make([]string, len(d.Names))
		for j, n := range d.Names {
			names[j] = spaced(n)
		}
		rows[i] = map[string]any{
			"id": strconv.Itoa(i), "record": d.ID, "type": d.Type, "year": d.Year, "url": d.URL, "weight": d.Weight,
			"title": d.Title, "names": d.Names, "text": d.Text, "title_c": spaced(d.Title), "names_c": names, "text_c": spaced(d.Text),
		}
	}
	steps := []struct {
		method, path string
		body         any
	}{
		{fasthttp.MethodPost, "/indexes", map[string]any{"uid": "docs", "primaryKey": "id"}},
		{fasthttp.MethodPatch, "/indexes/docs/settings", meilisearchSettings},
		{fasthttp.MethodPost, "/indexes/docs/documents", rows},
	}
	for _, s := range steps {
		if err := m.task(ctx, s.method, s.path, s.body); err != nil {
			return err
		}
	}
	return nil
}

// spaced puts a space beside every Han character.
func spaced(s string) string {
	var out strings.Builder
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			out.WriteString(" " + string(r) + " ")
			continue
		}
		out.WriteRune(r)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// task asks for something to be done and waits until it is.
func (m *meilisearch) task(ctx context.Context, method, path string, body any) error {
	var task struct {
		TaskUID int
		Status  string
		Error   any
	}
	if err := m.do(method, path, body, &task); err != nil {
		return err
	}
	path = fmt.Sprintf("/tasks/%d", task.TaskUID)
	for task.Status != "succeeded" {
		if task.Status == "failed" {
			return fmt.Errorf("meilisearch: %v", task.Error)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
		if err := m.do(fasthttp.MethodGet, path, nil, &task); err != nil {
			return err
		}
	}
	return nil
}

func (m *meilisearch) do(method, path string, body, out any) error {
	payload := []byte{}
	if body != nil {
		var err error
		if payload, err = json.Marshal(body); err != nil {
			return err
		}
	}
	_, err := m.send(method, path, payload, out)
	return err
}

// send returns how long the answer took, before it was read.
func (m *meilisearch) send(method, path string, payload []byte, out any) (time.Duration, error) {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.SetRequestURI("http://" + m.addr + path)
	req.Header.SetMethod(method)
	if len(payload) > 0 {
		req.Header.SetContentType("application/json")
		req.SetBody(payload)
	}
	began := time.Now()
	err := m.client.Do(req, resp)
	took := time.Since(began)
	if err != nil {
		return 0, err
	}
	if resp.StatusCode() >= fasthttp.StatusBadRequest {
		return 0, fmt.Errorf("meilisearch %s %s: %s", method, path, resp.Body())
	}
	return took, json.Unmarshal(resp.Body(), out)
}

// ask searches the fields as they are.
func (m *meilisearch) ask(_ context.Context, q question) (reply, error) {
	return m.find(strings.Join(q.terms, " "), "title", "names", "text")
}

// exactly searches the spaced fields for phrases.
type exactly struct{ *meilisearch }

func (m exactly) ask(_ context.Context, q question) (reply, error) {
	phrases := make([]string, len(q.terms))
	for i, t := range q.terms {
		phrases[i] = spaced(t)
	}
	return m.find(quoted(phrases), "title_c", "names_c", "text_c")
}

func (m *meilisearch) find(query, title, names, text string) (reply, error) {
	payload, err := json.Marshal(map[string]any{
		"q": query, "limit": search.MaxHits, "matchingStrategy": "all", "attributesToSearchOn": []string{title, names, text},
		"facets": []string{"type", "year"}, "attributesToRetrieve": []string{"record", "type", "url", "year"},
		"attributesToHighlight": []string{title, text}, "attributesToCrop": []string{text},
	})
	if err != nil {
		return reply{}, err
	}
	var found struct {
		FacetDistribution map[string]map[string]int
		ProcessingTimeMS  int
	}
	took, err := m.send(fasthttp.MethodPost, "/indexes/docs/search", payload, &found)
	total := 0
	for _, n := range found.FacetDistribution["type"] {
		total += n
	}
	return reply{total, took, time.Duration(found.ProcessingTimeMS) * time.Millisecond}, err
}
