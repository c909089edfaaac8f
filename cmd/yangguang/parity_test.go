package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"

	"yangguang/content/sheet/book"
	"yangguang/site/page"
)

// list is what a .json of the site says.
type list struct {
	Edition int64
	Type    string
	Items   []map[string]any
	Total   int
}

// TestOneFactEverywhere: the page, its JSON and its CSV say the same of each
// record, and the total is what was sent.
func TestOneFactEverywhere(t *testing.T) { bothSites(t, oneFactEverywhere) }

func oneFactEverywhere(t *testing.T, p *program) {
	site := crawl(t, p)
	compared := map[string]int{}
	for _, path := range slices.Sorted(keys(site)) {
		name, isList := strings.CutSuffix(path, ".json")
		if !isList {
			continue
		}
		var l list
		if err := json.Unmarshal([]byte(site[path].body), &l); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if l.Type == "" {
			continue // JSON that is no list: the description of the interface
		}
		if l.Edition != 1 || l.Total != len(l.Items) || l.Total == 0 {
			t.Errorf("%s: edition %d, total %d of %d items", path, l.Edition, l.Total, len(l.Items))
		}
		compareRows(t, name, l.Items, site[name+".csv"].body)
		if book, ok := site[name+".xlsx"]; ok || !strings.HasPrefix(name, "/sheets/") {
			compareBook(t, name, site[name+".csv"].body, book.body)
		}
		compared[l.Type] += comparePage(t, site, site[name], l.Items)
	}
	// What cannot be compared would hide that nothing was.
	for kind, least := range map[string]int{"target": 11, "key_date": 7, "policy": 4} {
		if compared[kind] < least {
			t.Errorf("%s: only %d values were found on the page and in the data, want at least %d", kind, compared[kind], least)
		}
	}
}

// rowsOf reads a CSV below the mark of one that is not real.
func rowsOf(sheet string) ([][]string, error) {
	sheet = strings.TrimPrefix(strings.TrimPrefix(sheet, "\ufeff"), page.DemoMark+"\n")
	return csv.NewReader(strings.NewReader(sheet)).ReadAll()
}

// compareRows: the CSV has the same items in the same order, its columns named
// as the JSON's fields.
func compareRows(t *testing.T, name string, items []map[string]any, sheet string) {
	t.Helper()
	rows, err := rowsOf(sheet)
	if err != nil || len(rows) != len(items)+1 {
		t.Errorf("%s.csv has %d rows, %v; the JSON has %d items", name, len(rows)-1, err, len(items))
		return
	}
	for i, item := range items {
		fields := map[string]string{}
		flatten(fields, "", item)
		for column, head := range rows[0] {
			if got, want := rows[i+1][column], fields[head]; strings.TrimPrefix(got, "'") != want {
				t.Errorf("%s row %d %s: CSV %q, JSON %q", name, i+1, head, got, want)
			}
			delete(fields, head)
		}
		if len(fields) > 0 {
			t.Errorf("%s row %d: not in the CSV: %v", name, i+1, fields)
		}
	}
}

// compareBook: the workbook has the rows of the CSV, and nothing hidden.
func compareBook(t *testing.T, name, sheet, workbook string) {
	t.Helper()
	got, err := book.Open(name+".xlsx", []byte(workbook))
	if err != nil || len(got.Leaks) > 0 {
		t.Errorf("%s.xlsx: %v, %v", name, got, err)
		return
	}
	rows, _ := rowsOf(sheet)
	lines := got.Tabs[0].Rows
	if len(lines) > 0 && len(lines[0].Cells) > 0 && lines[0].Cells[0].Text == page.DemoMark {
		lines = lines[1:]
	}
	if len(lines) != len(rows) {
		t.Errorf("%s.xlsx has %d rows, the CSV %d", name, len(lines), len(rows))
		return
	}
	for i, r := range lines {
		for column, want := range rows[i] {
			text := ""
			if column < len(r.Cells) {
				text = r.Cells[column].Text
			}
			if text != strings.TrimSpace(strings.TrimPrefix(want, "'")) {
				t.Errorf("%s.xlsx %s: %q, CSV %q", name, book.Address(r.Number, column), text, want)
			}
		}
	}
}

func flatten(into map[string]string, prefix string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for k, inner := range v {
			flatten(into, strings.TrimPrefix(prefix+"."+k, "."), inner)
		}
	case []any:
		words := make([]string, len(v))
		for i, one := range v {
			words[i] = fmt.Sprint(one)
		}
		into[prefix] = strings.Join(words, "；")
	case nil:
		into[prefix] = ""
	case float64:
		into[prefix] = fmt.Sprintf("%.0f", v)
	default:
		into[prefix] = fmt.Sprint(v)
	}
}

// comparePage compares each figure on the page with the field of that record,
// and returns how many there were. Each item's address must open it.
func comparePage(t *testing.T, site map[string]visited, page visited, items []map[string]any) (compared int) {
	t.Helper()
	shown := map[string]string{}
	for n := range page.root.Descendants() {
		if n.DataAtom == atom.Data {
			shown[attr(n, "data-figure")] = attr(n, "value")
		}
	}
	for _, item := range items {
		id := fmt.Sprint(item["id"])
		fields := map[string]string{}
		flatten(fields, "", item)
		for field, want := range fields {
			field, _ = strings.CutSuffix(field, ".value")
			got, ok := shown[id+"#"+field]
			if !ok {
				continue
			}
			compared++
			if got != want {
				t.Errorf("%s: %s#%s is %q on the page and %q in the data", page.url, id, field, got, want)
			}
		}
		path, fragment, _ := strings.Cut(fmt.Sprint(item["url"]), "#")
		if to, ok := site[path]; !ok || to.status != 200 || fragment != "" && !to.ids[fragment] {
			t.Errorf("%s: the address of %s, %v, opens nothing", page.url, id, item["url"])
		}
	}
	return compared
}
