package site

import (
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

const dataPath = "/data"

// data is the catalogue of what can be taken along: each list, whose it is, how
// many records it has, and when it changed last.
func (s *Site) data(r *reading) (templ.Component, error) {
	d := dataPage{}
	for _, one := range s.datasets {
		of, _, _ := one.list(r)
		for _, year := range yearsOf(r.Snapshot, one, of) {
			path := strings.Replace(one.path, ":year<int>", itoa(year), 1)
			if l, ok := r.dataList(one, path, year); ok {
				d.Lists = append(d.Lists, l)
			}
		}
	}
	r.frame.Title, r.frame.Section = "数据目录", dataPath
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "数据目录"}}
	r.frame.Description = "本站公开的数据：每一份是谁的、有多少条、哪天更新，都可以下载，也可以让程序来取。"
	r.frame.Edition = r.Edition
	d.Frame = r.framed()
	return dataView(d), nil
}

// yearsOf are the years of a list, the newest first; one year 0 for a list that
// is of no year.
func yearsOf(s *content.Snapshot, d dataset, of content.Type) []int {
	if strings.Contains(d.path, ":year") {
		return s.Years(of)
	}
	return []int{0}
}

type dataPage struct {
	page.Frame
	Lists []dataList
}

type dataList struct {
	Word  string
	Year  int
	Path  string
	Count int
	// Changed is when it changed last, Owners who answers for it.
	Changed time.Time
	Owners  []string
}

// dataList looks at one list as it stands at its path.
func (r *reading) dataList(d dataset, path string, year int) (l dataList, ok bool) {
	at := *r
	at.param = func(name string) string {
		if name == "year" {
			return itoa(year)
		}
		return ""
	}
	of, records, total := d.list(&at)
	l = dataList{Word: typeWords[string(of)], Year: year, Path: path, Count: total}
	for _, record := range records {
		if m := record.Head(); m.At.After(l.Changed) {
			l.Changed = m.At
		}
		if p, ok := r.DocumentOf(record); ok && !slices.Contains(l.Owners, p.Issuer) {
			l.Owners = append(l.Owners, p.Issuer)
		}
	}
	return l, total > 0 && !strings.Contains(path, ":")
}
