package meilitest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
)

type apiKey struct {
	uid, name        string
	actions, indexes []string
}

// secret is the key's value: it follows from the master key and the id, so that
// a key that is made again is the same.
func (s *Server) secret(uid string) string {
	mac := hmac.New(sha256.New, []byte(s.Key))
	mac.Write([]byte(uid))
	return hex.EncodeToString(mac.Sum(nil))
}

// allowed finds the key of the request, and whether it may do that.
func (q *question) allowed(action string) error {
	if action == "" {
		return nil
	}
	given, ok := strings.CutPrefix(q.request.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return &wrong{http.StatusUnauthorized, "missing_authorization_header", "The Authorization header is missing. It must use the bearer authorization method."}
	}
	if given == q.server.Key {
		return nil
	}
	for _, k := range q.server.keys {
		if q.server.secret(k.uid) == given && slices.Contains(k.actions, action) {
			q.key, q.indexes = k, k.indexes
			if slices.Contains(k.indexes, "*") {
				q.indexes = nil
			}
			return nil
		}
	}
	return &wrong{http.StatusForbidden, "invalid_api_key", "The provided API key is invalid."}
}

func createKey(q *question) (any, error) {
	b := q.body.(map[string]any)
	k := apiKey{uid: text(b["uid"]), name: text(b["name"]), actions: texts(b["actions"]), indexes: texts(b["indexes"])}
	if _, taken := q.server.keys[k.uid]; taken {
		return nil, &wrong{http.StatusConflict, "api_key_already_exists", "`uid` field value is already an existing API key."}
	}
	q.server.keys[k.uid] = k
	return q.server.keyView(k), nil
}

func showKey(q *question) (any, error) {
	if k, ok := q.server.keys[q.last()]; ok {
		return q.server.keyView(k), nil
	}
	return nil, &wrong{http.StatusNotFound, "api_key_not_found", "API key not found."}
}

func (s *Server) keyView(k apiKey) any {
	return map[string]any{
		"uid": k.uid, "name": k.name, "description": "", "key": s.secret(k.uid), "actions": k.actions, "indexes": k.indexes,
		"expiresAt": nil, "createdAt": moment, "updatedAt": moment,
	}
}

// moment stands for every time.
const moment = "2022-09-01T00:00:00Z"

func text(v any) string { s, _ := v.(string); return s }

func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = text(e)
	}
	return out
}
