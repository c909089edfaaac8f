package meili

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
)

// settings are all settings of an index, as the server takes and gives them.
// A change of them is a new generation.
//
//go:embed settings.json
var settings []byte

// putSettings gives the index our settings.
func (x *Index) putSettings(ctx context.Context, k *keys, uid string) error {
	var task struct {
		TaskUID int64 `json:"taskUid"`
	}
	if err := x.request(ctx, k.build, http.MethodPatch, "/indexes/"+uid+"/settings", settings, &task); err != nil {
		return err
	}
	return x.done(ctx, k, task.TaskUID)
}

// hasSettings reports whether the index has our settings.
func (x *Index) hasSettings(ctx context.Context, k *keys, uid string) (bool, error) {
	var want, got map[string]any
	if err := json.Unmarshal(settings, &want); err != nil {
		return false, err
	}
	if err := x.request(ctx, k.build, http.MethodGet, "/indexes/"+uid+"/settings", nil, &got); err != nil {
		return false, err
	}
	for name, value := range want {
		if !reflect.DeepEqual(got[name], value) {
			return false, nil
		}
	}
	return true, nil
}

// request is a request of our own, for what the library cannot say.
func (x *Index) request(ctx context.Context, key, method, path string, body []byte, out any) error {
	r, err := http.NewRequestWithContext(ctx, method, x.config.URL+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/json")
	answer, err := x.http.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		var why struct {
			Code string `json:"code"`
		}
		if json.Unmarshal(said, &why) != nil {
			why.Code = "unreadable"
		}
		return &refusal{answer.StatusCode, why.Code}
	}
	return json.Unmarshal(said, out)
}
