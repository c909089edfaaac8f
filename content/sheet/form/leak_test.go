package form_test

import (
	"bytes"
	"slices"
	"testing"

	"yangguang/content"
	"yangguang/content/sheet/book"
	"yangguang/content/sheet/form"
)

// What belongs to a person is a leak wherever it stands; the telephone of a
// school in its column is none.
func TestPersonalLeaks(t *testing.T) {
	var b bytes.Buffer
	if err := book.Write(&b, book.Sheet{Name: "学校", Head: 1, Rows: [][]book.Cell{
		book.Words("学校代码", "学校名称", "办学性质", "联系电话", "备注"),
		book.Words("0001", "甲学校", "公办", "0391-2992835", "11010519491231002X"),
		book.Words("0002", "乙学校", "公办", "13800138000", "6222021001116245702"),
		book.Words("0003", "丙学校", "公办", "0391-2992836", "13800138001"),
	}}); err != nil {
		t.Fatal(err)
	}
	drafts, err := form.Read("学校.xlsx", b.Bytes(), form.Hints{Type: content.TypeSchool})
	if err != nil || len(drafts) != 1 {
		t.Fatal(drafts, err)
	}
	want := []content.Leak{{Where: "学校!E2", Kind: book.IDNumber}, {Where: "学校!E3", Kind: book.BankCard}, {Where: "学校!E4", Kind: book.Telephone}}
	if got := drafts[0].Leaks; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v (columns %v)", got, want, drafts[0].Sheet.Columns)
	}
}
