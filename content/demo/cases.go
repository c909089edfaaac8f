package demo

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// Row is a row of a table here, by the heads of its columns.
type Row map[string]string

// Case is a complaint to try the desk on: what somebody writes, and what is
// done about it, each so many days ago.
type Case struct {
	Row
	Steps []Row
}

// Cases returns the complaints of the city in a year, in the order of their
// numbers.
func Cases(year int) ([]*Case, error) {
	filed, err := heads("cases/cases.csv")
	if err != nil {
		return nil, err
	}
	steps, err := heads("cases/steps.csv")
	if err != nil {
		return nil, err
	}
	var cases []*Case
	of := map[string]*Case{}
	for _, r := range filed {
		r["about"] = yearMark.ReplaceAllString(r["about"], strconv.Itoa(year))
		c := &Case{Row: r}
		cases, of[r["case"]] = append(cases, c), c
	}
	for _, s := range steps {
		c := of[s["case"]]
		if c == nil {
			return nil, fmt.Errorf("demo: a step of a case that there is not: %s", s["case"])
		}
		c.Steps = append(c.Steps, s)
	}
	return cases, nil
}

func heads(name string) ([]Row, error) {
	b, err := texts.ReadFile(name)
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("demo: %s: %w", name, err)
	}
	rows := make([]Row, 0, len(lines)-1)
	for _, l := range lines[1:] {
		r := Row{}
		for i, head := range lines[0] {
			r[head] = l[i]
		}
		rows = append(rows, r)
	}
	return rows, nil
}
