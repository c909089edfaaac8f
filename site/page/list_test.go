package page_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/sheet/book"
	"yangguang/site/page"
)

type source struct {
	Policy content.ID `json:"policy"`
	Place  string     `json:"place"`
}

type target struct {
	ID      content.ID     `json:"id"`
	Unit    string         `json:"unit"`
	Number  content.Figure `json:"number"`
	Rank    *int           `json:"rank"`
	Day     calendar.Date  `json:"day"`
	Open    bool           `json:"open"`
	Share   float64        `json:"share"`
	Aliases []string       `json:"aliases"`
	Source  source         `json:"source"`
	Secret  string         `json:"-"`
}

func listOf(rows ...target) page.List[target] {
	year := 2022
	return page.List[target]{Edition: 7, AsOf: "2022-07-22", Type: content.TypeTarget, Year: &year, Items: rows, Total: len(rows)}
}

func listHouse(t *testing.T, rows ...target) *house {
	h := newHouse(t, nil)
	h.App.Get("/targets/2022.json", h.Cached(func(page.Reading) (page.Document, error) { return listOf(rows...).JSON(), nil }))
	h.App.Get("/targets/2022.csv", h.Cached(func(page.Reading) (page.Document, error) { return listOf(rows...).CSV(), nil }))
	h.App.Get("/targets/2022.xlsx", h.Cached(func(page.Reading) (page.Document, error) { return listOf(rows...).XLSX(), nil }))
	return h
}

var one = 1

var rows = []target{
	{"target/2022/410823", "武陟县<b>", content.FigureOf(2440), &one, calendar.NewDate(2022, 9, 1), true, 0.5, []string{"武陟", "怀州"}, source{"policy/x", "annex1!B6"}, "hidden"},
	{ID: "target/2022/410825", Unit: "温县", Number: content.Figure{State: content.Unreported}},
}

func TestListJSON(t *testing.T) {
	a := listHouse(t, rows...).get("/targets/2022.json")
	want := `{"edition":7,"as_of":"2022-07-22","type":"target","year":2022,"items":[` +
		`{"id":"target/2022/410823","unit":"武陟县<b>","number":{"state":"value","value":2440},"rank":1,"day":"2022-09-01","open":true,"share":0.5,"aliases":["武陟","怀州"],"source":{"policy":"policy/x","place":"annex1!B6"}},` +
		`{"id":"target/2022/410825","unit":"温县","number":{"state":"unreported"},"rank":null,"day":"","open":false,"share":0,"aliases":null,"source":{"policy":"","place":""}}],` +
		`"total":2,"next":null}` + "\n"
	if got := a.text(t); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := a.Header.Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("Content-Type = %q", got)
	}
	if tag := a.Header.Get("Etag"); tag == "" {
		t.Error("no ETag")
	}
}

func TestAnEmptyListIsAList(t *testing.T) {
	if got := listHouse(t).get("/targets/2022.json").text(t); !strings.Contains(got, `"items":[],"total":0`) {
		t.Errorf("got %s", got)
	}
}

func TestListCSV(t *testing.T) {
	a := listHouse(t, rows...).get("/targets/2022.csv")
	want := "\ufeffid,unit,number,rank,day,open,share,aliases,source.policy,source.place\n" +
		"target/2022/410823,武陟县<b>,2440,1,2022-09-01,true,0.5,武陟；怀州,policy/x,annex1!B6\n" +
		"target/2022/410825,温县,未报,,,false,0,,,\n"
	if got := a.text(t); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for header, want := range map[string]string{
		"Content-Type":        "text/csv; charset=utf-8",
		"Content-Disposition": "attachment; filename=target-2022-e7.csv",
	} {
		if got := a.Header.Get(header); got != want {
			t.Errorf("%s = %q, want %q", header, got, want)
		}
	}
	if a.Header.Get("Etag") == "" {
		t.Error("no ETag")
	}
}

// The workbook has the rows of the CSV: numbers as numbers, and texts as they
// are, with no sign in front.
func TestListXLSX(t *testing.T) {
	formula := target{Unit: "=1+1"}
	house := listHouse(t, append(rows, formula)...)
	a := house.get("/targets/2022.xlsx")
	got, err := book.Open("x.xlsx", []byte(a.text(t)))
	if err != nil || len(got.Leaks) > 0 {
		t.Fatal(got, err)
	}
	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(house.get("/targets/2022.csv").text(t), "\ufeff"))).ReadAll()
	if err != nil || len(got.Tabs[0].Rows) != len(table) {
		t.Fatalf("%d rows, the CSV has %d (%v)", len(got.Tabs[0].Rows), len(table), err)
	}
	for i, r := range got.Tabs[0].Rows {
		for n, c := range r.Cells {
			if c.Text != strings.TrimPrefix(table[i][n], "'") {
				t.Errorf("%s is %q, the CSV has %q", book.Address(r.Number, n), c.Text, table[i][n])
			}
		}
	}
	if c := got.Tabs[0].Rows[1].Cells[3]; !c.Number {
		t.Errorf("a rank is %+v", c)
	}
	if c := got.Tabs[0].Rows[3].Cells[1]; c.Text != "=1+1" || c.Number {
		t.Errorf("a text is %+v", c)
	}
	for header, want := range map[string]string{
		"Content-Type":        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"Content-Disposition": "attachment; filename=target-2022-e7.xlsx",
	} {
		if got := a.Header.Get(header); got != want {
			t.Errorf("%s = %q, want %q", header, got, want)
		}
	}
	if again := house.get("/targets/2022.xlsx"); a.Header.Get("Etag") == "" || again.Header.Get("Etag") != a.Header.Get("Etag") {
		t.Error("the same list has another ETag")
	}
}

func TestAWorkbookOfTheDemoCitySaysSo(t *testing.T) {
	l := listOf(rows...)
	l.Demo = true
	var b bytes.Buffer
	if err := l.XLSX().Write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	got, err := book.Open("x.xlsx", b.Bytes())
	if err != nil || got.Tabs[0].Rows[0].Cells[0].Text != page.DemoMark || got.Tabs[0].Rows[1].Cells[0].Text != "id" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestNoCellIsCalculated(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1":                  "'=1+1",
		"+86 391":               "'+86 391",
		"-1":                    "'-1",
		"@SUM(A1)":              "'@SUM(A1)",
		"\t=1":                  "'\t=1",
		"\r=1":                  "'\r=1",
		"\n=1":                  "'\n=1",
		"  =1":                  "'  =1",
		"\u3000＝1":              "'\u3000＝1",
		"＋1":                    "'＋1",
		"－1":                    "'－1",
		"＠x":                    "'＠x",
		"a=1":                   "a=1",
		"焦教文〔2022〕48号":          "焦教文〔2022〕48号",
		"":                      "",
		`with "quotes", commas`: `with "quotes", commas`,
	} {
		body := listHouse(t, target{Unit: cell}).get("/targets/2022.csv").text(t)
		records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		// A reader of CSV makes one line end of \r\n.
		if got := records[1][1]; got != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
}

func TestADownloadMayHaveAChineseName(t *testing.T) {
	h := newHouse(t, nil)
	h.App.Get("/file", h.Cached(func(page.Reading) (page.Document, error) {
		d := page.Bytes("text/plain; charset=utf-8", []byte("x"))
		d.Name = "招生任务.txt"
		return d, nil
	}))
	if got, want := h.get("/file").Header.Get("Content-Disposition"), "attachment; filename*=utf-8''%E6%8B%9B%E7%94%9F%E4%BB%BB%E5%8A%A1.txt"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestARowThatDoesNotFitIsAnError(t *testing.T) {
	h := newHouse(t, nil)
	h.App.Get("/list.csv", h.Cached(func(page.Reading) (page.Document, error) {
		return page.List[struct{ Parts []source }]{}.CSV(), nil
	}))
	if got := h.get("/list.csv").StatusCode; got != 500 {
		t.Errorf("status %d", got)
	}
}
