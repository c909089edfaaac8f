package site

import (
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/search"
)

func TestFeedsSayWhatChangedLast(t *testing.T) {
	s := amended(t)
	read := func(path string) atom {
		t.Helper()
		status, body := s.get(path)
		var f atom
		if err := xml.Unmarshal([]byte(body), &f); status != 200 || err != nil {
			t.Fatalf("%s answers %d, %v", path, status, err)
		}
		return f
	}
	targets := read("/targets/2022.atom")
	if len(targets.Entries) != 1 || targets.Entries[0].Title != "沁阳市" || targets.Entries[0].Summary != "按更正通知改" ||
		targets.Entries[0].ID != "tag:yangguang.invalid,2022:target/2022/410882" || targets.Entries[0].Links[0].Href != "/targets/2022/410882" {
		t.Errorf("the targets' feed has %+v", targets.Entries)
	}
	if changes := read("/feed.atom"); len(changes.Entries) != 3 || !strings.HasPrefix(changes.Entries[0].Title, "第 3 版") || changes.Entries[2].Links[0].Href != "/changes/1" {
		t.Errorf("the feed of everything has %+v", changes.Entries)
	}
	if terms := read("/glossary.atom"); terms.Entries[0].Summary != "已撤回。登错了" {
		t.Errorf("a withdrawal is told as %+v", terms.Entries)
	}
	if status, _ := s.get("/targets/2021.atom"); status != 404 {
		t.Errorf("an empty list has a feed: %d", status)
	}
}

func TestACalendarCanBeTakenAlong(t *testing.T) {
	long := strings.Repeat("很长的名字，", 12)
	dated := &content.KeyDate{Meta: of(content.TypeKeyDate, "autumn", 2022), Name: long, Date: calendar.NewDate(2022, time.November, 20), Audience: "学校; 家长", Deadline: true}
	counted := &content.KeyDate{Meta: of(content.TypeKeyDate, "files", 2022), Name: "建档", WorkingDays: 20, Event: "入学"}
	s := serve(t, content.Edition{Changes: puts(dated, counted)})
	status, body := s.get("/calendar/2022.ics")
	if status != 200 {
		t.Fatalf("answers %d", status)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(body, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	whole := strings.ReplaceAll(body, "\r\n ", "")
	wants(t, whole, "DTSTART;VALUE=DATE:20221120\r\n", "SUMMARY:【2022年历史文件】"+long, `学校\; 家长`, "UID:key_date/2022/autumn@yangguang.invalid", "not:建档")
	if strings.Count(whole, "BEGIN:VEVENT") != 1 {
		t.Error("a date that is counted from an event has a day")
	}
}

// Whatever a list sends is described, under the name that it has there.
func TestTheDescriptionIsThatOfTheLists(t *testing.T) {
	s := amended(t)
	_, body := s.get("/api/v1/openapi.json")
	var described struct {
		Paths map[string]struct {
			Get struct {
				Parameters []struct{ Name, In string }
				Responses  map[string]struct {
					Content map[string]struct {
						Schema struct {
							Properties map[string]struct {
								Items struct{ Properties map[string]any }
							}
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &described); err != nil {
		t.Fatal(err)
	}
	for path, here := range map[string]string{"/targets/{year}": "/targets/2022", "/policies": "/policies"} {
		op, ok := described.Paths["/api/v1"+path]
		if !ok {
			t.Errorf("%s is not described", path)
			continue
		}
		_, list := s.get("/api/v1" + here)
		if _, beside := s.get(here + ".json"); beside != list {
			t.Errorf("%s differs from the list beside its page", here)
		}
		var sent struct{ Items []map[string]any }
		if err := json.Unmarshal([]byte(list), &sent); err != nil || len(sent.Items) == 0 {
			t.Fatalf("%s: %v, %d items", here, err, len(sent.Items))
		}
		fields := op.Get.Responses["200"].Content["application/json"].Schema.Properties["items"].Items.Properties
		for name := range sent.Items[0] {
			if fields[name] == nil {
				t.Errorf("%s: %s is sent and not described", path, name)
			}
		}
		if len(fields) != len(sent.Items[0]) {
			t.Errorf("%s: %d fields are described, %d sent", path, len(fields), len(sent.Items[0]))
		}
	}
}

func TestTheDataCatalogue(t *testing.T) {
	s := amended(t)
	_, html := s.get("/data")
	wants(t, html, "2022 年招生任务", "/targets/2022.csv", "/targets/2022.json", "1 条", "政策文件", "/api/v1/openapi.json", "not:词语</a>")
}

// Search engines are told of pages only where those have a public address, and
// never of a document's original or of what is not there.
func TestTheSitemap(t *testing.T) {
	if status, _ := amended(t).get("/sitemap.xml"); status != 404 {
		t.Errorf("a trial has a sitemap: %d", status)
	}
	shelf := new(contenttest.Shelf)
	if _, err := shelf.Append(t.Context(), 0, content.Edition{At: time.UnixMilli(1653436800000), Changes: puts(targetOf(content.FigureOf(1)), document("通知", "一", "二"))}); err != nil {
		t.Fatal(err)
	}
	board, err := content.NewBoard(t.Context(), shelf)
	if err != nil {
		t.Fatal(err)
	}
	address := &url.URL{Scheme: "https", Host: "zs.example.gov.cn"}
	site, err := New(Config{
		Board: board, Finder: search.NewFinder(search.NewMemory()), Address: address,
		Identity: Operated(Operator{Name: "示例局", SiteName: "示例"}, address),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(site.Close)
	s := served{t, site}
	status, body := s.get("https://zs.example.gov.cn/sitemap.xml")
	if status != 200 {
		t.Fatalf("answers %d: %s", status, body)
	}
	wants(t, body, "<loc>https://zs.example.gov.cn/policies/a-1</loc>", "<loc>https://zs.example.gov.cn/targets/2022/410882</loc>", "not:original")
	_, robots := s.get("https://zs.example.gov.cn/robots.txt")
	wants(t, robots, "Sitemap: https://zs.example.gov.cn/sitemap.xml")
}
