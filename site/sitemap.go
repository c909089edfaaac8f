package site

import (
	"context"
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"yangguang/content"
	"yangguang/site/page"
)

// sitemap lists the pages of the record for search engines, each with the day
// it last changed. Without a public address nobody can be sent to them.
func (s *Site) sitemap(pr page.Reading) (page.Document, error) {
	r := s.read(pr, none)
	if r.frame.Address == "" || r.Fictional() {
		return page.Document{}, content.ErrNotFound
	}
	newest := map[string]time.Time{"/": r.At, changesPath: r.At}
	for _, t := range content.Shown() {
		for _, record := range r.List(t) {
			path, _, _ := strings.Cut(content.Path(record), "#")
			path, _, _ = strings.Cut(path, "?")
			if strings.HasPrefix(path, "/") && record.Head().At.After(newest[path]) {
				newest[path] = record.Head().At
			}
		}
	}
	type url struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
	}
	set := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []url    `xml:"url"`
	}{}
	for _, path := range slices.Sorted(maps.Keys(newest)) {
		set.URLs = append(set.URLs, url{r.frame.Address + path, stamp(newest[path])})
	}
	return page.Document{Type: "application/xml; charset=utf-8", Write: func(_ context.Context, w io.Writer) error { return writeXML(w, set) }}, nil
}

func (s *Site) robots(pr page.Reading) (page.Document, error) {
	text := "User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /history/\n"
	if address := s.identity(pr.Snapshot).Address; address != "" {
		text += "Sitemap: " + address + "/sitemap.xml\n"
	}
	if pr.Snapshot.Fictional() {
		text = "User-agent: *\nDisallow: /\n"
	}
	return page.Bytes("text/plain; charset=utf-8", []byte(text)), nil
}
