package content

import (
	"encoding/json"
	"errors"
	"fmt"
)

// parseFirstForm reads the form in which the first programs kept an edition:
// one array of changes. What was published is never rewritten.
func parseFirstForm(canonical []byte) ([]Change, error) {
	var kept []struct {
		Op     Op              `json:"op"`
		ID     ID              `json:"id"`
		Record json.RawMessage `json:"record"`
		Reason string          `json:"reason"`
	}
	if err := json.Unmarshal(canonical, &kept); err != nil {
		return nil, fmt.Errorf("content: edition: %w", err)
	}
	var all []Change
	for _, k := range kept {
		record := []byte(k.Record)
		if k.Op == Withdraw {
			var err error
			if record, err = plainJSON(withdrawal{k.ID, k.Reason}); err != nil {
				return nil, err
			}
		}
		changes, err := parseRun(fmt.Appendf(nil, "%s %s [%s]\n", k.Op, k.ID.Type(), record))
		if err == nil && (len(changes) != 1 || changes[0].ID != k.ID) {
			err = errors.New("not one record of its own id")
		}
		if err != nil {
			return nil, fmt.Errorf("content: edition: %s: %w", k.ID, err)
		}
		all = append(all, changes...)
	}
	return all, nil
}
