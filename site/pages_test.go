package site

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/search"
	"yangguang/site/page"
)

// notice is a small record: a document with an annex, two units, a target, a
// law, a wording of adverts, an old telephone.
func notice(t *testing.T) *content.Snapshot {
	t.Helper()
	source := func(place, quote string) content.Source {
		return content.Source{Policy: "policy/n", Place: place, Quote: quote}
	}
	put := func(r content.Record, id content.ID, year int, s content.Source) content.Change {
		m := r.Head()
		m.ID, m.Year, m.Source = id, year, s
		return content.Change{Op: content.Put, ID: id, Record: r}
	}
	ban := "各县严禁生源封锁，严禁教师代填中考志愿，严禁索要经费，严禁虚假招生宣传。"
	s, err := content.Fold([]content.Edition{{Number: 1, At: time.Unix(0, 0), Changes: []content.Change{
		put(&content.Policy{
			Number: "示教文〔2022〕1号", Title: "通知", Issuer: "示例市教育局", Signed: calendar.NewDate(2022, 5, 25),
			Blocks: []content.Block{
				{ID: "s2", Kind: content.Heading, Level: 2, Text: "二、规范"},
				{ID: "s2.p1", Kind: content.Paragraph, Text: "依照《示例法》。" + ban},
				{ID: "annex1", Kind: content.TableOf, Text: "附件1", Table: &content.Table{
					Heads: []string{"单位", "任务"},
					Rows:  [][]string{{"甲县", "70"}, {"乙校", "30"}, {"合计", "100"}},
				}},
			},
			Original: "通知\n联系人：王某某\n邮箱：x@example.invalid",
		}, "policy/n", 2022, content.Source{}),
		put(&content.Unit{Code: "1", Name: "甲县", Kind: content.County}, "unit/1", 0, source("annex1!A3", "甲县")),
		put(&content.Target{Unit: "1", Number: content.FigureOf(70)}, "target/2022/1", 2022, source("annex1!B3", "70")),
		put(&content.Target{Number: content.FigureOf(100)}, "target/2022", 2022, source("annex1!B5", "100")),
		put(&content.Law{Title: "示例法", Articles: map[string]string{"一": "不得保证。"}}, "law/x", 0,
			content.Source{Title: "示例法", URL: "https://law.example.invalid/"}),
		put(&content.Phrase{Patterns: []string{"包分配"}, Topic: "guarantee", Text: "像禁止的话。", Law: "x", Article: "一"},
			"phrase/job", 0, content.Source{}),
		put(&content.Contact{Name: "报警", Phone: "110"}, "contact/police-110", 0, content.Source{Title: "某文件", URL: "https://www.example.invalid/a"}),
		put(&content.Contact{Name: "心理热线", Phone: "12356", Hours: "每天18小时"}, "contact/distress-12356", 0,
			content.Source{Title: "某报", URL: "https://www.example.invalid/b"}),
		put(&content.Crisis{Kind: content.Beaten, Words: []string{"被打", "打我"}, Not: []string{"打我电话"}}, "crisis/beaten", 0, content.Source{}),
		put(&content.Contact{Name: "旧电话", Phone: "0391-0000000"}, "contact/2022/old", 2022, source("s2.p1", "")),
		put(&content.KeyDate{Name: "截止", Date: calendar.NewDate(2022, 11, 20), Deadline: true, Season: content.Autumn, Audience: "学校"},
			"key_date/2022/last", 2022, source("s2.p1", "")),
		put(&content.Rule{Topic: content.TopicDuration, Case: content.CaseBasic, Name: "基本", Text: "基本三年。", Min: 3, Max: 3},
			"rule/2022/basic", 2022, source("s2.p1", "基本学制为3年")),
		put(&content.Rule{Topic: content.TopicDuration, Case: content.CaseAdult, Name: "成年", Text: "一到三年。", Min: 1, Max: 3},
			"rule/2022/adult", 2022, source("s2.p1", "学制为1年至3年")),
		put(&content.KeyDate{Name: "建档", WorkingDays: 20, Event: "入学", Audience: "学校"},
			"key_date/2022/file", 2022, source("s2.p1", "20个工作日")),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asking is a site of the record, and a request with what was asked and posted.
func asking(t *testing.T, s *content.Snapshot, fields map[string]string) (*Site, *reading) {
	t.Helper()
	finder := search.NewFinder(search.NewMemory())
	if err := finder.Follow(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	field := func(name string) string { return fields[name] }
	return &Site{finder: finder}, &reading{
		Snapshot: s, today: calendar.NewDate(2026, 11, 24), param: field, query: field, form: field, context: context.Background,
		frame: page.Frame{Identity: page.Identity{Name: "试", Hotline: "12345", Platform: "省平台", PlatformURL: "https://platform.example.invalid/"}},
	}
}

// shown renders one page with what was asked and posted.
func shown(t *testing.T, s *content.Snapshot, f func(*Site) pageFunc, fields map[string]string) string {
	t.Helper()
	site, r := asking(t, s, fields)
	component, err := f(site)(r)
	if err != nil {
		t.Fatal(err)
	}
	return rendered(t, component)
}

func rendered(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wants fails for each of the words that is missing, and for each that is
// there after “not:”.
func wants(t *testing.T, html string, words ...string) {
	t.Helper()
	for _, w := range words {
		if unwanted, not := strings.CutPrefix(w, "not:"); not {
			if strings.Contains(html, unwanted) {
				t.Errorf("the page has %q", unwanted)
			}
		} else if !strings.Contains(html, w) {
			t.Errorf("the page lacks %q", w)
		}
	}
}

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>`

// Words that somebody typed are shown as words.
func TestHostileWords(t *testing.T) {
	s := notice(t)
	for name, one := range map[string]struct {
		page   func(*Site) pageFunc
		fields map[string]string
	}{
		"advert":   {func(s *Site) pageFunc { return s.verify }, map[string]string{"q": hostile}},
		"deadline": {func(s *Site) pageFunc { return s.deadline }, map[string]string{"entry": hostile}},
		"duration": {func(s *Site) pageFunc { return s.duration }, map[string]string{"born": hostile, "age": hostile, "entry": hostile}},
	} {
		t.Run(name, func(t *testing.T) {
			wants(t, shown(t, s, one.page, one.fields), "&lt;script&gt;alert(1)", "not:<script>alert", "not:<img src=x")
		})
	}
}

// The contact people of a document stand in its original and nowhere else.
func TestContactPeople(t *testing.T) {
	s := notice(t)
	id := map[string]string{"id": "n"}
	wants(t, shown(t, s, func(s *Site) pageFunc { return s.original }, id), "王某某", "x@example.invalid", `content="noindex"`)
	for _, f := range []func(*Site) pageFunc{
		func(s *Site) pageFunc { return s.policy }, func(s *Site) pageFunc { return s.policies },
		func(s *Site) pageFunc { return s.verify },
	} {
		wants(t, shown(t, s, f, id), "not:王某某", "not:x@example.invalid")
	}
}
