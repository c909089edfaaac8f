package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"yangguang/content"
)

// jsonReport is for programs. Tables are written as they come: a large one
// stands in memory once.
type jsonReport struct {
	out    io.Writer
	line   bytes.Buffer
	tables int
	err    error
}

func (j *jsonReport) write(s string) {
	if j.err == nil {
		_, j.err = io.WriteString(j.out, s)
	}
}

func (j *jsonReport) value(v any) {
	j.line.Reset()
	enc := json.NewEncoder(&j.line)
	enc.SetEscapeHTML(false)
	if j.err == nil {
		j.err = enc.Encode(v)
	}
	j.write(strings.TrimSuffix(j.line.String(), "\n"))
}

func (j *jsonReport) table(d *content.Draft, found content.Findings) {
	if j.tables++; j.tables == 1 {
		j.write(`{"files":[`)
	} else {
		j.write(",")
	}
	total, stated := d.Total()
	head := []member{
		{"file", d.File},
		{"sheet", d.Tab},
		{"type", orNull(string(d.Sheet.Of))},
		{"year", orNull(d.Sheet.Year)},
		{"as_of", orNull(d.Sheet.AsOf.String())},
		{"rows", len(d.Items)},
		{"total", nil},
	}
	if stated {
		head[len(head)-1].value = total
	}
	j.write("{")
	for _, m := range head {
		j.write(strconv.Quote(m.name) + ":")
		j.value(m.value)
		j.write(",")
	}
	members(j, "records", d.Items, func(i content.Item) any { return object(recordOf(i)) })
	j.write(",")
	members(j, "problems", found, func(f content.Finding) any {
		return object{{"cell", f.Cell}, {"code", f.Code}, {"level", string(f.Level)}, {"text", f.Text}}
	})
	j.write(",")
	members(j, "leaks", d.Leaks, func(l content.Leak) any { return object{{"where", l.Where}, {"kind", l.Kind}} })
	j.write("}")
}

func members[T any](j *jsonReport, name string, all []T, of func(T) any) {
	j.write(strconv.Quote(name) + ":[")
	for i, one := range all {
		if i > 0 {
			j.write(",")
		}
		j.value(of(one))
	}
	j.write("]")
}

func (j *jsonReport) end(exit) { j.write("]}\n") }

// orNull is null for what is not known.
func orNull[T comparable](v T) any {
	var none T
	if v == none {
		return nil
	}
	return v
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendQuote(out, m.name)
		out = append(out, ':')
		v, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		out = append(out, v...)
	}
	return append(out, '}'), nil
}

// recordOf are the values of a row as the sheet says them: names as they stand
// there, numbers as numbers, null where there is none.
func recordOf(i content.Item) []member {
	switch r := i.Record.(type) {
	case *content.Target:
		return []member{{"unit", i.Name}, number("number", r.Number)}
	case *content.Plan:
		return some([]member{{"school", i.Name}, {"specialty", i.Specialty}, {"code", orNull(r.Specialty)}, number("number", r.Number), number("fee", r.Fee), duration(r.Duration)},
			member{"direction", r.Direction}, member{"approval", r.Approval}, member{"partner", r.Partner}, member{"campus", r.Campus}, member{"batch", r.Batch}, member{"text", r.Text})
	case *content.Result:
		return some([]member{
			{"school", i.Name},
			{"specialty", i.Specialty},
			{"code", orNull(r.Specialty)},
			number("plan", r.Plan), number("admitted", r.Admitted),
			number("registered", r.Registered), number("filed", r.Filed),
		}, member{"lowest", r.Lowest}, member{"direction", r.Direction}, member{"batch", r.Batch}, duration(r.Duration))
	case *content.Qualification:
		return some([]member{{"school", i.Name}, {"status", orNull(string(r.Status))}, {"date", orNull(r.Date.String())}}, member{"document", r.Document}, member{"reason", r.Reason},
			member{"scope", r.Scope}, member{"from", r.From.String()}, member{"to", r.To.String()}, several("specialties", r.Specialties), several("addresses", r.Addresses))
	case *content.Bulletin:
		return []member{
			{"unit", i.Name},
			{"row", string(r.Row)},
			{"as_of", orNull(r.AsOf.String())},
			number("graduates", r.Graduates), number("total_hs", r.Total),
			number("general_hs", r.General), number("vocational", r.Vocational),
			{"ratio", orNull(r.Ratio)},
			{"rate", orNull(r.Rate)},
		}
	case *content.School:
		return schoolOf(r)
	case *content.Specialty:
		return some([]member{{"specialty", r.Name}, {"code", r.Code}}, member{"class", r.Class}, member{"family", r.Family}, member{"years", r.Years}, member{"first", r.First},
			several("higher", r.Higher), several("vocational", r.Vocational), several("bachelor", r.Bachelor), several("everyday", r.Everyday))
	case *content.Unit:
		return some([]member{{"unit", r.Name}, {"code", r.Code}, {"kind", string(r.Kind)}}, several("aliases", r.Aliases), member{"note", r.Note})
	}
	return otherOf(i.Record)
}

func schoolOf(r *content.School) []member {
	var addresses []string
	for _, c := range r.Campuses {
		addresses = append(addresses, c.Address)
	}
	return some([]member{{"school", r.Name}, {"code", orNull(r.Code)}}, member{"kind", string(r.Kind)}, member{"ownership", string(r.Ownership)}, member{"sponsor", r.Sponsor},
		member{"authority", r.Authority}, member{"area", r.Area}, several("addresses", addresses), member{"phone", r.Phone}, member{"url", r.URL}, member{"boarding", r.Boarding},
		several("short", r.Short), several("former", r.Former), member{"text", r.Text})
}

func otherOf(r content.Record) []member {
	switch r := r.(type) {
	case *content.KeyDate:
		return some([]member{{"name", r.Name}, {"date", orNull(r.Date.String())}}, member{"working_days", r.WorkingDays}, member{"event", r.Event}, member{"audience", r.Audience}, member{"note", r.Note})
	case *content.Aid:
		return []member{{"name", r.Name}, {"group", r.Group}, {"text", r.Text}}
	case *content.Rule:
		return some([]member{{"name", r.Name}, {"topic", r.Topic}, {"case", r.Case}, {"text", r.Text}}, member{"min", r.Min}, member{"max", r.Max})
	case *content.FAQ:
		return some([]member{{"question", r.Question}, {"answer", r.Answer}}, several("asks", r.Asks), member{"opens", r.Opens})
	case *content.Clarification:
		return some([]member{{"claim", r.Claim}, {"verdict", orNull(string(r.Verdict))}, {"text", r.Text}, {"date", orNull(r.On.String())}, {"answered", orNull(r.Answered.String())}},
			member{"seen", r.Seen}, several("schools", r.Schools))
	}
	return nil
}

func number(name string, f content.Figure) member {
	if f.State != content.HasValue {
		return member{name, nil}
	}
	return member{name, f.Value}
}

// duration is a number where it is one: 3, else as it stands: 3+2.
func duration(s string) member {
	if n, err := strconv.Atoi(s); err == nil {
		return member{"duration", n}
	}
	return member{"duration", orNull(s)}
}

func several(name string, words []string) member {
	if len(words) == 0 {
		return member{name, nil}
	}
	return member{name, words}
}

// some adds those members that have a value.
func some(to []member, more ...member) []member {
	for _, m := range more {
		if m.value != nil && m.value != "" && m.value != 0 {
			to = append(to, m)
		}
	}
	return to
}
