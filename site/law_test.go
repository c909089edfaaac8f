package site

import (
	"strings"
	"testing"

	"yangguang/content"
)

func TestLawsNamed(t *testing.T) {
	s := notice(t)
	for text, want := range map[string]int{
		"依照《示例法》办理":            0,
		"依据是《示例法》第一条、第九条、第一条":  1, // the ninth is not quoted here
		"依据是示例法第一条，没有书名号就不算提到": -1,
	} {
		got := lawsNamed(s, text)
		if want < 0 {
			if len(got) != 0 {
				t.Errorf("%s: %d laws, want none", text, len(got))
			}
			continue
		}
		if len(got) != 1 || got[0].Anchor() != "law-x" || len(got[0].Articles) != want {
			t.Errorf("%s: %+v, want one law with %d articles", text, got, want)
		}
	}
}

// What an answer says of a law can be read where it is said.
func TestAnswerShowsItsArticle(t *testing.T) {
	s := questions(t, content.Source{Law: "law/x", Place: "一", Title: "示例法", URL: "https://law.example.invalid/", In: "某数据库", Quote: "不得保证。"})
	html := shown(t, s, func(s *Site) pageFunc { return s.faq }, nil)
	wants(t, html, "《示例法》第一条原文", "不得保证。")
	if n := strings.Count(html, "<details>"); n != 1 {
		t.Errorf("%d articles are shown, want the one that is quoted", n)
	}
	// An explanation has no room for the article; it names it, and says that the
	// address is a front page.
	html = shown(t, s, func(s *Site) pageFunc { return s.glossary }, nil)
	wants(t, html, "《示例法》第一条，在", ">某数据库</a>", "请按名称找", "not:五五分流")
}

func TestTextItems(t *testing.T) {
	s := questions(t, content.Source{Law: "law/x", Place: "一", Title: "示例法", URL: "https://law.example.invalid/", In: "某数据库"})
	items := faqItems(&reading{Snapshot: s}).items
	if len(items) != 1 {
		t.Fatalf("%d items, want one", len(items))
	}
	if got := items[0]; *got.Year != 2022 || got.Source.Law != "law/x" || got.Source.Article != "一" || got.Source.In != "某数据库" {
		t.Errorf("item %+v, want its year, its law and the article", got)
	}
	if terms := termItems(&reading{Snapshot: s}).items; terms[0].Year != nil {
		t.Errorf("a word of no year has the year %d", *terms[0].Year)
	}
	s = questions(t, content.Source{Policy: "policy/n", Place: "s2.p1"})
	if items := faqItems(&reading{Snapshot: s}).items; items[0].Source.Article != "" || items[0].Source.Place != "s2.p1" {
		t.Errorf("source %+v, want a place of the document and no article", items[0].Source)
	}
}

// questions is the notice with one question and one word that rest on a source.
func questions(t *testing.T, source content.Source) *content.Snapshot {
	t.Helper()
	q := &content.FAQ{Question: "能保证吗？", Answer: "不能，依据是第一条、第九条。"}
	q.ID, q.Year, q.Source = "faq/q", 2022, source
	word := &content.Term{Name: "大体相当", Text: "差不多。", Aliases: []string{"五五分流"}}
	word.ID, word.Source = "term/w", source
	s, err := notice(t).Apply(content.Edition{Number: 2, Changes: []content.Change{
		{Op: content.Put, ID: q.ID, Record: q}, {Op: content.Put, ID: word.ID, Record: word},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
