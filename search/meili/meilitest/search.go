package meilitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// words are those of a field, with the places where each stands.
type words map[string][]int

// apart is how far the elements of an array are from one another.
const apart = 8

// read reads the words of all documents.
func (x *index) read() {
	x.words = make([]map[string]words, len(x.docs))
	for i, d := range x.docs {
		x.words[i] = map[string]words{}
		for _, field := range texts(x.settings["searchableAttributes"]) {
			w, at := words{}, 0
			list, several := d[field].([]any)
			if !several {
				list = []any{d[field]}
			}
			for _, one := range list {
				for word := range strings.FieldsSeq(text(one)) {
					w[word] = append(w[word], at)
					at++
				}
				at += apart
			}
			x.words[i][field] = w
		}
	}
}

func searchOne(q *question) (any, error) {
	return q.search(q.parts[2], q.body.(map[string]any))
}

func searchMany(q *question) (any, error) {
	results := []any{}
	for i, one := range q.body.(map[string]any)["queries"].([]any) {
		r, err := q.search(text(one.(map[string]any)["indexUid"]), one.(map[string]any))
		if w, ok := err.(*wrong); ok { //nolint:errorlint // made here
			w.message = fmt.Sprintf("Inside `.queries[%d]`: %s", i, w.message)
			if w.status == http.StatusNotFound {
				w.status = http.StatusBadRequest
			}
		}
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return map[string]any{"results": results}, nil
}

func (q *question) search(uid string, b map[string]any) (map[string]any, error) {
	x, err := q.index(uid)
	if err != nil {
		return nil, err
	}
	fields := texts(b["attributesToSearchOn"])
	if len(fields) == 0 {
		fields = texts(x.settings["searchableAttributes"])
	}
	for _, f := range fields {
		if all := texts(x.settings["searchableAttributes"]); !slices.Contains(all, f) && !slices.Contains(all, "*") {
			return nil, &wrong{http.StatusBadRequest, "invalid_search_attributes_to_search_on", fmt.Sprintf("Attribute `%s` is not searchable.", f)}
		}
	}
	filter, err := q.filter(x, text(b["filter"]))
	if err != nil {
		return nil, err
	}
	if text(b["q"]) != "" && b["matchingStrategy"] != "all" {
		q.server.t.Errorf("fake: a query that may lose words")
	}
	var found []int
	for i, d := range x.docs {
		if filter(d) && q.matches(x.words[i], fields, text(b["q"])) {
			found = append(found, i)
		}
	}
	answer := map[string]any{"query": text(b["q"]), "processingTimeMs": 0, "requestUid": "0194a3a4-0000-7000-8000-000000000000"}
	if _, one := b["indexUid"]; one {
		answer["indexUid"] = uid
	}
	if facets := texts(b["facets"]); len(facets) > 0 {
		if answer["facetDistribution"], err = x.distribution(found, facets); err != nil {
			return nil, err
		}
		answer["facetStats"] = map[string]any{}
	}
	per := number(b["hitsPerPage"], -1)
	if per < 0 {
		q.server.t.Errorf("fake: a search whose total is only estimated")
	}
	hits := []any{}
	for _, i := range found[:min(max(per, 0), len(found))] {
		hits = append(hits, only(x.docs[i], texts(b["attributesToRetrieve"])))
	}
	pages := 0
	if per > 0 {
		pages = (len(found) + per - 1) / per
	}
	answer["hits"], answer["hitsPerPage"], answer["page"], answer["totalPages"], answer["totalHits"] = hits, per, 1, pages, len(found)
	return answer, nil
}

var wordOrPhrase = regexp.MustCompile(`^(?:[a-z]+|"[a-z]+(?: [a-z]+)*")?$`)

// matches reports whether a document has the word or phrase. A phrase is found
// as the server finds it: not as a whole, but wherever all its words stand in
// one of the fields, all neighbours beside each other, and all those that are
// two apart not farther from each other, in any field.
func (q *question) matches(in map[string]words, fields []string, text string) bool {
	if !wordOrPhrase.MatchString(text) {
		q.server.t.Errorf("fake: a query of words, which the server would cut by itself: %q", text)
	}
	phrase := strings.Fields(strings.Trim(text, `"`))
	for i, word := range phrase {
		switch {
		case !slices.ContainsFunc(fields, func(f string) bool { return len(in[f][word]) > 0 }),
			i >= 1 && !near(in, phrase[i-1], word, 1),
			i >= 2 && !near(in, phrase[i-2], word, 2):
			return false
		}
	}
	return true
}

// near reports whether b stands behind a, at most so far from it.
func near(in map[string]words, a, b string, far int) bool {
	for _, w := range in {
		for _, at := range w[a] {
			if slices.ContainsFunc(w[b], func(to int) bool { return at < to && to <= at+far }) {
				return true
			}
		}
	}
	return false
}

var in = regexp.MustCompile(`^(\w+) IN (\[.*\])$`)

func (q *question) filter(x *index, filter string) (func(map[string]any) bool, error) {
	if filter == "" {
		return func(map[string]any) bool { return true }, nil
	}
	m := in.FindStringSubmatch(filter)
	var values []string
	if m == nil || json.Unmarshal([]byte(m[2]), &values) != nil {
		q.server.t.Errorf("fake: a filter that it does not know: %s", filter)
		return nil, &wrong{http.StatusBadRequest, "invalid_search_filter", "unknown"}
	}
	if !x.filterable(m[1]) {
		return nil, &wrong{http.StatusBadRequest, "invalid_search_filter", fmt.Sprintf("Attribute `%s` is not filterable.", m[1])}
	}
	return func(d map[string]any) bool { return slices.Contains(values, fmt.Sprint(d[m[1]])) }, nil
}

func (x *index) filterable(field string) bool {
	list, _ := x.settings["filterableAttributes"].([]any)
	return slices.ContainsFunc(list, func(one any) bool {
		rule, _ := one.(map[string]any)
		return slices.Contains(texts(rule["attributePatterns"]), field)
	})
}

func (x *index) distribution(found []int, facets []string) (any, error) {
	most := 100
	if f, ok := x.settings["faceting"].(map[string]any); ok {
		most = number(f["maxValuesPerFacet"], most)
	}
	out := map[string]map[string]int{}
	for _, name := range facets {
		if !x.filterable(name) {
			return nil, &wrong{http.StatusBadRequest, "invalid_search_facets", fmt.Sprintf("Attribute `%s` is not filterable.", name)}
		}
		out[name] = map[string]int{}
		for _, i := range found {
			if value := fmt.Sprint(x.docs[i][name]); len(out[name]) < most || out[name][value] > 0 {
				out[name][value]++
			}
		}
	}
	return out, nil
}
