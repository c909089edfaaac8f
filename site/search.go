package site

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/content"
	"yangguang/pattern"
	"yangguang/search"
	"yangguang/site/page"
)

// longest is how much of a query is read; the rest is not a question.
const longest = 200

// search shows what is found; without a query it shows the box alone.
func (s *Site) search(r *reading) (templ.Component, error) {
	q := queryOf(r.query)
	p := &searchPage{Query: q}
	r.frame.Title, r.frame.Section, r.frame.NoIndex = "搜索", "/search", true
	if q.Text != "" {
		found, err := s.finder.Find(r.context(), q)
		if err != nil {
			return nil, err
		}
		p.Results, p.Help = found, helpFor(r.Snapshot, found.Understood)
		if r.noStore = len(p.Help) > 0; !r.noStore {
			r.frame.Title = q.Text + " · 搜索"
		}
	}
	p.Frame = r.framed()
	return searchView(p), nil
}

// queryOf reads a query from an address. What it cannot read is no filter.
func queryOf(param func(string) string) search.Query {
	q := search.Query{Text: trimTo(param("q"), longest), Type: param("type")}
	q.Year, _ = strconv.Atoi(param("year"))
	if n, err := strconv.Atoi(param("offset")); err == nil && n > 0 {
		q.Offset = n
	}
	return q
}

func trimTo(s string, runes int) string {
	for i := range s {
		if runes == 0 {
			return s[:i]
		}
		runes--
	}
	return s
}

type searchPage struct {
	page.Frame
	search.Results
	Query search.Query
	// Help is whom to call, where the words say that somebody is in danger.
	Help []*content.Contact
}

// Address returns the address of this search with another filter or offset.
func (p *searchPage) Address(kind string, offset int) string {
	a := "/search?q=" + url.QueryEscape(p.Query.Text)
	if kind != "" {
		a += "&type=" + url.QueryEscape(kind)
	}
	if p.Query.Year != 0 {
		a += "&year=" + itoa(p.Query.Year)
	}
	if offset > 0 {
		a += "&offset=" + itoa(offset)
	}
	return p.To(a)
}

// All is how many there are without the filter by type.
func (p *searchPage) All() int {
	n := 0
	for _, g := range p.Groups {
		n += g.Total
	}
	return n
}

// Next is the offset of the next page of results, 0 when this is the last.
func (p *searchPage) Next() int {
	if next := p.Query.Offset + len(p.Hits); next < p.Total && len(p.Hits) > 0 {
		return next
	}
	return 0
}

// schoolName is a text that ends as the name of a school does, and asks nothing.
var schoolName = pattern.New(`^[^哪什啥怎谁吗个的所这那些有是几多]{2,}(学校|学院|中专|职高|技校|大学)$`)

// Unknown reports whether the query reads as the name of a school that the
// record does not know. What is found then is of others, and must be said so.
func (p *searchPage) Unknown() bool {
	return p.Relaxed && len(p.Understood.Units) == 0 && schoolName.MatchString(p.Query.Text)
}

// answerSource says on what an answer rests: 焦教文〔2022〕48号 附件1 B10, or
// 中华人民共和国广告法第二十四条, or the cell of a sheet.
func answerSource(s search.Source) string {
	switch {
	case s.Place == "":
		return s.Title
	case s.Policy == "" && content.Source{Place: s.Place}.Cell() != "":
		return s.Title + " " + content.Source{Place: s.Place}.Cell()
	case s.Policy == "":
		return s.Title + "第" + s.Place + "条"
	}
	return s.Title + " " + page.PlaceWord(content.Source{Place: s.Place})
}

var typeWords = map[string]string{
	"policy": "政策文件", "clause": "条款", "target": "招生任务", "key_date": "日期", "rule": "规定", "aid": "资助",
	"contact": "电话", "faq": "问答", "term": "词语", "duty": "应公开", "article": "说明", "page": "工具", "unit": "单位",
	"sheet": "附表", "school": "学校", "qualification": "招生资质", "specialty": "专业", "plan": "招生计划", "result": "录取结果",
	"bulletin": "周报", "clarification": "辟谣", "law": "法律", "holidays": "放假安排", "word": "同义词", "phrase": "广告用语",
	"crisis": "求助用语", "wording": "网站用语",
}

// searchJSON answers /api/v1/search. Only the newest edition is searched.
func (s *Site) searchJSON(c *fiber.Ctx, pr page.Reading) (page.Document, error) {
	if pr.Old != 0 {
		return page.Document{}, content.ErrNoEdition
	}
	found, err := s.finder.Find(c.UserContext(), queryOf(queryParam(c)))
	if err != nil {
		return page.Document{}, err
	}
	d := page.JSON(struct {
		Demo bool `json:"demo,omitempty"`
		search.Results
	}{pr.Snapshot.Fictional(), found})
	d.NoStore = len(found.Understood.Crisis) > 0
	return d, nil
}

// suggestions completes what is being typed.
func (s *Site) suggestions(c *fiber.Ctx, pr page.Reading) (page.Document, error) {
	type suggestion struct {
		Text string `json:"text"`
		Kind string `json:"kind"`
		URL  string `json:"url"`
	}
	out := []suggestion{}
	found, err := s.finder.Suggest(c.UserContext(), trimTo(c.Query("q"), longest), 8)
	if err != nil {
		return page.Document{}, err
	}
	for _, f := range found {
		out = append(out, suggestion{f.Text, typeWords[f.Type], f.URL})
	}
	says := map[string]any{"suggestions": out}
	if pr.Snapshot.Fictional() {
		says["demo"] = true
	}
	return page.JSON(says), nil
}
