package meilitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// task is work that the server does after it has answered, one after the
// other.
type task struct {
	uid    int
	kind   string
	on     string // index, empty for a swap
	status string
	code   string
	do     func() *wrong
}

// enqueue takes work in.
func (q *question) enqueue(kind, on string, do func() *wrong) (any, error) {
	if on != "" && !q.sees(on) {
		return nil, &wrong{http.StatusForbidden, "invalid_api_key", "The provided API key is invalid."}
	}
	s := q.server
	t := &task{uid: len(s.tasks), kind: kind, on: on, status: "enqueued", do: do}
	s.tasks = append(s.tasks, t)
	s.work.Signal()
	return map[string]any{"taskUid": t.uid, "indexUid": orNull(on), "status": "enqueued", "type": kind, "enqueuedAt": moment}, nil
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// perform does the tasks in their order until the server ends.
func (s *Server) perform() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.ended {
		i := slices.IndexFunc(s.tasks, func(t *task) bool { return t.status == "enqueued" })
		if i < 0 {
			s.work.Wait()
			continue
		}
		t := s.tasks[i]
		t.status = "succeeded"
		var failure *wrong
		if code, fails := s.failing[t.kind]; fails {
			delete(s.failing, t.kind)
			failure = &wrong{code: code}
		} else {
			failure = t.do()
		}
		if failure != nil {
			t.status, t.code = "failed", failure.code
		}
	}
}

func (t *task) view() map[string]any {
	v := map[string]any{
		"uid": t.uid, "batchUid": t.uid, "indexUid": orNull(t.on), "status": t.status, "type": t.kind, "canceledBy": nil,
		"error": nil, "duration": nil, "enqueuedAt": moment, "startedAt": nil, "finishedAt": nil,
	}
	if t.code != "" {
		v["error"] = map[string]any{"message": "", "code": t.code, "type": "invalid_request", "link": ""}
	}
	return v
}

// hides reports whether the key does not see the task: one for single indexes
// sees the tasks of these alone, and no swap.
func (q *question) hides(t *task) bool { return q.indexes != nil && !slices.Contains(q.indexes, t.on) }

func showTask(q *question) (any, error) {
	n, err := strconv.Atoi(q.last())
	if err != nil || n >= len(q.server.tasks) || q.hides(q.server.tasks[n]) {
		return nil, &wrong{http.StatusNotFound, "task_not_found", fmt.Sprintf("Task `%s` not found.", q.last())}
	}
	return q.server.tasks[n].view(), nil
}

func listTasks(q *question) (any, error) {
	values := q.request.URL.Query()
	has := func(name, value string) bool {
		return values.Get(name) == "" || slices.Contains(strings.Split(values.Get(name), ","), value)
	}
	results := []any{}
	for _, t := range slices.Backward(q.server.tasks) {
		if !q.hides(t) && has("statuses", t.status) && has("indexUids", t.on) {
			results = append(results, t.view())
		}
	}
	total, limit := len(results), 20
	if n, err := strconv.Atoi(values.Get("limit")); err == nil {
		limit = n
	}
	return map[string]any{"results": results[:min(limit, total)], "total": total, "limit": limit, "from": nil, "next": nil}, nil
}

func createIndex(q *question) (any, error) {
	b := q.body.(map[string]any)
	uid := text(b["uid"])
	return q.enqueue("indexCreation", uid, func() *wrong {
		if _, taken := q.server.indexes[uid]; taken {
			return &wrong{code: "index_already_exists"}
		}
		q.server.indexes[uid] = &index{primary: text(b["primaryKey"]), settings: defaults(), numbers: map[string]int{}}
		return nil
	})
}

func showIndex(q *question) (any, error) {
	x, err := q.index(q.last())
	if err != nil {
		return nil, err
	}
	return map[string]any{"uid": q.last(), "primaryKey": x.primary, "createdAt": moment, "updatedAt": moment}, nil
}

func deleteIndex(q *question) (any, error) {
	return q.enqueue("indexDeletion", q.last(), func() *wrong {
		if _, err := (&question{server: q.server}).index(q.last()); err != nil {
			return &wrong{code: "index_not_found"}
		}
		delete(q.server.indexes, q.last())
		return nil
	})
}

func swapIndexes(q *question) (any, error) {
	for _, pair := range q.body.([]any) {
		for _, uid := range texts(pair.(map[string]any)["indexes"]) {
			if !q.sees(uid) {
				return nil, &wrong{http.StatusForbidden, "invalid_api_key", "The provided API key is invalid."}
			}
		}
	}
	return q.enqueue("indexSwap", "", func() *wrong {
		for _, pair := range q.body.([]any) {
			p := pair.(map[string]any)
			names, all := texts(p["indexes"]), q.server.indexes
			a, b := all[names[0]], all[names[1]]
			rename := p["rename"] == true
			switch {
			case a == nil || b == nil && !rename:
				return &wrong{code: "index_not_found"}
			case b != nil && rename:
				return &wrong{code: "index_already_exists"}
			case rename:
				delete(all, names[0])
				all[names[1]] = a
			default:
				all[names[0]], all[names[1]] = b, a
			}
			for _, t := range q.server.tasks { // the past goes with the index
				switch t.on {
				case names[0]:
					t.on = names[1]
				case names[1]:
					t.on = names[0]
				}
			}
		}
		return nil
	})
}

func updateSettings(q *question) (any, error) {
	uid := q.parts[2]
	return q.enqueue("settingsUpdate", uid, func() *wrong {
		x := q.server.indexes[uid]
		if x == nil {
			return &wrong{code: "index_not_found"}
		}
		maps.Copy(x.settings, q.body.(map[string]any))
		x.read()
		return nil
	})
}

func showSettings(q *question) (any, error) {
	x, err := q.index(q.parts[2])
	if err != nil {
		return nil, err
	}
	return x.settings, nil
}

// defaults are the settings of a new index that ours do not set.
func defaults() map[string]any {
	return map[string]any{"embedders": map[string]any{}, "displayedAttributes": []any{"*"}, "searchableAttributes": []any{"*"}, "filterableAttributes": []any{}}
}

func addDocuments(q *question) (any, error) {
	uid := q.parts[2]
	var docs []map[string]any
	if err := json.Unmarshal(q.raw, &docs); err != nil {
		return nil, &wrong{http.StatusBadRequest, "malformed_payload", err.Error()}
	}
	return q.enqueue("documentAdditionOrUpdate", uid, func() *wrong {
		x := q.server.indexes[uid]
		if x == nil {
			return &wrong{code: "index_not_found"}
		}
		for _, d := range docs {
			if q.server.alter != nil {
				q.server.alter(d)
			}
			id := text(d[x.primary])
			if id == "" || strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
				return &wrong{code: "invalid_document_id"}
			}
			if n, known := x.numbers[id]; known {
				x.docs[n] = d
				continue
			}
			x.numbers[id] = len(x.docs)
			x.docs = append(x.docs, d)
		}
		x.read()
		return nil
	})
}

func fetchDocuments(q *question) (any, error) {
	x, err := q.index(q.parts[2])
	if err != nil {
		return nil, err
	}
	b := q.body.(map[string]any)
	offset, limit := number(b["offset"], 0), number(b["limit"], 20)
	results := []any{}
	for _, d := range x.docs[min(offset, len(x.docs)):min(offset+limit, len(x.docs))] {
		results = append(results, only(d, texts(b["fields"])))
	}
	return map[string]any{"results": results, "offset": offset, "limit": limit, "total": len(x.docs)}, nil
}

func number(v any, otherwise int) int {
	if n, ok := v.(float64); ok {
		return int(n)
	}
	return otherwise
}

// only returns the fields that are asked for.
func only(d map[string]any, fields []string) map[string]any {
	if len(fields) == 0 {
		return d
	}
	out := map[string]any{}
	for _, f := range fields {
		if v, ok := d[f]; ok {
			out[f] = v
		}
	}
	return out
}
