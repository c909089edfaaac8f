package content_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/sheet"
)

// bundled are the changes that publish the pack of the program.
func bundled(t testing.TB) (changes []content.Change) {
	t.Helper()
	pack, err := sheet.ReadPack(content.Bundled())
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range pack.Items {
		changes = append(changes, content.Change{Op: content.Put, ID: i.Record.Head().ID, Record: i.Record})
	}
	return changes
}

// byJSON reads a record as package json does.
func byJSON(t *testing.T, r content.Record) content.Record {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	again := reflect.New(reflect.TypeOf(r).Elem())
	if err := json.Unmarshal(b, again.Interface()); err != nil {
		t.Fatal(err)
	}
	return again.Interface().(content.Record)
}

// Whatever the pack holds is read as package json reads it, and none of it by
// package json.
func TestThePackIsReadAsJSONReadsIt(t *testing.T) {
	changes := bundled(t)
	text := canonicalOf(t, changes)
	read, err := content.ParseChanges(text)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range changes {
		if want := byJSON(t, c.Record); !reflect.DeepEqual(read[i].Record, want) {
			t.Errorf("%s is read as %+v, want %+v", c.ID, read[i].Record, want)
		}
	}
	for line := range bytes.Lines(text) {
		words := bytes.SplitN(line, []byte(" "), 3)
		of := content.Type(words[1])
		if _, quick := content.ReadQuickly(of, words[2]); !quick {
			t.Errorf("the records of type %s are read by package json", of)
		}
	}
}

// A record with something in every field is read as package json reads it, and
// not by package json, whatever its type.
func TestEveryFieldOfEveryTypeIsRead(t *testing.T) {
	for _, of := range content.Types() {
		r := content.NewRecord(of)
		fill(reflect.ValueOf(r).Elem())
		list, err := json.Marshal([]content.Record{r})
		if err != nil {
			t.Fatal(err)
		}
		read, quick := content.ReadQuickly(of, append(list, '\n'))
		if !quick {
			t.Errorf("%s is read by package json: %s", of, list)
		} else if want := byJSON(t, r); !reflect.DeepEqual(read[0], want) {
			t.Errorf("%s is read as %+v, want %+v", of, read[0], want)
		}
	}
}

// fill puts something into every field that is written.
func fill(v reflect.Value) {
	if d, ok := reflect.TypeAssert[*calendar.Date](v.Addr()); ok {
		*d = calendar.NewDate(2022, time.May, 25)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("字\"\\")
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.Map:
		of := reflect.New(v.Type().Elem()).Elem()
		fill(of)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("a").Convert(v.Type().Key()), of)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	default:
		panic(v.Type())
	}
}

func TestOddWordsAreReadAsJSONReadsThem(t *testing.T) {
	for _, word := range []string{
		"", `"`, `\`, `\\"`, "]}", `"},{"id":"term/b"`, "\n\t\r", "\b\f\x01", "\u2028", "<&>", "é", "\x00", "招生", "a\x80b", `\u4e2d`, `\n`,
	} {
		for _, r := range []content.Record{
			&content.Term{Name: word, Text: word + "x", Aliases: []string{word, word}},
			&content.Term{Aliases: []string{}},
			&content.Law{Articles: map[string]string{word: word, "一": "1"}, Names: []string{word}},
			&content.Article{Blocks: []content.Block{{Text: word, Level: -2, Table: &content.Table{Heads: []string{word}, Rows: [][]string{{}, {word}}}}}},
			&content.Rule{Text: word, Choices: []int{0, -1, 1 << 40}},
		} {
			id := content.ID("term/" + fmt.Sprintf("%T", r))
			switch r.(type) {
			case *content.Law:
				id = "law/a"
			case *content.Article:
				id = "article/a"
			case *content.Rule:
				id = "rule/2022/a"
			}
			r.Head().ID, r.Head().Note = id, ""
			read, err := content.ParseChanges(canonicalOf(t, []content.Change{{Op: content.Put, ID: id, Record: r}}))
			if err != nil {
				t.Errorf("%q in %T: %v", word, r, err)
			} else if want := byJSON(t, r); !reflect.DeepEqual(read[0].Record, want) {
				t.Errorf("%q in %T is read as %+v, want %+v", word, r, read[0].Record, want)
			}
		}
	}
}

// What Canonical does not write is left to package json: spaces, another order,
// what a record does not have.
func TestWhatIsWrittenOtherwiseIsReadToo(t *testing.T) {
	for list, want := range map[string]content.Term{
		`[ {"id":"term/a"}]`:                              {},
		`[{"id":"term/a","text":"x","name":"n"}]`:         {Name: "n", Text: "x"},
		`[{"id":"term/a","name":"n","wish":{"a":[1,2]}}]`: {Name: "n"},
		`[{"id":"term/a","name":null}]`:                   {},
		`[{"id":"term/a","name":"\u4e2d\/"}]`:             {Name: "中/"},
		`[{"id":"term/a","name":"n","name":"m"}]`:         {Name: "m"},
	} {
		want.ID = "term/a"
		read, err := content.ParseChanges([]byte("put term " + list + "\n"))
		if err != nil || len(read) != 1 || !reflect.DeepEqual(read[0].Record, &want) {
			t.Errorf("%s: %+v, %v, want %+v", list, read, err, want)
		}
	}
}

// What is read without package json is what package json reads.
func FuzzReadQuickly(f *testing.F) {
	f.Add("term", []byte(`[{"id":"term/a","name":"\n\"","text":"x","aliases":["x",""]},{"id":"term/b"}]`+"\n"))
	f.Add("article", []byte(`[{"id":"article/a","title":"a","blocks":[{"id":"s1","kind":"table","level":-2,"table":{"heads":[],"rows":[[],["a"]]}}]}]`+"\n"))
	f.Add("law", []byte(`[{"id":"law/a","source":{"url":"u"},"title":"","names":[],"articles":{"一":"x","":"\\"}}]`+"\n"))
	f.Add("key_date", []byte(`[{"id":"key_date/2022/a","year":2022,"name":"a","date":"2022-04-20","deadline":true,"audience":""}]`+"\n"))
	f.Add("holidays", []byte(`[{"id":"holidays/2022","days":[{"date":"2022-01-01","name":"元旦","work":false}],"statutory":{"元旦":1}}]`+"\n"))
	f.Fuzz(func(t *testing.T, of string, list []byte) {
		if !slices.Contains(content.Types(), content.Type(of)) || !utf8.Valid(list) || bytes.ContainsFunc(list[:max(0, len(list)-1)], unicode.IsControl) {
			return // the shelf holds no such words
		}
		read, ok := content.ReadQuickly(content.Type(of), list)
		if !ok {
			return
		}
		want, err := content.ReadByJSON(content.Type(of), list)
		if err != nil || len(read)+len(want) > 0 && !reflect.DeepEqual(read, want) {
			t.Fatalf("%s is read as %+v, want %+v, %v", list, read, want, err)
		}
	})
}

func BenchmarkParseChanges(b *testing.B) {
	text := canonicalOf(b, bundled(b))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := content.ParseChanges(text); err != nil {
			b.Fatal(err)
		}
	}
}
