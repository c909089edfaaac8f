// Package sheet reads what editors write: the sheets and texts of a content
// pack, as WPS and a text editor save them. It finds columns by their heads,
// turns text into the types of room content, and names the cell of everything
// it cannot read. What may be published is not decided here but by
// [content.Check].
package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"yangguang/content"
	"yangguang/content/sheet/book"
	"yangguang/pattern"
)

// ReadPack reads a content pack. Where parts of it cannot be read it returns
// the rest and an error that is a [content.Problems].
func ReadPack(fsys fs.FS) (content.Pack, error) {
	r := &reader{fsys: fsys, policies: map[string]bool{}, laws: map[string]*content.Law{}}
	r.readPolicies()
	r.readLaws()
	for _, s := range sheets {
		r.readSheet(s)
	}
	r.readHolidays()
	r.readArticles()
	r.readWordings()
	r.readSheets()
	if len(r.found) > 0 {
		return r.pack, r.found
	}
	return r.pack, nil
}

// Digest returns the SHA-256 of all files of a pack and their names, in hex.
func Digest(fsys fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, name)
		fmt.Fprintf(sum, "%s %d\n", name, len(b))
		sum.Write(b)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

type reader struct {
	fsys  fs.FS
	pack  content.Pack
	found content.Problems

	policies map[string]bool
	laws     map[string]*content.Law
	// sheetRows counts the rows of all sheets, so that they keep their order.
	sheetRows int
}

func (r *reader) problem(where, text string) {
	r.found = append(r.found, content.Problem{Where: where, Text: text})
}

// file returns the text of a file of the pack, and whether it was read.
func (r *reader) file(name string) (string, bool) {
	b, err := fs.ReadFile(r.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		r.problem(name, "缺这个文件。没有内容也要留着，第一行写列名。")
		return "", false
	}
	if err != nil {
		r.problem(name, "文件打不开："+err.Error()+"。")
		return "", false
	}
	text, err := book.Decode(b)
	if err != nil {
		r.problem(name, err.Error()+"。")
		return "", false
	}
	return text, true
}

// texts returns the names of the Markdown files in a folder of the pack.
func (r *reader) texts(folder string) []string {
	names, err := fs.Glob(r.fsys, folder+"/*.md")
	if err != nil || len(names) == 0 {
		r.problem(folder, "这个文件夹里没有 .md 文件。")
	}
	return names
}

func keyOf(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }

// rows returns the rows of a sheet, each with its source.
func (r *reader) rows(file string, columns []column) []*row {
	text, ok := r.file(file)
	if !ok {
		return nil
	}
	out, found := rows(file, text, columns)
	r.found = append(r.found, found...)
	for _, w := range out {
		w.source = r.source(w)
	}
	return out
}

// sheet is a file whose rows are each one record.
type sheet struct {
	file    string
	columns []column
	record  func(*row) content.Record
}

func (r *reader) readSheet(s sheet) {
	for i, w := range r.rows(s.file, s.columns) {
		record := s.record(w)
		r.found = append(r.found, w.found...)
		if len(w.found) > 0 {
			continue
		}
		m := record.Head()
		m.Order, m.Source = i+1, w.source
		r.pack.Items = append(r.pack.Items, content.Item{Record: record, Place: w.place(), Name: w.text("unit")})
	}
}

// origin is the columns that say where a record comes from.
var origin = []column{must("source", "出处"), may("quote", "原文"), may("url", "网址"), may("in", "可查")}

var sourceKey = pattern.New(`^([a-z0-9][a-z0-9.-]*)(?:#(.+))?$`)

// source reads where a row comes from: a document of the pack
// (jiaojiaowen-2022-48#s3.p1), a law of the pack (advertising-law#二十四), or
// in words what stands elsewhere.
func (r *reader) source(w *row) content.Source {
	s := content.Source{Quote: w.text("quote"), URL: w.text("url"), In: w.text("in")}
	m := sourceKey.FindStringSubmatch(w.text("source"))
	if m == nil {
		s.Title = w.text("source")
		return s
	}
	law, isLaw := r.laws[m[1]]
	if !isLaw {
		s.Policy, s.Place = content.ID("policy/"+m[1]), m[2]
		return s
	}
	s.Law, s.Place = law.ID, strings.TrimSuffix(strings.TrimPrefix(m[2], "第"), "条")
	s.Title, s.URL, s.In = law.Title, law.Source.URL, law.Source.In
	return s
}
