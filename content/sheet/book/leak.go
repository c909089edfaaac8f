package book

import (
	"fmt"
	"slices"
	"strings"
)

// Kinds of leaks, as data name them.
const (
	HiddenSheet      = "hidden_sheet"
	VeryHiddenSheet  = "very_hidden_sheet"
	HiddenRow        = "hidden_row"
	HiddenColumn     = "hidden_column"
	UnseenText       = "unseen_text"
	Comment          = "comment"
	DocumentProperty = "document_property"
	PivotCache       = "pivot_cache"
	DataModel        = "data_model"
	ExternalLink     = "external_link"
	DefinedName      = "defined_name"
	EmbeddedObject   = "embedded_object"
	Picture          = "picture"
	RevisionLog      = "revision_log"

	IDNumber  = "id_number"
	Telephone = "phone"
	BankCard  = "bank_card"
	Email     = "email"
	People    = "people"
)

var leakNames = map[string]string{
	HiddenSheet: "隐藏的工作表", VeryHiddenSheet: "深度隐藏的工作表", HiddenRow: "隐藏的行", HiddenColumn: "隐藏的列",
	UnseenText: "看不见的文字", Comment: "批注", DocumentProperty: "文件属性里的姓名或单位", PivotCache: "数据透视表的缓存",
	DataModel: "数据模型", ExternalLink: "指向别的文件或网站的链接", DefinedName: "定义的名称里有内容", EmbeddedObject: "嵌入的文件",
	Picture: "图片", RevisionLog: "修订记录",
	IDNumber: "身份证号码", Telephone: "电话号码", BankCard: "银行卡号", Email: "电子邮箱", People: "成列的姓名",
}

// Name returns the leak's kind in Chinese.
func (l Leak) Name() string { return leakNames[l.Kind] }

func (l Leak) String() string { return l.Where + "：" + l.Name() }

// mostLeaks is how many are named; a file with as many is not published anyway.
const mostLeaks = 1000

// leaks names what is hidden in a tab, apart from the tab itself.
func (g *grid) leaks() {
	if g.pale != "" {
		g.leak(At(g.tab.Name, g.pale), UnseenText)
	}
	columns := map[int]bool{}
	first, last := 0, 0
	rows := func() {
		if first > 0 {
			g.leak(At(g.tab.Name, fmt.Sprintf("%d:%d", first, last)), HiddenRow)
		}
	}
	for _, r := range g.tab.Rows {
		for i, c := range r.Cells {
			if c.Hidden && c.Text != "" && c.Merged == "" && !columns[i] {
				columns[i] = true
				g.leak(At(g.tab.Name, Letter(i)+":"+Letter(i)), HiddenColumn)
			}
		}
		switch {
		case !r.Hidden:
		case first > 0 && r.Number == last+1:
			last = r.Number
		default:
			rows()
			first, last = r.Number, r.Number
		}
	}
	rows()
}

// At returns the address of a place in a tab, which in a CSV has no name.
func At(tab, place string) string {
	if tab == "" {
		return place
	}
	return tab + "!" + place
}

// folders are parts that must not be handed on, by where they stand.
var folders = []struct{ start, kind string }{
	{"xl/pivotcache/pivotcachedefinition", PivotCache},
	{"xl/model/", DataModel},
	{"xl/externallinks/externallink", ExternalLink},
	{"xl/connections.xml", ExternalLink},
	{"xl/querytables/", ExternalLink},
	{"xl/embeddings/", EmbeddedObject},
	{"xl/activex/", EmbeddedObject},
	{"xl/media/", Picture},
	{"docprops/thumbnail", Picture},
	{"xl/revisions/", RevisionLog},
	{"xl/threadedcomments/", Comment},
	{"xl/persons/", Comment},
	{"xl/comments", Comment},
}

// leaks names what is hidden in the file apart from its cells.
func (w *workbook) leaks() error {
	seen := map[string]bool{}
	for _, t := range w.tabs {
		if t.part == "" {
			continue
		}
		if err := w.tabLeaks(t, seen); err != nil {
			return err
		}
	}
	for _, name := range w.names {
		small := strings.ToLower(name)
		for _, f := range folders {
			if strings.HasPrefix(small, f.start) && !seen[small] && !strings.HasSuffix(small, ".rels") {
				w.leak(name, f.kind)
			}
		}
	}
	w.nameLeaks()
	return w.properties()
}

// tabLeaks names what hangs on a tab by the cell, and notes the parts named.
func (w *workbook) tabLeaks(t tabPart, seen map[string]bool) error {
	links, err := w.links(t.part)
	if err != nil {
		return err
	}
	for _, l := range links {
		switch {
		case l.outside && strings.HasPrefix(strings.ToLower(l.target), "mailto:"):
			w.leak(t.name, Email)
		case l.kind == "comments" || l.kind == "threadedComment":
			small := strings.ToLower(l.target)
			before := len(w.Leaks)
			err = w.read(l.target, func(s *scanner) error { return w.comments(s, t.name) })
			seen[small] = len(w.Leaks) > before || l.kind == "threadedComment"
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *workbook) comments(s *scanner, tab string) error {
	for {
		t, err := s.next()
		if err != nil || t == nothing {
			return err
		}
		if t == opens && (string(s.name) == "comment" || string(s.name) == "threadedComment") {
			w.leak(At(tab, s.attr("ref")), Comment)
		}
	}
}

// nameLeaks: a name may hold a value, or lead to a tab that is hidden. What
// Excel defines itself is a print area, or the range of a filter.
func (w *workbook) nameLeaks() {
	for _, d := range w.defined {
		refers := strings.TrimSpace(d.refers)
		if strings.HasPrefix(d.name, "_xlnm.") || refers == "" {
			continue
		}
		tab, _, isRange := strings.Cut(refers, "!")
		tab = strings.ReplaceAll(strings.Trim(tab, "'="), "''", "'")
		switch {
		case strings.Contains(refers, "["):
			w.leak("名称“"+d.name+"”", ExternalLink)
		case !isRange && !strings.ContainsAny(refers, "(#") && !strings.HasPrefix(refers, "$"),
			isRange && slices.ContainsFunc(w.tabs, func(t tabPart) bool { return t.hidden && t.name == tab }):
			w.leak("名称“"+d.name+"”", DefinedName)
		}
	}
}

// programs are what office programs write where a person's or a company's name
// may stand, in small letters.
var programs = map[string]bool{
	"": true, "openpyxl": true, "apache poi": true, "xuri": true, "excelize": true, "sheetjs": true, "xlsxwriter": true, "python-docx": true,
	"phpspreadsheet": true, "unknown creator": true, "unknown": true, "libreoffice": true, "wps office": true, "wps": true, "kingsoft": true,
	"microsoft": true, "microsoft corporation": true, "microsoft office user": true, "microsoft excel": true, "微软用户": true, "微软中国": true,
	"administrator": true, "admin": true, "user": true, "owner": true, "pc": true, "用户": true, "windows 用户": true, "windows user": true,
	"untitled company": true, "spreadsheetlight": true, "epplus": true, "closedxml": true, "easyexcel": true,
}

// naming are the properties that name somebody, by part.
var naming = []struct {
	part  string
	names []string
}{
	{"docProps/core.xml", []string{"creator", "lastModifiedBy"}},
	{"docProps/app.xml", []string{"Manager", "Company"}},
}

var propertyNames = map[string]string{"creator": "作者", "lastModifiedBy": "最后修改的人", "Manager": "经理", "Company": "单位"}

// properties names those that say who made the file, not what they say.
func (w *workbook) properties() error {
	for _, n := range naming {
		err := w.read(n.part, func(s *scanner) error {
			for {
				t, err := s.next()
				if err != nil || t == nothing {
					return err
				}
				name := string(s.name)
				if t != opens || !slices.Contains(n.names, name) {
					continue
				}
				said, err := s.content()
				if err != nil {
					return err
				}
				if !programs[strings.ToLower(said)] {
					w.leak("文件属性“"+propertyNames[name]+"”", DocumentProperty)
				}
			}
		})
		if err != nil {
			return err
		}
	}
	return w.read("docProps/custom.xml", func(s *scanner) error {
		return s.each("property", func() error {
			name := s.attr("name")
			said, err := s.content()
			if err == nil && said != "" && !ofProgram(name) {
				w.leak("文件属性“"+name+"”", DocumentProperty)
			}
			return err
		})
	})
}

// ofProgram reports whether office programs write a property of that name for
// themselves.
func ofProgram(name string) bool {
	for _, start := range []string{"KSO", "ICV", "WorkbookGuid", "ContentTypeId", "_Template", "AppVersion", "commondata", "ProgId"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}
