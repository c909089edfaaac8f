package content

import (
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Everything published is read at each start, and most of that time went into
// package json: it looks at every byte twice, and copies every word. decoder
// reads only what Canonical writes (no spaces, the fields in their order), in
// one go, and cuts the words out of the text. Of anything else it says that it
// cannot, and package json reads it.
type decoder struct {
	text  string
	at    int
	words []string // room for a list
}

// shape is how the values of a type are written.
type shape struct {
	kind   reflect.Kind
	asText bool    // it reads itself from a word
	fields []field // of a struct, in the order in which they are written
	elem   *shape  // of what a slice, a map or a pointer holds
}

type field struct {
	name  string
	index []int
	*shape
}

var textual = reflect.TypeFor[encoding.TextUnmarshaler]()

func shapeOf(t reflect.Type) *shape {
	s := &shape{kind: t.Kind(), asText: reflect.PointerTo(t).Implements(textual)}
	switch {
	case s.asText:
	case s.kind == reflect.Struct:
		for f := range t.Fields() {
			s.fields = append(s.fields, fieldsOf(f)...)
		}
	case s.kind == reflect.Slice, s.kind == reflect.Map, s.kind == reflect.Pointer:
		s.elem = shapeOf(t.Elem())
	}
	return s
}

// fieldsOf returns how a field is written: not at all, under its name, or where
// it has none as its own fields.
func fieldsOf(f reflect.StructField) []field {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case name == "-":
		return nil
	case name != "":
		return []field{{name, f.Index, shapeOf(f.Type)}}
	}
	inner := shapeOf(f.Type).fields
	for i := range inner {
		inner[i].index = append(f.Index, inner[i].index...)
	}
	return inner
}

// quickly reads a list of records, or reports that it cannot.
func quickly(form reflect.Type, list []byte) (records []Record, ok bool) {
	d, s := &decoder{text: string(list)}, shapeOf(form)
	ok = d.between('[', ']', func() bool {
		r := reflect.New(form)
		records = append(records, r.Interface().(Record))
		return d.value(r.Elem(), s)
	})
	return records, ok && d.text[d.at:] == "\n"
}

// next reads c if it is what comes next.
func (d *decoder) next(c byte) bool {
	if d.at < len(d.text) && d.text[d.at] == c {
		d.at++
		return true
	}
	return false
}

// between reads a list like [a,b,c]; read reads one of them.
func (d *decoder) between(begin, end byte, read func() bool) bool {
	if !d.next(begin) {
		return false
	}
	if d.next(end) {
		return true
	}
	for read() {
		if d.next(end) {
			return true
		}
		if !d.next(',') {
			return false
		}
	}
	return false
}

func (d *decoder) value(v reflect.Value, s *shape) bool {
	if s.asText {
		word, ok := d.word()
		return ok && v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(word)) == nil
	}
	switch s.kind {
	case reflect.String:
		word, ok := d.word()
		v.SetString(word)
		return ok
	case reflect.Int, reflect.Bool:
		return d.plain(v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return d.value(v.Elem(), s.elem)
	case reflect.Struct:
		return d.object(v, s.fields)
	case reflect.Slice:
		return d.slice(v, s.elem)
	case reflect.Map:
		return d.table(v, s.elem)
	}
	return false
}

// object reads {"name":value,…} with the fields in their order.
func (d *decoder) object(v reflect.Value, fields []field) bool {
	return d.between('{', '}', func() bool {
		name, ok := d.word()
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if !ok || i < 0 || !d.next(':') {
			return false
		}
		f := fields[i]
		fields = fields[i+1:]
		return d.value(v.FieldByIndex(f.index), f.shape)
	})
}

func (d *decoder) slice(v reflect.Value, elem *shape) bool {
	if words, ok := reflect.TypeAssert[*[]string](v.Addr()); ok {
		d.words = d.words[:0]
		ok = d.between('[', ']', func() bool {
			word, ok := d.word()
			d.words = append(d.words, word)
			return ok
		})
		*words = append(make([]string, 0, len(d.words)), d.words...)
		return ok
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 4))
	return d.between('[', ']', func() bool {
		n := v.Len()
		v.Grow(1)
		v.SetLen(n + 1)
		return d.value(v.Index(n), elem)
	})
}

func (d *decoder) table(v reflect.Value, elem *shape) bool {
	v.Set(reflect.MakeMap(v.Type()))
	return d.between('{', '}', func() bool {
		key, ok := d.word()
		if !ok || !d.next(':') {
			return false
		}
		value := reflect.New(v.Type().Elem()).Elem()
		ok = d.value(value, elem)
		v.SetMapIndex(reflect.ValueOf(key), value)
		return ok
	})
}

// word reads a string. Only what is escaped in it is not cut out of the text.
func (d *decoder) word() (string, bool) {
	if !d.next('"') {
		return "", false
	}
	n := strings.IndexByte(d.text[d.at:], '"')
	if n < 0 {
		return "", false
	}
	word := d.text[d.at : d.at+n]
	if strings.IndexByte(word, '\\') >= 0 {
		return d.escaped()
	}
	d.at += n + 1
	return word, true
}

// escapes are those that a text of ours has.
var escapes = map[byte]byte{'n': '\n', '"': '"', '\\': '\\', 't': '\t', 'r': '\r'}

// escaped reads the rest of a string that has escapes.
func (d *decoder) escaped() (string, bool) {
	var word strings.Builder
	for {
		n := strings.IndexAny(d.text[d.at:], "\"\\")
		if n < 0 || d.at+n+1 == len(d.text) {
			return "", false
		}
		word.WriteString(d.text[d.at : d.at+n])
		d.at += n + 1
		if d.text[d.at-1] == '"' {
			return word.String(), true
		}
		c, known := escapes[d.text[d.at]]
		if !known {
			return "", false
		}
		word.WriteByte(c)
		d.at++
	}
}

// plain reads a number or a truth.
func (d *decoder) plain(v reflect.Value) bool {
	from := d.at
	d.at += max(0, strings.IndexAny(d.text[from:], ",]}"))
	word := d.text[from:d.at]
	if v.Kind() == reflect.Bool {
		v.SetBool(word == "true")
		return word == "true" || word == "false"
	}
	n, err := strconv.Atoi(word)
	v.SetInt(int64(n))
	return err == nil && strconv.Itoa(n) == word
}
