package page

import (
	"net/url"
	"strconv"
	"strings"

	"yangguang/calendar"
	"yangguang/content"
)

// Identity is whose site it is.
type Identity struct {
	Name    string // 阳光招生
	Tagline string // 焦作市中等职业学校招生公开
	// Strip is said above every page of a trial: that it is one.
	Strip string
	// Demo is true where nothing shown is real.
	Demo bool
	// Operator answers for the site; SiteID and Filing are its numbers as a
	// government site, Address its public one. All are empty in a trial.
	Operator, SiteID, Filing, Address string
	// Hotline is the telephone that is current.
	Hotline, HotlineName string
	// Platform is where families really sign up, PlatformNote how far its
	// address can be trusted; all are empty where no such place is known.
	Platform, PlatformURL, PlatformNote string
}

// MenuItem is one word of the menu.
type MenuItem struct{ Path, Word string }

// Crumb is one step of the way to a page; the last has no path.
type Crumb struct{ Path, Word string }

// Frame is what stands around the content of a page.
type Frame struct {
	Identity
	Title, Description string
	// Path is the page's canonical address, Section the menu word it is under,
	// Back where the switch of the view leads back to.
	Path, Section, Back string
	Menu                []MenuItem
	Crumbs              []Crumb
	Elder               bool
	// NoIndex keeps a page out of search engines.
	NoIndex bool
	// About is what “这条有误？” names: a figure or record id, or a path.
	About string
	// Edition is the newest edition that touches the records shown, AsOf the
	// date up to which they speak; zero on pages that show no record.
	Edition int64
	AsOf    calendar.Date
	// Note is what was said to readers about that edition.
	Note string
	// Sources are the documents that the page rests on, Owner who answers for
	// them.
	Sources []*content.Policy
	Owner   string
	// Old is set when an older edition was asked for.
	Old int64
	// Styles and Script are the addresses of the assets.
	Styles, Script string
}

// To returns the address of a page of the site in the reader's view and
// edition.
func (f Frame) To(path string) string { return withQuery(path, f.query(f.Elder, f.Old)) }

// Now returns the address of a page in the reader's view as it is now.
func (f Frame) Now(path string) string { return withQuery(path, f.query(f.Elder, 0)) }

// File returns the address of a list as data, in the reader's edition.
func (f Frame) File(path string) string { return withQuery(path, f.query(false, f.Old)) }

func (f Frame) query(elder bool, edition int64) url.Values {
	query := url.Values{}
	if elder {
		query.Set("view", "elder")
	}
	if edition > 0 {
		query.Set("edition", strconv.FormatInt(edition, 10))
	}
	return query
}

// withQuery adds query to a path that may have a query and a fragment.
func withQuery(path string, query url.Values) string {
	if len(query) == 0 || strings.Contains(path, "://") {
		return path
	}
	path, fragment, has := strings.Cut(path, "#")
	joint := "?"
	if strings.Contains(path, "?") {
		joint = "&"
	}
	path += joint + query.Encode()
	if has {
		path += "#" + fragment
	}
	return path
}

// pageTitle is the title of the window: the page's own, then the site's.
func (f Frame) pageTitle() string {
	if f.Path == "/" {
		return f.Name + " · " + f.Tagline
	}
	return f.Title + " · " + f.Name
}

// noted is what follows the number of the edition: what was said about it.
func (f Frame) noted() string {
	if f.Note == "" {
		return ""
	}
	return "：" + f.Note
}

// Domain is the host of the public address, nothing in a trial.
func (f Frame) Domain() string {
	_, host, _ := strings.Cut(f.Address, "://")
	return host
}

// column is the word of the menu that the page is under.
func (f Frame) column() string {
	for _, item := range f.Menu {
		if item.Path == f.Section {
			return item.Word
		}
	}
	return ""
}

// detail reports whether the page is one document's, and no list.
func (f Frame) detail() bool { return f.Path != f.Section && len(f.Sources) > 0 && !f.NoIndex }

func (f Frame) switchTo() (value, word string) {
	if f.Elder {
		return "normal", "普通版"
	}
	return "elder", "长辈版"
}

func (f Frame) rootClass() string {
	if f.Elder {
		return "elder"
	}
	return ""
}

// cellWord is the word of the small mark beside a figure: 源 B6, or 源 三 for a
// clause of section 3.
func cellWord(s content.Source) string {
	if cell := s.Cell(); cell != "" {
		return "源 " + cell
	}
	if n, ok := sectionOf(s.Place); ok {
		return "源 " + n
	}
	return "源"
}

var sectionWords = strings.Split("一二三四五六七八九十", "")

// sectionOf returns 三 for a place in section 3.
func sectionOf(place string) (string, bool) {
	section, _, _ := strings.Cut(place, ".")
	if len(section) != 2 || section[0] != 's' || section[1] < '1' || section[1] > '9' {
		return "", false
	}
	return sectionWords[section[1]-'1'], true
}

// PlaceWord says a place in words: 附件1 B6, 第三部分; 开头 and 末尾 for what
// stands before the first section and after the last.
func PlaceWord(s content.Source) string {
	table, cell, isCell := strings.Cut(s.Place, "!")
	if isCell {
		return strings.Replace(table, "annex", "附件", 1) + " " + cell
	}
	if n, ok := strings.CutPrefix(table, "annex"); ok {
		return "附件" + n
	}
	if n, ok := sectionOf(s.Place); ok {
		return "第" + n + "部分"
	}
	switch part, _, _ := strings.Cut(s.Place, "."); part {
	case "s0":
		return "开头"
	case "end":
		return "末尾"
	}
	return s.Title
}

func figureValue(n content.Figure) string {
	if n.State == content.HasValue {
		return n.String()
	}
	return ""
}

// record is the id of the record that the page is about, nothing where it is
// about none.
func (f Frame) record() string {
	id, _, _ := strings.Cut(f.About, "#")
	if strings.HasPrefix(id, "/") {
		return ""
	}
	return id
}

// yuanWord is a sum of money as people say it.
func yuanWord(n content.Figure) string {
	switch {
	case n.State != content.HasValue:
		return n.String()
	case n.Value == 0:
		return "免费"
	}
	return n.String() + " 元"
}

func urlQuery(s string) string { return url.QueryEscape(s) }
