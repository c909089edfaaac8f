package site

import (
	"cmp"
	"context"
	"encoding/xml"
	"io"
	"slices"
	"time"

	"yangguang/content"
	"yangguang/site/page"
)

// feedEntries is how many entries a feed has, the newest first.
const feedEntries = 50

// atom is a feed as RFC 4287 has it.
type atom struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Links   []atomLink `xml:"link"`
	Summary string     `xml:"summary"`
}

// feedOf is a list as a feed: what was published, changed or withdrawn last
// stands first.
func feedOf(r *reading, title, path string, of []content.Record) page.Document {
	of = slices.Clone(of)
	slices.SortStableFunc(of, func(a, b content.Record) int { return cmp.Compare(b.Head().Edition, a.Head().Edition) })
	f := r.feed(title, path)
	for _, record := range of[:min(feedEntries, len(of))] {
		m := record.Head()
		summary := m.Note
		if m.Withdrawn {
			summary = "已撤回。" + m.Reason
		}
		f.add(r, string(m.ID), r.Name(record), content.Path(record), m.At, summary)
	}
	return f.document()
}

// changesFeed is what was published, edition by edition.
func (s *Site) changesFeed(pr page.Reading) (page.Document, error) {
	r := s.read(pr, none)
	f := r.feed("更新记录", changesPath)
	for _, p := range slices.Backward(r.Published()) {
		if len(f.Entries) == feedEntries {
			break
		}
		number := itoa(int(p.Number))
		f.add(r, "edition/"+number, "第 "+number+" 版，"+itoa(len(p.Changed))+" 条", changesPath+"/"+number, p.At, p.Note)
	}
	return f.document(), nil
}

func (r *reading) feed(title, path string) *atom {
	self := path + ".atom"
	name := r.frame.Name
	if r.Fictional() {
		name += "（演示数据 · 非真实）"
	}
	return &atom{
		Lang: "zh-CN", ID: r.tag(path), Title: title + " · " + name, Updated: stamp(r.At), Author: cmp.Or(r.frame.Operator, r.frame.Name),
		Links: []atomLink{{"self", "application/atom+xml", r.frame.Address + self}, {"alternate", "text/html", r.frame.Address + path}},
	}
}

func (f *atom) add(r *reading, id, title, path string, at time.Time, summary string) {
	f.Entries = append(f.Entries, atomEntry{
		ID: r.tag(id), Title: title, Updated: stamp(at), Links: []atomLink{{"alternate", "text/html", r.frame.Address + path}}, Summary: summary,
	})
}

// tag names something for good, wherever the site stands (RFC 4151).
func (r *reading) tag(what string) string {
	return "tag:" + cmp.Or(r.frame.Domain(), "yangguang.invalid") + ",2022:" + what
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func (f *atom) document() page.Document {
	return page.Document{Type: "application/atom+xml; charset=utf-8", Write: func(_ context.Context, w io.Writer) error {
		return writeXML(w, f)
	}}
}

func writeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(v)
}
