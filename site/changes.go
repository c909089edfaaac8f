package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/content"
	"yangguang/site/page"
)

// changesAPage is how many editions a page of the changes names, and
// namedChanges how many records of one; the edition's own page names all, some
// hundred a page.
const (
	changesAPage  = 20
	namedChanges  = 8
	changedAPage  = 300
	changesPath   = "/changes"
	historyPrefix = "/history/"
)

// changes lists what was published, the newest first.
func (s *Site) changes(r *reading) (templ.Component, error) {
	all := r.Published()
	p := changesPage{}
	from := len(all) - 1
	if n, err := strconv.Atoi(r.query("before")); err == nil && n > 0 {
		from = min(from, n-2)
	}
	for i := from; i >= 0 && len(p.Acts) < changesAPage; i-- {
		p.Acts = append(p.Acts, actOf(r.Snapshot, all[i], namedChanges))
	}
	if len(p.Acts) == 0 {
		return nil, content.ErrNotFound
	}
	if last := p.Acts[len(p.Acts)-1].Number; last > 1 {
		p.Before = last
	}
	r.frame.Title, r.frame.Section = "更新记录", changesPath
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "更新记录"}}
	r.frame.Description = "本站发布过什么、改过什么、撤回过什么：每一版的时间、说明和条目，都在这里。"
	r.frame.Edition = p.Acts[0].Number
	p.Frame = r.framed()
	return changesView(p), nil
}

type changesPage struct {
	page.Frame
	Acts []act
	// Before is the edition before which older ones are listed, 0 where there
	// are none.
	Before int64
}

// act is an edition as it is listed.
type act struct {
	content.Published
	Lines []changeLine
	// More is how many records are not named.
	More int
	// New, Altered, Withdrawn and TakenDown count the records.
	New, Altered, Withdrawn, TakenDown int
}

// changeLine is one record of an edition. One that was taken down has no name
// and no history.
type changeLine struct {
	Word, Tag  string
	Type, Name string
	History    string
}

func actOf(s *content.Snapshot, p content.Published, named int) act {
	a := act{Published: p}
	for _, c := range p.Changed {
		line := changeLine{Type: typeWords[string(c.ID.Type())], History: historyPrefix + string(c.ID)}
		switch {
		case c.Op == content.TakeDown:
			line.Word, line.Tag = "依法下架", "red"
			a.TakenDown++
		case c.Op == content.Withdraw:
			line.Word, line.Tag = "撤回", "red"
			a.Withdrawn++
		case c.New:
			line.Word, line.Tag = "新增", "green"
			a.New++
		default:
			line.Word, line.Tag = "修改", "amber"
			a.Altered++
		}
		if len(a.Lines) == named {
			a.More++
			continue
		}
		if record, ok := s.Record(c.ID); ok {
			line.Name = s.Name(record)
		} else {
			line.History = ""
		}
		a.Lines = append(a.Lines, line)
	}
	return a
}

// change shows one edition whole.
func (s *Site) change(r *reading) (templ.Component, error) {
	n, err := strconv.Atoi(r.param("edition"))
	all := r.Published()
	if err != nil || n < 1 || n > len(all) {
		return nil, content.ErrNoEdition
	}
	p := changePage{act: actOf(r.Snapshot, all[n-1], len(all[n-1].Changed))}
	p.pager = r.paged(len(p.Lines), changedAPage, r.frame.Path)
	if asked := r.query("page"); asked != "" && asked != itoa(p.Page) {
		return nil, content.ErrNotFound
	}
	p.Lines = p.Lines[p.Begin:p.End]
	r.frame.Title, r.frame.Section = "第 "+itoa(n)+" 版", changesPath
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: changesPath, Word: "更新记录"}, {Word: "第 " + itoa(n) + " 版"}}
	r.frame.Description = "第 " + itoa(n) + " 版发布、修改、撤回了哪些内容，一条一条都在这里。"
	r.frame.Edition = int64(n)
	p.Frame = r.framed()
	return changeView(p), nil
}

type changePage struct {
	page.Frame
	act
	pager
}

// history shows every version of a record, and what changed in each.
func (s *Site) history(r *reading) (templ.Component, error) {
	key, err := url.PathUnescape(r.param("*"))
	if err != nil {
		return nil, content.ErrNotFound
	}
	id := content.ID(key)
	versions := r.Versions(id)
	if len(versions) == 0 {
		return nil, content.ErrNotFound
	}
	now := versions[0].Record
	h := historyPage{Name: r.Name(now), Type: typeWords[string(id.Type())], Opens: content.Path(now), Versions: versions}
	h.Doc, _ = now.(*content.Policy)
	r.uses(now)
	r.frame.Title = h.Name + "：历次版本"
	r.frame.About = string(id)
	r.frame.NoIndex = true
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: h.Opens, Word: h.Name}, {Word: "历次版本"}}
	h.Frame = r.framed()
	return historyView(h), nil
}

type historyPage struct {
	page.Frame
	Name, Type, Opens string
	Versions          []content.Version
	// Doc is set for a document, whose versions can be compared.
	Doc *content.Policy
}

// At is the address of the record as it stood in a version.
func (h historyPage) At(v content.Version) string {
	f := h.Frame
	f.Old = v.Edition.Number
	return f.To(h.Opens)
}

// version leads to a document as it stood in its version n.
func (s *Site) version(c *fiber.Ctx) error {
	v, ok := versionOf(s.board.Snapshot(), c.Params("id"), c.Params("n"))
	if !ok {
		return content.ErrNotFound
	}
	return c.Redirect(page.Frame{Old: v.Edition.Number}.To(content.Path(v.Record)), fiber.StatusFound)
}

// past leads from a record's own page to its history.
func (s *Site) past(of content.Type, params ...string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id := []string{historyPrefix[:len(historyPrefix)-1], string(of)}
		for _, p := range params {
			id = append(id, c.Params(p))
		}
		return redirect(c, fiber.StatusFound, strings.Join(id, "/"))
	}
}

func versionOf(s *content.Snapshot, policy, n string) (content.Version, bool) {
	versions := s.Versions(content.ID("policy/" + policy))
	i := slices.IndexFunc(versions, func(v content.Version) bool { return itoa(v.Head().Version) == n })
	if i < 0 {
		return content.Version{}, false
	}
	return versions[i], true
}

// difference shows what differs between two versions of a document.
func (s *Site) difference(r *reading) (templ.Component, error) {
	a, ok := versionOf(r.Snapshot, r.param("id"), r.param("a"))
	b, found := versionOf(r.Snapshot, r.param("id"), r.param("b"))
	if !ok || !found {
		return nil, content.ErrNotFound
	}
	before, now := a.Record.(*content.Policy), b.Record.(*content.Policy)
	d := differencePage{A: a, B: b, Doc: now, Fields: content.Differences(before, now)}
	d.Fields = slices.DeleteFunc(d.Fields, func(f content.Difference) bool { return f.Old == "" && f.New == "" })
	for _, p := range content.Compare(before, now) {
		d.Passages = append(d.Passages, cutOf(p))
	}
	r.uses(now)
	r.frame.Title = "第 " + r.param("a") + " 稿和第 " + r.param("b") + " 稿有什么不同"
	r.frame.Crumbs = policyCrumbs(page.Crumb{Path: content.Path(now), Word: now.Number}, page.Crumb{Word: "对照"})
	r.frame.About, r.frame.NoIndex = string(now.ID), true
	d.Frame = r.framed()
	return differenceView(d), nil
}

type differencePage struct {
	page.Frame
	A, B     content.Version
	Doc      *content.Policy
	Fields   []content.Difference
	Passages []passage
}

// passage is a changed piece of a text: what is the same at its begin and end,
// and what stands between them before and after.
type passage struct{ ID, Begin, Old, New, End string }

func cutOf(p content.Passage) passage {
	old, now := []rune(p.Old), []rune(p.New)
	begin := 0
	for begin < min(len(old), len(now)) && old[begin] == now[begin] {
		begin++
	}
	end := 0
	for end < min(len(old), len(now))-begin && old[len(old)-1-end] == now[len(now)-1-end] {
		end++
	}
	return passage{p.ID, string(old[:begin]), string(old[begin : len(old)-end]), string(now[begin : len(now)-end]), string(old[len(old)-end:])}
}
