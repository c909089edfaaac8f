package site

import (
	"reflect"
	"strings"
	"time"

	"yangguang/content"
	"yangguang/pattern"
	"yangguang/site/page"
)

// apiPath is where the lists stand for programs: the same bytes as beside their
// pages, under addresses that stay.
const apiPath = "/api/v1"

// dataset is a list as it was added: its path, what its items are, and for a
// reading its type, its records and how many of them hold.
type dataset struct {
	path string
	item reflect.Type
	list func(*reading) (of content.Type, records []content.Record, holding int)
}

var routeParam = pattern.New(`:(\w+)(?:<int>)?`)

// described is the OpenAPI description of the lists and the search, made of the
// types that they are written from.
func (s *Site) described(pr page.Reading) (page.Document, error) {
	paths := map[string]any{
		apiPath + "/search": map[string]any{"get": operation("搜索", searchParams, map[string]any{"type": "object"})},
	}
	for _, d := range s.datasets {
		path := apiPath + d.path
		var params []any
		for _, m := range routeParam.FindAllStringSubmatch(d.path, -1) {
			path = strings.Replace(path, m[0], "{"+m[1]+"}", 1)
			params = append(params, param(m[1], "path", "integer", true, "年份"))
		}
		params = append(params, param("edition", "query", "integer", false, "第几版；不写就是现在的"))
		list := map[string]any{"type": "object", "properties": map[string]any{
			"edition": integer, "as_of": text, "type": text, "year": nullable(integer), "total": integer, "next": nullable(text),
			"items": map[string]any{"type": "array", "items": schemaOf(d.item)},
		}}
		paths[path] = map[string]any{"get": operation(strings.TrimPrefix(path, apiPath), params, list)}
	}
	return page.JSON(map[string]any{
		"openapi": "3.1.0", "x-demo": pr.Snapshot.Fictional(),
		"info":  map[string]any{"title": s.identity(pr.Snapshot).Name, "version": "1", "description": "公开的招生资料，和网页上的一样。不用申请，不用密钥。"},
		"paths": paths,
	}), nil
}

var searchParams = []any{
	param("q", "query", "string", true, "查什么"), param("type", "query", "string", false, "只要哪一类"), param("year", "query", "integer", false, "只要哪一年"),
}

func param(name, in, of string, required bool, what string) any {
	return map[string]any{"name": name, "in": in, "required": required, "description": what, "schema": map[string]any{"type": of}}
}

func operation(what string, params []any, of any) any {
	return map[string]any{"summary": what, "parameters": params, "responses": map[string]any{
		"200": map[string]any{"description": "有", "content": map[string]any{"application/json": map[string]any{"schema": of}}},
		"404": map[string]any{"description": "还没有公开"},
	}}
}

var (
	text    = map[string]any{"type": "string"}
	integer = map[string]any{"type": "integer"}
)

func nullable(of map[string]any) map[string]any {
	return map[string]any{"anyOf": []any{of, map[string]any{"type": "null"}}}
}

var figureState = reflect.TypeFor[content.FigureState]()

// schemaOf describes a type as encoding/json writes it.
func schemaOf(t reflect.Type) map[string]any {
	switch {
	case t == figureState:
		return map[string]any{"type": "string", "enum": []content.FigureState{
			content.HasValue, content.Unpublished, content.Unreported, content.NotApplicable, content.Suppressed, content.Correcting,
		}}
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return nullable(schemaOf(t.Elem()))
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return integer
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Struct:
		fields := map[string]any{}
		addFields(fields, t)
		return map[string]any{"type": "object", "properties": fields}
	}
	return text
}

func addFields(to map[string]any, t reflect.Type) {
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-", name == "" && !f.Anonymous && !f.IsExported():
		case name == "" && f.Anonymous:
			addFields(to, f.Type)
		default:
			to[name] = schemaOf(f.Type)
		}
	}
}
