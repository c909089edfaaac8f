package search_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/search"
)

func find(t *testing.T, f *search.Finder, q search.Query) search.Results {
	t.Helper()
	got, err := f.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestResultsInTheFormOfTheAPI(t *testing.T) {
	got := find(t, bundledFinder(t), search.Query{Text: "武陟"})
	got.TookUS = 7
	b, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{"query":"武陟","understood":{"units":[{"from":0,"to":6,"words":"武陟","code":"410823","name":"武陟县","how":"alias","kind":"county"}]},`,
		`"answer":{"title":"武陟县 2022年招生任务","text":"历史文件 · 2022年：武陟县 2022年招生任务 3300 人","url":"/targets/2022/410823",` +
			`"source":{"policy":"policy/jiaojiaowen-2022-48","place":"annex1!B6","title":"焦教文〔2022〕48号","url":"/policies/jiaojiaowen-2022-48#annex1!B6"}},`,
		`"hits":[{"type":"target","id":"target/2022/410823","title":"武陟县 2022年招生任务","text":"武陟县 2022年招生任务 3300 人","url":"/targets/2022/410823","year":2022},`,
		`"groups":[{"type":"`, `"facets":{"type":[{"value":"`, `"year":[{"value":"2022","total":`,
		`"did_you_mean":"","engine":"memory","degraded":false,"took_us":7}`,
	} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %s in\n%s", want, b)
		}
	}
}

func TestNothingIsAskedOrFound(t *testing.T) {
	nothing := search.NewFinder(search.NewMemory())
	if err := nothing.Follow(t.Context(), &content.Snapshot{}); err != nil {
		t.Fatal(err)
	}
	for _, f := range []*search.Finder{bundledFinder(t), nothing} {
		for _, text := range []string{"", "  ", "？！", "郑州大学"} {
			b, err := json.Marshal(find(t, f, search.Query{Text: text}))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(b), `"answer":null,"hits":[],"groups":[],"facets":{},`) {
				t.Errorf("%q: %s", text, b)
			}
		}
	}
}

func TestAnswers(t *testing.T) {
	f := bundledFinder(t)
	for query, want := range map[string]string{
		"卫校":          "target/2022/410800-02",
		"jzwsyyxx":    "target/2022/410800-02",
		"wuzhi":       "target/2022/410823",
		"武陟县招多少人":     "target/2022/410823",
		"修武县今年计划多少":   "", // what is published is of 2022
		"今年武陟招多少人":    "",
		"去年卫校招多少人":    "",
		"武陟2022年招多少人": "target/2022/410823",
		"今年全市一共招多少人":  "",
		"今年秋季注册几号截止":  "",
		"今年的政策":       "faq/this-year",
		"全市一共招多少人":    "target/2022",
		"48号文":        "policy/jiaojiaowen-2022-48",
		"48号文件原文":     "policy/jiaojiaowen-2022-48",
		"19岁还能上吗":     "rule/2022/duration-adult",
		"15岁能读几年":     "", // the document has no rule for the age alone
		"秋季学籍注册几号截止":  "key_date/2022/autumn-registration",
		"春季备案最晚哪天":    "key_date/2022/spring-filing",
		"外地户口能报吗":     "faq/outside",
		"同等学力是什么意思":   "term/equivalent",
		"毛入学率":        "term/gross-rate",
		"武陟":          "target/2022/410823",
		"卫校 学费":       "", // another question
		"市直属学校一共多少名额": "", // not of the whole city
		"武陟2023年招多少人": "", // not of that year
		"武陟和沁阳招多少人":   "", // two of them
		"卫校护理招多少人":    "", // not by specialty
		"泌阳招多少人":      "",
		"郑州卫校招多少人":    "",
		"49号文":        "",
		"什么时候截止":      "", // of what?
		"学籍":          "term/registration",
		"老师":          "",
		"招生":          "",
	} {
		got := ""
		if a := find(t, f, search.Query{Text: query}).Answer; a != nil {
			got = a.ID
		}
		if got != want {
			t.Errorf("%s is answered by %q, want %q", query, got, want)
		}
	}
}

func TestAYearThatIsOverIsHistory(t *testing.T) {
	f := bundledFinder(t)
	for year, history := range map[int]bool{2022: false, 2026: true} {
		f.Now = func() time.Time { return time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC) }
		for _, query := range []string{"卫校", "秋季学籍注册几号截止", "学费多少", "19岁还能上吗"} {
			a := find(t, f, search.Query{Text: query}).Answer
			if a == nil {
				t.Fatalf("%s has no answer", query)
			}
			dated := strings.HasPrefix(a.Text, "历史文件 · 2022年")
			if query != "学费多少" && dated != history || query == "学费多少" && dated {
				t.Errorf("in %d: %s → %s", year, query, a.Text)
			}
		}
	}
}

func TestOfferedAndNeverTaken(t *testing.T) {
	f := bundledFinder(t)
	for query, want := range map[string]string{
		"泌阳招生":   "沁阳招生",
		"武只县多少人": "武陟县多少人",
		"孟洲招生任务": "孟州市招生任务",
		"学藉注册":   "学籍注册",
		"武陟招生":   "",
		"郑州卫校":   "",
	} {
		if got := find(t, f, search.Query{Text: query}).DidYouMean; got != want {
			t.Errorf("%s: did you mean %q, want %q", query, got, want)
		}
	}
}

func TestFiltersAndPages(t *testing.T) {
	f := bundledFinder(t)
	all := find(t, f, search.Query{Text: "学籍"})
	only := find(t, f, search.Query{Text: "学籍", Type: "faq"})
	if only.Total == 0 || only.Total >= all.Total || len(only.Groups) != len(all.Groups) {
		t.Errorf("%d of type faq among %d; groups %v and %v", only.Total, all.Total, only.Groups, all.Groups)
	}
	for _, h := range only.Hits {
		if h.Type != "faq" {
			t.Errorf("%s is no faq", h.ID)
		}
	}
	if got := find(t, f, search.Query{Text: "学籍", Type: "target"}); got.Total != 0 || len(got.Groups) == 0 {
		t.Errorf("a filter that leaves nothing: total %d, groups %v", got.Total, got.Groups)
	}
	if got := find(t, f, search.Query{Text: "学籍", Year: 2021}); got.Total != 0 {
		t.Errorf("%d of 2021", got.Total)
	}
	seen := map[string]bool{}
	for offset := 0; offset < all.Total; offset += 3 {
		for _, h := range find(t, f, search.Query{Text: "学籍", Offset: offset, Limit: 3}).Hits {
			if seen[h.ID] {
				t.Errorf("%s stands on two pages", h.ID)
			}
			seen[h.ID] = true
		}
	}
	if len(seen) != all.Total {
		t.Errorf("%d hits on all pages, want %d", len(seen), all.Total)
	}
	if got := find(t, f, search.Query{Text: "招生", Limit: 5000}); len(got.Hits) > search.MaxHits {
		t.Errorf("%d hits on a page", len(got.Hits))
	}
}

// TestPlainWordsAreCountedExactly: a word that means nothing else is found
// where it stands, no more and no less.
func TestPlainWordsAreCountedExactly(t *testing.T) {
	f, docs := bundledFinder(t), search.Documents(contenttest.Bundled(t))
	for _, word := range []string{"宣传", "抖音", "层层分解", "教育", "3300", "实物", "2022年"} {
		want := 0
		for _, d := range docs {
			if strings.Contains(strings.Join(append(d.Names, d.Title, d.Text), "\n"), word) {
				want++
			}
		}
		if got := find(t, f, search.Query{Text: word}).Total; got != want {
			t.Errorf("%s: %d, want %d", word, got, want)
		}
	}
}

// TestAnExampleIsNoAnswer: the page that shows how to search is not found by
// what it shows, and still by what it says.
func TestAnExampleIsNoAnswer(t *testing.T) {
	f := bundledFinder(t)
	found := func(query string) bool {
		return slices.ContainsFunc(find(t, f, search.Query{Text: query}).Hits, func(h search.Hit) bool { return h.ID == "article/guide" })
	}
	for _, query := range []string{"卫校", "wuzhi", "武陟"} {
		if found(query) {
			t.Errorf("%s finds the page on which it is an example", query)
		}
	}
	if !found("公开指南") || !found("一整句话都可以") {
		t.Error("the page is not found by its own words")
	}
}

// TestAWholeNameThatHoldsAUnitsName: what has the whole name is meant, and where
// nothing has it the unit is not either.
func TestAWholeNameThatHoldsAUnitsName(t *testing.T) {
	put := func(id content.ID, r content.Record) content.Change {
		r.Head().ID = id
		return content.Change{Op: content.Put, ID: id, Record: r}
	}
	s, err := content.Fold([]content.Edition{{Number: 1, Changes: []content.Change{
		put("unit/1", &content.Unit{Code: "1", Name: "乙岭卫生医药学校", Kind: content.MunicipalSchool, Aliases: []string{"卫生学校"}}),
		put("faq/theirs", &content.FAQ{Question: "甲河市卫生学校在哪里", Answer: "在甲河。"}),
		put("faq/ours", &content.FAQ{Question: "卫生学校读几年", Answer: "三年。"}),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	f := search.NewFinder(search.NewMemory())
	if err := f.Follow(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	got := find(t, f, search.Query{Text: "甲河市卫生学校"})
	if got.Total != 1 || got.Relaxed || got.Hits[0].ID != "faq/theirs" {
		t.Errorf("the name that stands there: %d found, relaxed %t, %v", got.Total, got.Relaxed, got.Hits)
	}
	if got := find(t, f, search.Query{Text: "丙原市卫生学校"}); got.Total != 0 || len(got.Understood.Units) != 0 {
		t.Errorf("a name that stands nowhere: %d found, units %+v", got.Total, got.Understood.Units)
	}
}

// TestAnswersDoNotHangOnKeys: an office may call its rows as it likes.
func TestAnswersDoNotHangOnKeys(t *testing.T) {
	put := func(id content.ID, r content.Record) content.Change {
		r.Head().ID, r.Head().Year = id, 2024
		return content.Change{Op: content.Put, ID: id, Record: r}
	}
	s, err := content.Fold([]content.Edition{{Number: 1, Changes: []content.Change{
		put("rule/2024/a", &content.Rule{Topic: content.TopicDuration, Case: content.CaseBasic, Name: "基本学制", Text: "3年。"}),
		put("rule/2024/b", &content.Rule{Topic: content.TopicDuration, Case: content.CaseAdult, Name: "成年", Text: "1至3年。"}),
		put("key_date/2024/d1", &content.KeyDate{Name: "秋季新生注册", Season: content.Autumn, Deadline: true, Audience: "学校"}),
		put("key_date/2024/d2", &content.KeyDate{Name: "秋季学籍备案", Season: content.Autumn, Deadline: true, Audience: "学校"}),
		put("key_date/2024/d3", &content.KeyDate{Name: "春季学籍备案", Season: content.Spring, Deadline: true, Audience: "学校"}),
		put("key_date/2024/d4", &content.KeyDate{Name: "秋季注册开始", Season: content.Autumn, Audience: "学校"}),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	f := search.NewFinder(search.NewMemory())
	if err := f.Follow(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"19岁还能上吗": "rule/2024/b", "秋季注册几号截止": "key_date/2024/d1", "秋季备案几号截止": "key_date/2024/d2", "春季备案几号截止": "key_date/2024/d3", "春季注册几号截止": "",
	} {
		got := ""
		if a := find(t, f, search.Query{Text: query}).Answer; a != nil {
			got = a.ID
		}
		if got != want {
			t.Errorf("%s is answered by %q, want %q", query, got, want)
		}
	}
}

type broken struct{ *search.Memory }

var errBroken = errors.New("broken")

func (broken) Replace(context.Context, []search.Doc) error { return errBroken }
func (broken) Search(context.Context, search.Wanted) (search.Found, error) {
	return search.Found{}, errBroken
}

func TestAFailingIndexIsAnError(t *testing.T) {
	f := search.NewFinder(broken{})
	if err := f.Follow(t.Context(), contenttest.Bundled(t)); !errors.Is(err, errBroken) {
		t.Errorf("Follow: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := f.Understand(ctx, "武陟"); !errors.Is(err, context.Canceled) {
		t.Errorf("a snapshot that could not be indexed is read all the same: %v", err)
	}
}

func suggest(t *testing.T, f *search.Finder, typed string) []search.Suggestion {
	t.Helper()
	got, err := f.Suggest(t.Context(), typed, 5)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestSuggestions(t *testing.T) {
	f := bundledFinder(t)
	for typed, want := range map[string]string{
		"武":      "武陟县",
		"wuz":    "武陟县",
		"卫":      "焦作卫生医药学校",
		"weix":   "焦作卫生医药学校",
		"jzws":   "焦作卫生医药学校",
		"体":      "焦作市体育运动学校",
		"太":      "焦作市太极中等专业学校",
		"学费":     "学费要多少钱？",
		"xuefei": "学费要多少钱？",
		"48":     "焦作市教育局关于做好2022年中等职业学校招生工作的通知",
		"學制":     "学制",
	} {
		var got []string
		for _, s := range suggest(t, f, typed) {
			got = append(got, s.Text)
			if s.URL == "" || s.Type == "" {
				t.Errorf("%s: %+v", typed, s)
			}
		}
		if !slices.Contains(got[:min(3, len(got))], want) {
			t.Errorf("%s: %v, want %s among the first three", typed, got, want)
		}
	}
	for _, typed := range []string{"", " ", "郑州大学", "vvv"} {
		if got := suggest(t, f, typed); len(got) > 0 {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

// province is a snapshot with many schools.
func province(b *testing.B, schools int) *content.Snapshot {
	b.Helper()
	places := strings.Fields("甲河 乙岭 丙原 丁湖 戊川 己城 庚山 辛水 壬丘 癸林 东关 西屯 南坪 北渡 清源 白沙 青石 黄桥 红岩 紫阳")
	kinds := strings.Fields("职业技术学校 卫生医药学校 体育运动学校 职业中等专业学校 职业教育中心 农业职业高中 工业学校 商贸学校 艺术学校 幼儿师范学校")
	var changes []content.Change
	put := func(r content.Record) {
		changes = append(changes, content.Change{Op: content.Put, ID: r.Head().ID, Record: r})
	}
	for i := range schools {
		code := fmt.Sprintf("%06d", i)
		name := fmt.Sprintf("%s市第%d%s", places[i%len(places)], i/200+1, kinds[i/20%len(kinds)])
		put(&content.Unit{
			Meta: content.Meta{ID: content.ID("unit/" + code)}, Code: code, Name: name, Kind: content.MunicipalSchool,
			Aliases: []string{places[i%len(places)] + kinds[i/20%len(kinds)][:6]},
		})
		put(&content.Target{Meta: content.Meta{ID: content.TargetID(2022, code), Year: 2022}, Unit: code, Number: content.FigureOf(i)})
	}
	s, err := content.Fold([]content.Edition{{Number: 1, Changes: changes}})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func provinceFinder(b *testing.B) *search.Finder {
	f := search.NewFinder(search.NewMemory())
	if err := f.Follow(b.Context(), province(b, 5000)); err != nil {
		b.Fatal(err)
	}
	return f
}

// BenchmarkSuggest measures suggestions among 5,000 names.
func BenchmarkSuggest(b *testing.B) {
	f := provinceFinder(b)
	for _, typed := range []string{"卫", "清源", "qingyuan", "qys", "weishengyiyao", "没有"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				f.Suggest(b.Context(), typed, 8)
			}
		})
	}
}

// BenchmarkFind measures whole searches: on the bundled notice, and on 5,000
// schools.
func BenchmarkFind(b *testing.B) {
	for _, c := range []struct {
		name   string
		finder func(*testing.B) *search.Finder
		texts  []string
	}{
		{"notice", func(b *testing.B) *search.Finder { return bundledFinder(b) }, []string{"卫校", "jzwsyyxx", "老师逼我报中专怎么办"}},
		{"province", provinceFinder, []string{"清源卫校", "qingyuan", "清源市第3卫生医药学校招多少人", "武只县"}},
	} {
		f := c.finder(b)
		for _, text := range c.texts {
			b.Run(c.name+"/"+text, func(b *testing.B) {
				for b.Loop() {
					if _, err := f.Find(b.Context(), search.Query{Text: text}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func FuzzFind(f *testing.F) {
	finder := search.NewFinder(search.NewMemory())
	if err := finder.Follow(context.Background(), contenttest.Bundled(f)); err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"武陟招多少人", "焦教文〔2022〕48号", "jiaozuo ws 2022", "老师逼我报中专怎么办", "ＪＺ　衛校", "\xff 学籍", "泌阳 19岁 三百六"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := finder.Find(t.Context(), search.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if got.Total < len(got.Hits) || len(got.Hits) > search.MaxHits {
			t.Errorf("%q: %d hits of %d", text, len(got.Hits), got.Total)
		}
		for _, h := range got.Hits {
			for _, m := range h.TextMarks {
				if m.From < 0 || m.To <= m.From || m.To > len(h.Text) || !utf8.ValidString(h.Text[m.From:m.To]) {
					t.Errorf("%q: mark %v of %q", text, m, h.Text)
				}
			}
		}
		suggest(t, finder, text)
	})
}
