package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/valyala/fasthttp"

	"yangguang/search"
	"yangguang/search/searchtest"
)

// groonga is a Groonga server with the corpus in it, cut into pairs of
// characters (TokenBigram).
type groonga struct {
	*server
	client *fasthttp.HostClient
}

var groongaSchema = []string{
	"table_create?name=Docs&flags=TABLE_HASH_KEY&key_type=ShortText",
	"column_create?table=Docs&name=type&flags=COLUMN_SCALAR&type=ShortText",
	"column_create?table=Docs&name=year&flags=COLUMN_SCALAR&type=Int32",
	"column_create?table=Docs&name=url&flags=COLUMN_SCALAR&type=ShortText",
	"column_create?table=Docs&name=weight&flags=COLUMN_SCALAR&type=Int32",
	"column_create?table=Docs&name=title&flags=COLUMN_SCALAR&type=ShortText",
	"column_create?table=Docs&name=names&flags=COLUMN_VECTOR&type=ShortText",
	"column_create?table=Docs&name=text&flags=COLUMN_SCALAR&type=Text",
	"table_create?name=Words&flags=TABLE_PAT_KEY&key_type=ShortText&default_tokenizer=TokenBigram&normalizer=NormalizerAuto",
	"column_create?table=Words&name=title&flags=COLUMN_INDEX|WITH_POSITION&type=Docs&source=title",
	"column_create?table=Words&name=names&flags=COLUMN_INDEX|WITH_POSITION|WITH_SECTION&type=Docs&source=names",
	"column_create?table=Words&name=text&flags=COLUMN_INDEX|WITH_POSITION&type=Docs&source=text",
}

func (b *bench) groonga(ctx context.Context) (*groonga, error) {
	if err := need("groonga"); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(b.dir, "groonga")
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	host, port, _ := strings.Cut(addr, ":")
	s, err := launch(ctx, addr, "groonga", "-s", "--protocol", "http", "--bind-address", host, "-p", port, "-n", filepath.Join(dir, "db"))
	if err != nil {
		return nil, err
	}
	g := &groonga{s, &fasthttp.HostClient{Addr: addr}}
	if err := g.fill(searchtest.Corpus(corpusSize)); err != nil {
		s.stop()
		return nil, err
	}
	return g, nil
}

func (g *groonga) fill(docs []search.Doc) error {
	if _, err := g.ready("/d/status", anyBody); err != nil {
		return err
	}
	for _, command := range groongaSchema {
		if _, _, err := g.do(command, nil); err != nil {
			return err
		}
	}
	rows := make([]map[string]any, len(docs))
	for i, d := range docs {
		rows[i] = map[string]any{
			"_key": d.ID, "type": d.Type, "year": d.Year, "url": d.URL, "weight": d.Weight,
			"title": d.Title, "names": d.Names, "text": d.Text,
		}
	}
	for ; len(rows) > 0; rows = rows[min(1000, len(rows)):] {
		body, err := json.Marshal(rows[:min(1000, len(rows))])
		if err != nil {
			return err
		}
		if _, _, err := g.do("load?table=Docs", body); err != nil {
			return err
		}
	}
	return nil
}

// do gives a command and returns its result, and what Groonga says it took.
func (g *groonga) do(command string, body []byte) (json.RawMessage, time.Duration, error) {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.SetRequestURI("http://" + g.addr + "/d/" + command)
	if body != nil {
		req.Header.SetMethod(fasthttp.MethodPost)
		req.Header.SetContentType("application/json")
		req.SetBody(body)
	}
	if err := g.client.Do(req, resp); err != nil {
		return nil, 0, err
	}
	var out [2]json.RawMessage
	if err := json.Unmarshal(resp.Body(), &out); err != nil {
		return nil, 0, fmt.Errorf("groonga %s: %s", command, resp.Body())
	}
	var head []any // 0, when, seconds
	if err := json.Unmarshal(out[0], &head); err != nil || len(head) != 3 || head[0] != 0.0 {
		return nil, 0, fmt.Errorf("groonga %s: %s", command, out[0])
	}
	seconds, _ := head[2].(float64)
	return out[1], time.Duration(seconds * float64(time.Second)), nil
}

func (g *groonga) ask(_ context.Context, q question) (reply, error) {
	v := url.Values{
		"table": {"Docs"}, "match_columns": {"title*10||names*9||text*4"}, "query": {quoted(q.terms)},
		"output_columns": {"_key,type,url,year,highlight_html(title),snippet_html(text)"},
		"sort_keys":      {"-_score"}, "limit": {"20"}, "drilldown": {"type,year"},
		"command_version": {"2"}, "cache": {"no"},
		// Where nothing has the words, it would look for documents with most of them.
		"match_escalation_threshold": {"-1"},
	}
	began := time.Now()
	result, own, err := g.do("select?"+v.Encode(), nil)
	took := time.Since(began)
	if err != nil {
		return reply{}, err
	}
	var lists [][]json.RawMessage // hits, then a list for each drilldown
	var total []int
	if err := json.Unmarshal(result, &lists); err == nil && len(lists) == 3 {
		err = json.Unmarshal(lists[0][0], &total)
	}
	if len(total) != 1 {
		return reply{}, fmt.Errorf("groonga answers %.200s", result)
	}
	return reply{total[0], took, own}, err
}

// quoted makes a phrase of each term; all must occur.
func quoted(terms []string) string {
	return `"` + strings.Join(terms, `" "`) + `"`
}
