package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"yangguang/complaint"
)

// docketColumns are the columns of a case that its docket fills, in the order
// of encodeDocket.
var docketColumns = []string{
	"version", "state", "place", "rank", "at", "kind", "class", "accused", "route", "handler",
	"urgent", "fast", "supervised", "filed", "changed", "due", "yellow", "clock", "duty", "legal", "waits", "post",
}

func encodeDocket(d complaint.Docket) ([]any, error) {
	accused, err := json.Marshal(d.Accused)
	if err != nil {
		return nil, err
	}
	route, err := json.Marshal(d.Route)
	if err != nil {
		return nil, err
	}
	waits, post := "", ""
	if len(d.Waits) > 0 {
		encoded, err := json.Marshal(d.Waits)
		if err != nil {
			return nil, err
		}
		waits = string(encoded)
	}
	if posts := d.Posts(); len(posts) > 0 {
		post = posts[0]
	}
	at := d.Position()
	return []any{
		d.Version, string(d.State), d.Route.Places()[0].String(), at.Rank, at.At, string(d.Kind), string(d.Class),
		string(accused), string(route), string(d.Handler), bit(d.Urgent), bit(d.Fast), bit(d.Supervised),
		stamp(d.Filed), stamp(d.Changed), stamp(d.Due), stamp(d.Yellow),
		string(d.Clock), bit(d.Duty), bit(d.Legal), waits, post,
	}, nil
}

// docketRead are the columns of a case c that scanDocket reads: by what is only
// sorted and found follows from the others.
const docketRead = `c.number, c.version, c.state, c.kind, c.class, c.accused, c.route, c.handler,
	c.urgent, c.fast, c.supervised, c.filed, c.changed, c.due, c.yellow, c.clock, c.duty, c.legal, c.waits`

func scanDocket(rows *sql.Rows) (d complaint.Docket, err error) {
	var number, filed, changed, due, yellow int64
	var urgent, fast, supervised, duty, legal int
	var accused, route, waits sql.RawBytes
	err = rows.Scan(&number, &d.Version, &d.State, &d.Kind, &d.Class, &accused, &route, &d.Handler,
		&urgent, &fast, &supervised, &filed, &changed, &due, &yellow, &d.Clock, &duty, &legal, &waits)
	if err != nil {
		return d, explain(err)
	}
	d.Number = complaint.NumberOf(number)
	d.Urgent, d.Fast, d.Supervised, d.Duty, d.Legal = urgent == 1, fast == 1, supervised == 1, duty == 1, legal == 1
	d.Filed, d.Changed, d.Due, d.Yellow = moment(filed).UTC(), moment(changed).UTC(), moment(due).UTC(), moment(yellow).UTC()
	if len(waits) > 0 {
		err = json.Unmarshal(waits, &d.Waits)
	}
	if err := errors.Join(err, json.Unmarshal(accused, &d.Accused), json.Unmarshal(route, &d.Route)); err != nil {
		return d, damaged(d.Number, err)
	}
	return d, nil
}

// damaged is the error of one case whose columns are not what was stored.
func damaged(n complaint.Number, err error) error {
	return &complaint.Damaged{Number: n, Why: fmt.Errorf("%w: %v", ErrDamaged, err)}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// setDocket sets every column of a docket, beginning with that parameter.
func setDocket(from int) string {
	set := make([]string, len(docketColumns))
	for i, c := range docketColumns {
		set[i] = fmt.Sprintf("%s = $%d", c, from+i)
	}
	return strings.Join(set, ", ")
}

// parameters returns $from, $from+1 … n times.
func parameters(from, n int) string {
	var out strings.Builder
	for i := range n {
		if i > 0 {
			out.WriteString(", ")
		}
		fmt.Fprintf(&out, "$%d", from+i)
	}
	return out.String()
}
