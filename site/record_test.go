package site

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/understand"
)

func city(t *testing.T) served {
	t.Helper()
	return serve(t, content.Edition{Number: 1, Note: "建站", Changes: contenttest.CityChanges()})
}

// opens gets a page that must be there.
func (s served) opens(path string) string {
	s.Helper()
	status, body := s.get(path)
	if status != 200 {
		s.Fatalf("%s answers %d", path, status)
	}
	return body
}

// What a family looks for on each page, and that the figure opens its cell.
func TestRecordPages(t *testing.T) {
	s := city(t)
	for path, words := range map[string][]string{
		"/schools": {
			"示例市第一职业学校", "2026 在名单", "2026 停止招生", "共 <b>7 所</b>", "✓ 2026 年的招生学校名单是完整的",
			`href="/sheets/2026/plan?row=10#F10"><data data-figure="plan/2026/D12-730701#fee" value="4800">4800 元`,
			`data-figure="school/D12#plan_2026" value="300">300 人</data>`, "D10–D11 相加",
		},
		"/schools/D12": {
			"在名单，有警示", "宣传单承诺“包就业”（2026年4月2日起）。", "示教文〔0000〕3号，2026年4月2日", "收费依据 示发改〔0000〕5号",
			`id="plan-2026-D12-730701"`, `id="result-2025-D12-730701"`, `id="qualification-2026"`, "启明中专包分配", "已备案", `value="211"`,
			"关于公布示例市2026年中等职业学校招生事项的通知", "数据截至 2026年6月18日",
		},
		"/schools/D13":                 {"现在不能招生", "到2027年3月2日", "block verdict red"},
		"/schools/D14":                 {"由人社部门公布"},
		"/schools/D15":                 {"2026 年的名单是完整的，里面没有这所学校", "block verdict red"},
		"/schools/D01":                 {"没有备案", "免费", "3+2 年"},
		"/specialties":                 {"有 <b>5 个</b>在招", "<b>护理</b>"},
		"/specialties/730701":          {"示例市启明中等专业学校", "2026 在名单，有警示", `value="1460"`, "平常也叫：电商", "/plans/2025?specialty=730701"},
		"/specialties/750201":          {"没有公布过哪些学校招这个专业"},
		"/qualifications/2026":         {"这是 2026 年的完整名单，写了 5 所", "示例市电大中等专业学校", "示例市技师学院"},
		"/qualifications/2025":         {"这不是完整名单"},
		"/plans/2026":                  {"其中 1 条没有人数", `value="4100"`, "计划与结果"},
		"/plans/2026?specialty=720201": {"专业：护理 ✕", `value="900"`, "not:计算机应用"},
		"/plans/2026?specialty=999999": {"没有这样的"},
		"/results/2025":                {"未报", `value="3121"`, "E3–E7 相加", "只公布人数，不公布名单"},
		"/bulletins/2026":              {"甲河县：连续两年下降", "数据不足", "3 个单位未报", "乙岭县、示例市第一职业学校、示例市卫生职业学校。未报不等于 0"},
		"/bulletins/2026/2026-06-19":   {"招生口径", "46.5%", "计划情况", `id="990001"`, "不是</b>国家说的毛入学率"},
		"/clarifications":              {"启明中专包分配，毕业就进国企", "用了 2 天", "还没有答复"},
		"/clarifications/qiming-jobs":  {"不实", "示例市启明中等专业学校", "短视频"},
		"/sheets/2026/plan?row=10":     {`id="F10"`, "您要看的是第 10 行", "<small>F</small>", `value="4800"`},
		"/sheets/school":               {`id="B6"`, "示例市启明中等专业学校", "普通中专"},
	} {
		t.Run(path, func(t *testing.T) { wants(t, s.opens(path), words...) })
	}
	for _, path := range []string{"/schools/D99", "/plans/2024", "/bulletins/2026/2026-06-20", "/bulletins/2025/2026-06-19", "/sheets/2024/plan", "/clarifications/x"} {
		if status, _ := s.get(path); status != 404 {
			t.Errorf("%s answers %d", path, status)
		}
	}
}

// Where nothing of schools is published, nothing about them is there.
func TestNothingOfSchools(t *testing.T) {
	s := serve(t, content.Edition{Changes: []content.Change{{Op: content.Put, ID: "term/x", Record: &content.Term{Meta: of(content.TypeTerm, "x", 0), Name: "学制"}}}})
	for _, path := range []string{"/schools", "/specialties", "/plans", "/results", "/bulletins", "/qualifications", "/clarifications", "/compare", "/schools.json", "/schools/x"} {
		if status, _ := s.get(path); status != 404 {
			t.Errorf("%s answers %d", path, status)
		}
	}
	wants(t, s.opens("/glossary"), "not:/schools", "not:/specialties", "not:/plans")
}

// Schools are chosen by plain addresses; what finds nothing says what to give
// up.
func TestChoosingSchools(t *testing.T) {
	s := city(t)
	for query, want := range map[string]struct {
		n     int
		words []string
	}{
		"county=990012":                    {4, []string{"在哪里：辛水区 ✕", `content="noindex"`}},
		"specialty=730701":                 {3, []string{"示例市启明中等专业学校"}},
		"specialty=730701&status=listed":   {1, []string{"示例市第一职业学校", "not:示例市启明"}},
		"kind=technical":                   {1, []string{"示例市技师学院"}},
		"ownership=private&county=990011":  {1, nil},
		"boarding=yes&county=990001":       {0, []string{"没有学校同时符合", "不限“能住校”，有 1 所", "不限“甲河县”，有 3 所"}},
		"county=%22%3E%3Cscript%3Ealert(1": {0, []string{"not:<script>alert(1", "全部不限"}},
		"page=99":                          {7, nil},
	} {
		body := s.opens("/schools?" + query)
		if n := strings.Count(body, `<h2><a href="/schools/`); n != want.n {
			t.Errorf("%s finds %d schools, want %d", query, n, want.n)
		}
		wants(t, body, want.words...)
	}
}

var shownFigure = regexp.MustCompile(`data-figure="([^"]+)" value="([^"]*)">`)

// A figure says the same wherever it is shown, and what its list says as data.
func TestOneFigureEverywhere(t *testing.T) {
	s := city(t)
	value := map[string]string{}
	from := map[string]string{}
	for _, path := range []string{
		"/schools", "/schools/D01", "/schools/D02", "/schools/D06", "/schools/D12", "/specialties/720201", "/specialties/730701", "/plans/2026", "/plans/2025",
		"/results/2025", "/bulletins/2026", "/bulletins/2026/2026-06-19", "/bulletins/2026/2026-06-12", "/sheets/2026/plan", "/sheets/2025/result", "/sheets/2026/bulletin-2026-06-19",
	} {
		for _, m := range shownFigure.FindAllStringSubmatch(s.opens(path), -1) {
			if had, seen := value[m[1]]; seen && had != m[2] {
				t.Errorf("%s is %q on %s and %q on %s", m[1], had, from[m[1]], m[2], path)
			}
			value[m[1]], from[m[1]] = m[2], path
		}
	}
	compared := 0
	for _, path := range []string{"/plans/2026", "/results/2025", "/bulletins/2026"} {
		var list struct{ Items []map[string]json.RawMessage }
		if err := json.Unmarshal([]byte(s.opens(path+".json")), &list); err != nil {
			t.Fatal(err)
		}
		for _, item := range list.Items {
			for _, raw := range item {
				var f figure
				if json.Unmarshal(raw, &f) != nil || f.ID == "" {
					continue
				}
				want := ""
				if f.Value != nil {
					want = fmt.Sprint(*f.Value)
				}
				if got, shown := value[f.ID]; !shown || got != want {
					t.Errorf("%s is %q in %s.json and %q on a page (%v)", f.ID, want, path, got, shown)
				}
				compared++
			}
		}
	}
	if compared < 50 {
		t.Errorf("only %d figures were compared", compared)
	}
}

// A sheet as a file has a row for each of its records, under its own heads.
func TestSheetAsFile(t *testing.T) {
	s := city(t)
	csv := strings.Split(strings.TrimSpace(s.opens("/sheets/2026/plan.csv")), "\n")
	if len(csv) != 11 || !strings.Contains(csv[1], "row,id,学校代码,专业代码,方向,计划数,学制,学费") {
		t.Errorf("the file has %d lines, its heads are %q", len(csv), csv[1])
	}
	wants(t, csv[9], "10,plan/2026/D12-730701,示例市启明中等专业学校,电子商务", "160", "4800")
	wants(t, s.opens("/sheets/2026/plan.json"), `"计划数":"160"`, `"total":9`, `"demo":true`)
}

// A long list is shown a page at a time, and the row that is cited is on the
// page that is shown.
func TestLongSheet(t *testing.T) {
	changes := contenttest.CityChanges()
	for i := range 450 {
		id := content.PlanID(2026, fmt.Sprintf("D01-710201-%d", i))
		m := content.Meta{ID: id, Year: 2026, Order: 10000 + i, Source: content.Source{Sheet: "sheet/2026/plan", Place: itoa(100 + i)}}
		changes = append(changes, content.Change{Op: content.Put, ID: id, Record: &content.Plan{Meta: m, School: "D01", Specialty: "710201", Direction: itoa(i), Number: content.FigureOf(1)}})
	}
	s := serve(t, content.Edition{Changes: changes})
	wants(t, s.opens("/sheets/2026/plan?row=520"), `id="D520"`, "第 3 页，共 3 页", "not:id=\"D100\"")
	wants(t, s.opens("/sheets/2026/plan"), `id="D100"`, "第 1 页，共 3 页", "/sheets/2026/plan?page=2", "not:id=\"D520\"")
	wants(t, s.opens("/plans/2026?page=2"), "第 2 页，共 3 页", `value="4550"`)
	wants(t, s.opens("/plans/2026?specialty=710201&amp;page=1"), "第 1 页")
}

// A school's standing is said only of its own name, letter for letter.
func TestExactName(t *testing.T) {
	s := contenttest.City(t)
	for text, want := range map[string]content.Status{
		"示例市启明中等专业学校": content.Warned, "启明中专": content.Warned, "示例市卫生学校": content.Listed, "示例市技师学院": content.HRSS, "示例市电大中等专业学校": content.Unlisted,
		"示例市启明中等专业学校分校": "", "启明": "", "示例市宏远技术学校": "",
	} {
		got := checked(s, text, 2026, understand.Grievance{}).Exact
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || got[0].Status != want) {
			t.Errorf("%s: %+v, want %q", text, got, want)
		}
	}
	if got := checked(s, "启明中专", 2025, understand.Grievance{}).Exact; got != nil {
		t.Errorf("without a whole list a standing is said: %+v", got)
	}
}
