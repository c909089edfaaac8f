package site

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/search"
)

// served is the site over editions; get reads an address of it.
type served struct {
	*testing.T
	site *Site
}

func serve(t *testing.T, editions ...content.Edition) served {
	t.Helper()
	shelf := new(contenttest.Shelf)
	for n, e := range editions {
		if _, err := shelf.Append(t.Context(), int64(n), e); err != nil {
			t.Fatal(err)
		}
	}
	board, err := content.NewBoard(t.Context(), shelf)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{
		Board: board, Finder: search.NewFinder(search.NewMemory()), Identity: Trial,
		Now: func() time.Time { return time.Unix(1795503600, 0) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return served{t, s}
}

func (s served) get(path string) (status int, body string) {
	s.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	req.Host = "127.0.0.1"
	res, err := s.site.App.Test(req, -1)
	if err != nil {
		s.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	return res.StatusCode, string(b)
}

func of(t content.Type, key string, year int) content.Meta {
	id := content.ID(t) + "/"
	if year != 0 && t != content.TypePolicy && t != content.TypeFAQ {
		id += content.ID(itoa(year) + "/")
	}
	return content.Meta{ID: id + content.ID(key), Year: year, Source: content.Source{Title: "一本书"}}
}

func puts(records ...content.Record) (out []content.Change) {
	for n, r := range records {
		r.Head().Order = n + 1
		out = append(out, content.Change{Op: content.Put, ID: r.Head().ID, Record: r})
	}
	return out
}

func takes(ids ...content.ID) (out []content.Change) {
	for _, id := range ids {
		out = append(out, content.Change{Op: content.Withdraw, ID: id, Reason: "写错了<b>"})
	}
	return out
}

// lists of two records each, of which the first is withdrawn in edition 2 and
// the second in edition 3.
func twoOfEach() (records []content.Change, first, second []content.ID) {
	for _, key := range []string{"a", "b"} {
		unit := &content.Unit{Meta: of(content.TypeUnit, key, 0), Code: key, Name: "单位" + key, Kind: content.County}
		list := []content.Record{
			&content.KeyDate{Meta: of(content.TypeKeyDate, key, 2022), Name: "日子" + key, Audience: "学校", Date: calendar.NewDate(2022, 11, 20)},
			&content.FAQ{Meta: of(content.TypeFAQ, key, 2022), Question: "问题" + key, Answer: "回答" + key},
			&content.Term{Meta: of(content.TypeTerm, key, 0), Name: "词" + key, Text: "解释" + key},
			&content.Duty{Meta: of(content.TypeDuty, key, 2022), Name: "事" + key, Text: "说明", Owner: "市教育局", Ordered: true},
			&content.Policy{Meta: of(content.TypePolicy, key, 2022), Number: "文号" + key, Title: "文件" + key, Blocks: []content.Block{{ID: "s0.p1", Kind: content.Paragraph, Text: "正文"}}},
			&content.Target{Meta: of(content.TypeTarget, key, 2022), Unit: key, Number: content.FigureOf(7)},
		}
		records = append(records, puts(unit)...)
		records = append(records, puts(list...)...)
		for _, r := range list {
			if key == "a" {
				first = append(first, r.Head().ID)
			} else {
				second = append(second, r.Head().ID)
			}
		}
	}
	return records, first, second
}

var listPages = map[string]string{
	"/calendar/2022": "日子", "/faq": "问题", "/glossary": "词", "/unpublished": "事", "/policies": "文件", "/targets/2022": "单位",
}

// What was withdrawn stands at the foot of its list with the day and the
// reason, in the data after what holds, and leads to how it stood before.
func TestWithdrawnRecordsAreNamed(t *testing.T) {
	records, first, _ := twoOfEach()
	at := time.Date(2022, 9, 1, 9, 0, 0, 0, calendar.China)
	s := serve(t, content.Edition{Changes: records, At: at}, content.Edition{Changes: takes(first...), At: at.AddDate(0, 0, 1)})
	for path, name := range listPages {
		status, html := s.get(path)
		if status != 200 {
			t.Errorf("%s answers %d", path, status)
		}
		_, foot, _ := strings.Cut(html, `<h2 id="withdrawn">已撤回</h2>`)
		wants(t, foot, name+"a", "2022年9月2日撤回。写错了&lt;b&gt;。", "edition=1", "公布过，现在不算数了", "not:"+name+"b", "not:写错了<b>", `<li id="a">`)
		_, data := s.get(path + ".json")
		var l struct {
			Total int
			Items []struct {
				ID        string
				Withdrawn bool
				Reason    string
			}
		}
		if err := json.Unmarshal([]byte(data), &l); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if l.Total != 1 || len(l.Items) != 2 || l.Items[0].Withdrawn || !l.Items[1].Withdrawn || l.Items[1].Reason != "写错了<b>" || !strings.HasSuffix(l.Items[1].ID, "/a") {
			t.Errorf("%s.json: %s", path, data)
		}
		_, sheet := s.get(path + ".csv")
		if lines := strings.Split(strings.TrimSpace(sheet), "\n"); len(lines) != 3 || !strings.HasSuffix(lines[0], "withdrawn,reason") || !strings.HasSuffix(lines[2], "true,写错了<b>") {
			t.Errorf("%s.csv: %s", path, sheet)
		}
	}
	for path, want := range map[string]string{"/policies/a": "这份文件已撤回", "/targets/2022/a": "这条已撤回", "/calendar/2022?edition=1": "日子a"} {
		if status, html := s.get(path); status != 200 || !strings.Contains(html, want) {
			t.Errorf("%s answers %d and does not say %s", path, status, want)
		}
	}
	if _, html := s.get("/glossary?edition=1"); strings.Contains(html, "已撤回") {
		t.Error("the edition before says that something was withdrawn")
	}
}

// A list of which nothing holds any more says so, and is still there.
func TestAListThatWasWithdrawnWhole(t *testing.T) {
	records, first, second := twoOfEach()
	s := serve(t, content.Edition{Changes: records}, content.Edition{Changes: takes(append(first, second...)...)})
	for path, name := range listPages {
		status, html := s.get(path)
		if status != 200 {
			t.Errorf("%s answers %d", path, status)
			continue
		}
		wants(t, html, "现在没有还算数的", name+"a", name+"b")
		if status, data := s.get(path + ".json"); status != 200 || !strings.Contains(data, `"total":0`) || !strings.Contains(data, `"withdrawn":true`) {
			t.Errorf("%s.json answers %d: %s", path, status, data)
		}
	}
	for _, path := range []string{"/calendar", "/targets"} {
		if status, _ := s.get(path); status != 302 {
			t.Errorf("%s answers %d, want the way to 2022", path, status)
		}
	}
	for _, path := range []string{"/calendar/2021", "/targets/2021", "/calendar/2021.json"} {
		if status, _ := s.get(path); status != 404 {
			t.Errorf("%s answers %d, want 404", path, status)
		}
	}
}

// What was said about an edition stands beside its number, as words.
func TestTheNoteOfAnEdition(t *testing.T) {
	records, _, _ := twoOfEach()
	s := serve(t, content.Edition{Changes: records}, content.Edition{
		Note:    "多招七人<script>",
		Changes: puts(&content.Term{Meta: of(content.TypeTerm, "a", 0), Name: "词a", Text: "另一种解释"}),
	})
	_, html := s.get("/glossary")
	wants(t, html, "第 2 版</a>：多招七人&lt;script&gt; · 数据截至", "not:人<script>")
	_, html = s.get("/calendar/2022")
	wants(t, html, "第 1 版</a> · 数据截至", "not:多招七人")
}

// The addresses that a pack may name are pages.
func TestPagesThatAPackMayName(t *testing.T) {
	records, _, _ := twoOfEach()
	records = append(records, puts(
		&content.Article{Meta: of(content.TypeArticle, "guide", 0), Title: "指南"},
		&content.Rule{Meta: of(content.TypeRule, "basic", 2022), Topic: content.TopicDuration, Case: content.CaseBasic, Min: 3, Max: 3},
	)...)
	s := serve(t, content.Edition{Changes: records})
	for _, path := range content.Pages() {
		if status, _ := s.get(path); status != 200 && status != 302 {
			t.Errorf("%s answers %d", path, status)
		}
	}
}
