package site

import (
	"fmt"
	"strings"
	"testing"

	"yangguang/content"
)

func targetOf(number content.Figure) *content.Target {
	t := &content.Target{Meta: of(content.TypeTarget, "410882", 2022), Unit: "410882", Number: number}
	t.ID = content.TargetID(2022, "410882")
	return t
}

func document(title, first, second string) *content.Policy {
	return &content.Policy{
		Meta: of(content.TypePolicy, "a-1", 2022), Number: "示文〔2022〕1号", Title: title, Issuer: "示例局",
		Blocks: []content.Block{{ID: "s1.p1", Kind: content.Paragraph, Text: first}, {ID: "s1.p2", Kind: content.Paragraph, Text: second}},
	}
}

// amended is a site on which a figure and a document were changed, a term
// withdrawn, and another document taken down.
func amended(t *testing.T) served {
	unit := &content.Unit{Meta: of(content.TypeUnit, "410882", 0), Code: "410882", Name: "沁阳市", Kind: content.County}
	other := document("不该公开的", "张三", "李四")
	other.ID = "policy/a-2"
	return serve(t,
		content.Edition{By: "编辑岗", ApprovedBy: "复核岗", Changes: puts(
			unit, targetOf(content.FigureOf(2530)), document("通知", "招 <b>三</b> 百人。", "完。"), other,
			&content.Term{Meta: of(content.TypeTerm, "a", 0), Name: "词", Text: "意思"},
		)},
		content.Edition{Note: "按更正通知改", Changes: append(puts(
			targetOf(content.FigureOf(2531)), document("通知", "招 <b>五</b> 百人。", "完。"),
		), content.Change{Op: content.Withdraw, ID: "term/a", Reason: "登错了"})},
		content.Edition{Changes: []content.Change{{Op: content.TakeDown, ID: "policy/a-2", Reason: "有个人信息"}}},
	)
}

func TestChangesNameWhatEachEditionDid(t *testing.T) {
	s := amended(t)
	status, html := s.get("/changes")
	if status != 200 {
		t.Fatalf("/changes answers %d", status)
	}
	wants(t, html, "第 3 版", "依法下架", "一条政策文件", "按更正通知改", "修改 2 条", "撤回 1 条", "编辑：编辑岗", "复核：复核岗", "not:不该公开的", "not:张三")
	if strings.Index(html, "第 3 版</a></h2>") > strings.Index(html, "第 1 版</a></h2>") {
		t.Error("the newest edition does not stand first")
	}
	_, html = s.get("/changes/2")
	wants(t, html, "/history/target/2022/410882", "沁阳市", "/history/term/a", "not:第 3 版")
	for _, path := range []string{"/changes/0", "/changes/4", "/changes/2?page=2"} {
		if status, _ := s.get(path); status != 404 {
			t.Errorf("%s answers %d, want 404", path, status)
		}
	}
}

func TestChangesGoBackPageByPage(t *testing.T) {
	var editions []content.Edition
	for i := range changesAPage + 3 {
		editions = append(editions, content.Edition{Changes: puts(&content.Term{Meta: of(content.TypeTerm, "a", 0), Name: "词", Text: fmt.Sprint("意思", i)})})
	}
	s := serve(t, editions...)
	_, html := s.get("/changes")
	wants(t, html, "第 23 版", "第 4 版", "/changes?before=4", "not:第 3 版</a></h2>")
	_, html = s.get("/changes?before=4")
	wants(t, html, "第 3 版", "第 1 版", "not:看更早的", "not:第 4 版")
}

func TestHistoryShowsWhatWasAndWhatIs(t *testing.T) {
	s := amended(t)
	_, html := s.get("/history/target/2022/410882")
	wants(t, html, "<del>2530</del>", "<ins>2531</ins>", "为什么：按更正通知改", "/targets/2022/410882?edition=1", "第 1 稿", "第 2 稿")
	_, html = s.get("/history/term/a")
	wants(t, html, "撤回", "登错了")
	for _, path := range []string{"/history/target/2022/1", "/history/policy/a-2", "/history/"} {
		if status, _ := s.get(path); status != 404 {
			t.Errorf("%s answers %d, want 404", path, status)
		}
	}
	_, html = s.get("/targets/2022/410882")
	wants(t, html, "/history/target/2022/410882", "/changes/2")
}

func TestTwoVersionsOfADocumentAreCompared(t *testing.T) {
	s := amended(t)
	_, html := s.get("/policies/a-1/diff/1..2")
	wants(t, html, "<del>三</del>", "<ins>五</ins>", "招 &lt;b&gt;", "not:完。", "not:<b>三")
	if status, _ := s.get("/policies/a-1/v/1"); status != 302 {
		t.Errorf("version 1 answers %d, want the way to it", status)
	}
	for _, path := range []string{"/policies/a-1/v/3", "/policies/a-1/diff/1..3", "/policies/a-2/v/1"} {
		if status, _ := s.get(path); status != 404 {
			t.Errorf("%s answers %d, want 404", path, status)
		}
	}
}

// A page that was taken down says so, in the editions in which it stood too.
func TestWhatWasTakenDownSaysSo(t *testing.T) {
	s := amended(t)
	for _, path := range []string{"/policies/a-2", "/policies/a-2?edition=1"} {
		status, html := s.get(path)
		if status != 410 {
			t.Errorf("%s answers %d, want 410", path, status)
		}
		wants(t, html, "已依法下架", "有个人信息", "not:张三", "not:不该公开的")
	}
	_, csv := s.get("/policies.csv?edition=1")
	wants(t, csv, "示文〔2022〕1号", "not:不该公开的")
}
