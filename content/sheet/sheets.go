package sheet

import (
	"errors"
	"io/fs"
	"slices"

	"yangguang/content"
	"yangguang/content/sheet/form"
)

// A pack may have a folder of sheets as bureaus write them, and in it a list
// that says what each is.
const (
	sheetsFolder = "sheets/"
	sheetsList   = sheetsFolder + "sheets.csv"
)

var sheetColumns = with(must("file", "文件"), must("type", "类型"), may("year", "年份"), may("as_of", "截至"),
	may("title", "标题"), may("whole", "完整"), may("key", "编号"))

// sheetRow is a row of the list of sheets.
type sheetRow struct {
	*row
	of   content.Type
	year int
}

// readSheets reads the sheets of a pack, those that others name first.
func (r *reader) readSheets() {
	if _, err := fs.Stat(r.fsys, sheetsList); errors.Is(err, fs.ErrNotExist) {
		return
	}
	var list []sheetRow
	for _, w := range r.rows(sheetsList, sheetColumns) {
		one := sheetRow{row: w}
		var ok bool
		if one.of, ok = form.TypeOf(w.word("type")); !ok {
			w.problem("type", "“%s”不是可选的类型。", w.text("type"))
		}
		if w.text("year") != "" {
			one.year = w.year("year")
		}
		list = append(list, one)
	}
	order := form.Types()
	slices.SortStableFunc(list, func(a, b sheetRow) int { return slices.Index(order, a.of) - slices.Index(order, b.of) })
	names := content.NamesOf()
	for _, i := range r.pack.Items {
		names.Add(i.Record)
	}
	for _, one := range list {
		if len(one.found) == 0 {
			r.bureauSheet(one, names)
		}
		r.found = append(r.found, one.found...)
	}
}

// bureauSheet reads one of them into a draft, and its rows into the pack.
func (r *reader) bureauSheet(w sheetRow, names *content.Names) {
	file := sheetsFolder + w.word("file")
	b, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		w.problem("file", "文件夹 %s 里没有这个文件。", sheetsFolder)
		return
	}
	asOf := w.date("as_of")
	drafts, err := form.Read(file, b, form.Hints{Type: w.of, Year: w.year, AsOf: asOf, Names: names})
	if err != nil {
		r.problem(file, err.Error()+"。")
		return
	}
	if len(drafts) != 1 {
		w.problem("file", "这个文件里有 %d 张表。内容包里一个文件放一张表。", len(drafts))
		return
	}
	d := drafts[0]
	r.refused(d)
	d.Sheet.Source, d.Sheet.Whole, d.Sheet.Order = w.source, w.yes("whole"), w.number
	if title := w.text("title"); title != "" {
		d.Sheet.Title = title
	}
	if key := w.text("key"); key != "" {
		d.Rename(content.SheetID(d.Sheet.Year, key))
	}
	r.pack.Items = append(r.pack.Items, content.Item{Record: d.Sheet, Place: w.place()})
	for i := range d.Items {
		r.sheetRows++
		d.Items[i].Record.Head().Order = r.sheetRows
		names.Add(d.Items[i].Record)
	}
	r.pack.Items = append(r.pack.Items, d.Items...)
	r.pack.Drafts = append(r.pack.Drafts, d)
}

// refused: what blocks a draft, and what must not be published, is a problem of
// the pack.
func (r *reader) refused(d *content.Draft) {
	for _, f := range d.Found {
		if f.Level == content.Blocks {
			r.problem(d.Where(f.Cell), f.Text)
		}
	}
	for _, l := range d.Leaks {
		r.problem(d.File+" "+l.Where, "这里有不能公布的内容（"+l.Kind+"）。请删去。")
	}
}
