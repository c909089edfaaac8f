package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// kept is what is sealed of a conversation: the talk, and what was said last,
// to be shown again when the answer was lost on its way.
type keptTalk struct {
	Talk    state   `json:"talk"`
	Replies []Reply `json:"replies,omitempty"`
}

// encode writes a talk and its last replies. The open question is left out: it
// is computed anew.
func (t Talk) encode(replies []Reply) ([]byte, error) {
	k := keptTalk{Talk: t.state}
	for _, r := range replies {
		if r.Prompt == "" {
			k.Replies = append(k.Replies, r)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(k); err != nil {
		return nil, fmt.Errorf("bot: talk: %w", err)
	}
	return b.Bytes(), nil
}

// decode reads what encode wrote.
func decode(dir *Directory, b []byte) (Talk, []Reply, error) {
	var k keptTalk
	if err := json.Unmarshal(b, &k); err != nil {
		return Talk{}, nil, fmt.Errorf("bot: talk: %w", err)
	}
	return Talk{k.Talk, dir}, k.Replies, nil
}
