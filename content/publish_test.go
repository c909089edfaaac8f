package content_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/contenttest"
)

var newYear = []calendar.Holiday{{Date: calendar.NewDate(2022, time.January, 1), Name: "元旦"}}

var act = content.Act{At: time.Unix(1669248000, 123456789), By: "editor", ApprovedBy: "approver", Note: "a note"}

// term is a record that needs little.
func term(key, text string) *content.Term {
	return &content.Term{
		Meta: content.Meta{ID: content.ID("term/" + key), Source: content.Source{Title: "a book", Quote: text}},
		Name: key, Text: text,
	}
}

func pack(records ...content.Record) content.Pack {
	var p content.Pack
	for _, r := range records {
		p.Items = append(p.Items, content.Item{Record: r, Place: content.Place{File: string(r.Head().ID)}})
	}
	return p
}

func publish(t *testing.T, s content.Shelf, p content.Pack) content.Outcome {
	t.Helper()
	out, err := content.Publish(t.Context(), s, p, act)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// desk appends an edition as an editor at the desk would.
func desk(t *testing.T, s content.Shelf, changes ...content.Change) {
	t.Helper()
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(t.Context(), head, content.Edition{Origin: content.FromDesk, Changes: changes}); err != nil {
		t.Fatal(err)
	}
}

func put(r content.Record) content.Change {
	return content.Change{Op: content.Put, ID: r.Head().ID, Record: r}
}

func withdraw(id content.ID) content.Change {
	return content.Change{Op: content.Withdraw, ID: id, Reason: "no longer so"}
}

func changed(out content.Outcome) []string {
	var list []string
	for _, c := range out.Changes {
		list = append(list, string(c.Op)+" "+string(c.ID))
	}
	return list
}

func want(t *testing.T, out content.Outcome, edition int64, changes []string, conflicts ...content.ID) {
	t.Helper()
	if out.Edition != edition || !slices.Equal(changed(out), changes) || !slices.Equal(out.Conflicts, conflicts) {
		t.Errorf("edition %d: %v, conflicts %v; want edition %d: %v, conflicts %v",
			out.Edition, changed(out), out.Conflicts, edition, changes, conflicts)
	}
}

func text(t *testing.T, s content.Shelf, key string) string {
	t.Helper()
	b, err := content.NewBoard(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	r, ok := b.Snapshot().Record(content.ID("term/" + key))
	switch {
	case !ok:
		return "none"
	case r.Head().Withdrawn:
		return "withdrawn: " + r.Head().Reason
	}
	return r.(*content.Term).Text
}

func TestPublishOnlyDifferences(t *testing.T) {
	s := new(contenttest.Shelf)
	want(t, publish(t, s, pack(term("a", "1"), term("b", "1"))), 1, []string{"put term/a", "put term/b"})
	want(t, publish(t, s, pack(term("a", "1"), term("b", "1"))), 0, nil)
	want(t, publish(t, s, pack(term("a", "1"), term("b", "2"))), 2, []string{"put term/b"})
	want(t, publish(t, s, pack(term("b", "2"))), 3, []string{"withdraw term/a"})
	if got := text(t, s, "a"); got != "withdrawn: 编辑更新资料时撤下了这一条" {
		t.Errorf("the record that left the pack is %s", got)
	}
	want(t, publish(t, s, pack(term("b", "2"))), 0, nil)
	want(t, publish(t, s, pack(term("a", "1"), term("b", "2"))), 4, []string{"put term/a"})
	if got := text(t, s, "a"); got != "1" {
		t.Errorf("the record that came back is %s", got)
	}
	editions, err := s.Editions(t.Context(), 0, 9)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range editions {
		if e.Origin != content.FromPack || e.By != "editor" || e.ApprovedBy != "approver" || e.Note != "a note" || e.At.UnixNano() != 1669248000123000000 {
			t.Errorf("edition %d is %s, by %s, approved by %s, %q, at %s", e.Number, e.Origin, e.By, e.ApprovedBy, e.Note, e.At)
		}
	}
}

// A pack never overwrites what an editor changed after it.
func TestPublishKeepsWhatTheDeskDid(t *testing.T) {
	s := new(contenttest.Shelf)
	publish(t, s, pack(term("edited", "1"), term("pulled", "1"), term("same", "1"), term("dropped", "1")))
	desk(t, s, put(term("edited", "desk")), withdraw("term/pulled"), put(term("own", "desk")), put(term("dropped", "desk")))

	// A pack that did not change wants nothing.
	want(t, publish(t, s, pack(term("edited", "1"), term("pulled", "1"), term("same", "1"), term("dropped", "1"))), 0, nil)

	next := pack(term("edited", "2"), term("pulled", "2"), term("own", "pack"), term("same", "2"))
	conflicts := []content.ID{"term/edited", "term/pulled", "term/own", "term/dropped"}
	want(t, publish(t, s, next), 3, []string{"put term/same"}, conflicts...)
	for key, w := range map[string]string{
		"edited": "desk", "pulled": "withdrawn: no longer so", "own": "desk", "same": "2", "dropped": "desk",
	} {
		if got := text(t, s, key); got != w {
			t.Errorf("%s is %s, want %s", key, got, w)
		}
	}
	// It is said again as long as it lasts.
	want(t, publish(t, s, next), 0, nil, conflicts...)
}

// Where the desk was first to say what the pack says now, they agree.
func TestPublishAgreesWithTheDesk(t *testing.T) {
	s := new(contenttest.Shelf)
	publish(t, s, pack(term("a", "1"), term("b", "1")))
	desk(t, s, put(term("a", "2")), withdraw("term/b"))
	want(t, publish(t, s, pack(term("a", "2"))), 0, nil)
}

// What the desk published and the pack never spoke of is not the pack's.
func TestPublishLeavesOthersAlone(t *testing.T) {
	s := new(contenttest.Shelf)
	publish(t, s, pack(term("a", "1")))
	desk(t, s, put(term("own", "desk")))
	want(t, publish(t, s, pack(term("a", "2"))), 3, []string{"put term/a"})
	if got := text(t, s, "own"); got != "desk" {
		t.Errorf("the desk's own record is %s", got)
	}
}

func TestPublishRefusesAPackWithProblems(t *testing.T) {
	s := new(contenttest.Shelf)
	bare := term("a", "1")
	bare.Source = content.Source{}
	_, err := content.Publish(t.Context(), s, pack(bare, term("b", "1")), act)
	var found content.Problems
	if !errors.As(err, &found) || len(found) != 1 || found[0].Where != "term/a" {
		t.Errorf("error %v, want the problem of term/a", err)
	}
	if head, err := s.Head(t.Context()); head != 0 || err != nil {
		t.Errorf("head is %d, %v; want nothing published", head, err)
	}
}

// racing lets somebody else append between reading and appending, once.
type racing struct {
	*contenttest.Shelf
	between func()
}

func (r *racing) Append(ctx context.Context, after int64, e content.Edition) (content.Edition, error) {
	if r.between != nil {
		f := r.between
		r.between = nil
		f()
	}
	return r.Shelf.Append(ctx, after, e)
}

func TestPublishLooksAgainWhenSomebodyElsePublished(t *testing.T) {
	s := &racing{Shelf: new(contenttest.Shelf)}
	publish(t, s, pack(term("a", "1"), term("b", "1")))
	s.between = func() { desk(t, s.Shelf, put(term("a", "desk"))) }
	want(t, publish(t, s, pack(term("a", "2"), term("b", "2"))), 3, []string{"put term/b"}, "term/a")
	if got := text(t, s, "a"); got != "desk" {
		t.Errorf("what was published in between is %s", got)
	}
}

// An edition that the board could not apply would stop it for good.
func TestPublishRefusesWhatCannotBeFolded(t *testing.T) {
	s := new(contenttest.Shelf)
	days := &content.Holidays{Meta: content.Meta{ID: "holidays/2022", Year: 2022, Source: content.Source{Title: "notice"}}}
	desk(t, s, put(&content.Holidays{Meta: content.Meta{ID: "holidays/x"}, Days: newYear}))
	days.Days = newYear
	_, err := content.Publish(t.Context(), s, pack(days), act)
	if err == nil {
		t.Error("a day off that stands already was published again")
	}
	if head, _ := s.Head(t.Context()); head != 1 {
		t.Errorf("head is %d, want 1", head)
	}
}

func ExampleProblems() {
	fmt.Println(content.Problems{
		{Where: "targets.csv D5 (附件1 B6)", Text: "这里写 3301，文件的表格写 3300，两处不一样。"},
		{Where: "key_dates.csv D8", Text: "没有“2022-11-31”这一天。"},
	})
	// Output:
	// 内容包有 2 处要改：
	//   targets.csv D5 (附件1 B6)：这里写 3301，文件的表格写 3300，两处不一样。
	//   key_dates.csv D8：没有“2022-11-31”这一天。
}
