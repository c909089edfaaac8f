package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// keptTalk is what is sealed of a conversation: the talk, and what was said last,
// to be shown again when the answer was lost on its way.
type keptTalk struct {
	Talk    state   `json:"talk"`
	Replies []Reply `json:"replies,omitempty"`
}

// remarksOf leaves the open question out: it is computed anew.
func remarksOf(replies []Reply) []Reply {
	return slices.DeleteFunc(slices.Clone(replies), func(r Reply) bool { return r.Prompt != "" })
}

// encode writes a talk and its last replies.
func (t *Talk) encode(replies []Reply) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(2 << 10)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(keptTalk{t.state, replies}); err != nil {
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
	if k.Talk.Heard == nil {
		k.Talk.Heard = &heard{}
	}
	return Talk{k.Talk, dir}, k.Replies, nil
}
