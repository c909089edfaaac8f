package meilitest

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
)

// openapi is what is asked here of the server's own description of its API
// (documentation of version 1.53.0, MIT).
//
//go:embed openapi.json
var openapi []byte

type description struct {
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	Parameters []struct {
		Name string `json:"name"`
		In   string `json:"in"`
	} `json:"parameters"`
	RequestBody struct {
		Content map[string]struct {
			Schema *schema `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
	Responses map[string]struct {
		Content map[string]struct {
			Schema *schema `json:"schema"`
		} `json:"content"`
	} `json:"responses"`
}

type schema struct {
	Ref        string             `json:"$ref"`
	Type       any                `json:"type"` // a word or several
	Enum       []any              `json:"enum"`
	Required   []string           `json:"required"`
	Properties map[string]*schema `json:"properties"`
	Additional json.RawMessage    `json:"additionalProperties"`
	Items      *schema            `json:"items"`
	OneOf      []*schema          `json:"oneOf"`
	AllOf      []*schema          `json:"allOf"`
	Minimum    *float64           `json:"minimum"`
}

var api = sync.OnceValue(func() *description {
	d := &description{}
	if err := json.Unmarshal(openapi, d); err != nil {
		panic(err)
	}
	return d
})

// operation returns how a request is described, by the path's pattern.
func (d *description) operation(method, path string) (operation, string, bool) {
	for pattern, methods := range d.Paths {
		if fits(pattern, path) {
			o, ok := methods[strings.ToLower(method)]
			return o, pattern, ok
		}
	}
	return operation{}, "", false
}

func fits(pattern, path string) bool {
	p, q := strings.Split(pattern, "/"), strings.Split(path, "/")
	return len(p) == len(q) && !slices.ContainsFunc(p, func(part string) bool {
		i := slices.Index(p, part)
		return part != q[i] && !strings.HasPrefix(part, "{")
	})
}

// check returns what is wrong with a value, or "". A field that is not
// described is wrong.
func (d *description) check(s *schema, v any, at string) string {
	switch {
	case s == nil:
		return ""
	case s.Ref != "":
		return d.check(d.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]], v, at)
	case len(s.OneOf) > 0:
		var all []string
		for _, one := range s.OneOf {
			wrong := d.check(one, v, at)
			if wrong == "" {
				return ""
			}
			all = append(all, wrong)
		}
		return strings.Join(all, "; ")
	case len(s.AllOf) > 0:
		return d.check(&schema{OneOf: d.variants(s)}, v, at)
	case !s.hasType(v):
		return fmt.Sprintf("%s: %v is no %v", at, v, s.Type)
	case len(s.Enum) > 0 && !slices.Contains(s.Enum, v):
		return fmt.Sprintf("%s: %v is none of %v", at, v, s.Enum)
	}
	switch v := v.(type) {
	case float64:
		if s.Minimum != nil && v < *s.Minimum {
			return fmt.Sprintf("%s: %v is below %v", at, v, *s.Minimum)
		}
	case []any:
		for i, e := range v {
			if wrong := d.check(s.Items, e, fmt.Sprintf("%s[%d]", at, i)); wrong != "" {
				return wrong
			}
		}
	case map[string]any:
		return d.object(s, v, at)
	}
	return ""
}

func (d *description) object(s *schema, v map[string]any, at string) string {
	for _, name := range s.Required {
		if _, ok := v[name]; !ok {
			return fmt.Sprintf("%s: no %s", at, name)
		}
	}
	for name, e := range v {
		of, known := s.Properties[name]
		if !known && len(s.Additional) > 0 {
			of = &schema{}
			if json.Unmarshal(s.Additional, of) != nil { // true or false
				of = nil
			}
			known = string(s.Additional) != "false"
		}
		if !known && s.Properties != nil {
			return fmt.Sprintf("%s: unknown field %s", at, name)
		}
		if wrong := d.check(of, e, at+"."+name); wrong != "" {
			return wrong
		}
	}
	return ""
}

// variants are the objects that a schema allows, with the fields of all its
// parts.
func (d *description) variants(s *schema) []*schema {
	switch {
	case s.Ref != "":
		return d.variants(d.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]])
	case len(s.OneOf) > 0:
		var out []*schema
		for _, one := range s.OneOf {
			out = append(out, d.variants(one)...)
		}
		return out
	}
	out := []*schema{{Type: s.Type, Required: s.Required, Properties: s.Properties}}
	for _, part := range s.AllOf {
		var longer []*schema
		for _, a := range out {
			for _, b := range d.variants(part) {
				both := &schema{Type: "object", Required: slices.Concat(a.Required, b.Required), Properties: map[string]*schema{}}
				maps.Copy(both.Properties, a.Properties)
				maps.Copy(both.Properties, b.Properties)
				longer = append(longer, both)
			}
		}
		out = longer
	}
	return out
}

func (s *schema) hasType(v any) bool {
	switch t := s.Type.(type) {
	case string:
		return isType(t, v)
	case []any:
		return slices.ContainsFunc(t, func(one any) bool { return isType(fmt.Sprint(one), v) })
	}
	return true
}

func isType(t string, v any) bool {
	switch v := v.(type) {
	case nil:
		return t == "null"
	case bool:
		return t == "boolean"
	case string:
		return t == "string"
	case float64:
		return t == "number" || t == "integer" && v == math.Trunc(v)
	case []any:
		return t == "array"
	case map[string]any:
		return t == "object"
	}
	return false
}
