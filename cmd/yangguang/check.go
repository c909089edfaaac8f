package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/demo"
	"yangguang/content/sheet"
	"yangguang/content/sheet/form"
	"yangguang/store"
)

// What can be said of files that are checked or published, each behind a flag
// of its name.
var fileFlags = []ownFlag{
	{"type", "check、publish 文件 用：是哪种表，例如 plan 或 招生计划；不写就看表里的字。"},
	{"year", "同上：是哪一年的；不写就看标题。"},
	{"as-of", "同上：截至哪一天，例如 2026-06-12；不写就看表里的字。"},
}

var templateFlags = []ownFlag{{"template", "check 用：不检查，把这种表的空白表存到后面的文件里。"}}

// exit ends the program with a status of its own, when all has been said.
type exit int

func (e exit) Error() string { return "exit " + strconv.Itoa(int(e)) }

// The statuses of check.
const (
	errWarned  exit = 1
	errBlocked exit = 2
)

// check reads files and says what a person must change or explain before they
// can be published. It writes nothing.
func check(ctx context.Context, set settings, files []string, stdout io.Writer) error {
	hints, err := hintsOf(set.own)
	if err != nil {
		return err
	}
	if word := set.own["template"]; word != "" {
		return template(word, files, stdout)
	}
	if len(files) == 0 {
		return usage{"请写要检查哪个文件，例如：yangguang check 招生计划.xlsx"}
	}
	public, err := standing(ctx, set)
	if err != nil {
		return err
	}
	hints.Names = public.Names()
	out := bufio.NewWriter(stdout)
	var say reporter = &plainReport{out: out}
	if set.json {
		say = &jsonReport{out: out}
	}
	worst := exit(0)
	for _, file := range files {
		worst = max(worst, checkFile(file, hints, public, calendar.DateOf(set.now()), say))
	}
	say.end(worst)
	if err := out.Flush(); err != nil || worst == 0 {
		return err
	}
	return worst
}

// reporter says what was found, a table at a time.
type reporter interface {
	table(d *content.Draft, found content.Findings)
	end(worst exit)
}

func checkFile(file string, hints form.Hints, public *content.Snapshot, today calendar.Date, say reporter) exit {
	drafts, err := readFile(file, hints)
	if err != nil {
		d := &content.Draft{File: file, Sheet: &content.Sheet{}}
		d.At(content.Unread, "", "%v。", err)
		drafts = []*content.Draft{d}
	}
	worst := exit(0)
	for i, d := range drafts {
		found := d.Check(public, today)
		say.table(d, found)
		switch {
		case found.Blocked():
			worst = errBlocked
		case len(found) > 0:
			worst = max(worst, errWarned)
		}
		drafts[i] = nil // a large table is not needed any more
	}
	return worst
}

func readFile(file string, hints form.Hints) ([]*content.Draft, error) {
	info, err := os.Stat(file) //nolint:gosec // whoever runs the program names the file
	if err != nil || info.IsDir() {
		return nil, errors.New("没有这个文件，或者打不开")
	}
	if info.Size() > form.Largest {
		return nil, fmt.Errorf("文件太大，最多 %d MB。请分成几个文件", form.Largest>>20)
	}
	b, err := os.ReadFile(file) //nolint:gosec // see above
	if err != nil {
		return nil, errors.New("文件打不开")
	}
	return form.Read(file, b, hints)
}

func hintsOf(own map[string]string) (form.Hints, error) {
	var h form.Hints
	var wrong []string
	if word := own["type"]; word != "" {
		t, ok := form.TypeOf(word)
		if h.Type = t; !ok {
			wrong = append(wrong, fmt.Sprintf("--type：没有“%s”这种表。可以写：%s", word, typeWords()))
		}
	}
	if word := own["year"]; word != "" {
		year, err := strconv.Atoi(word)
		if h.Year = year; err != nil || year < 1949 || year > 2100 {
			wrong = append(wrong, fmt.Sprintf("--year：“%s”不是年份，应像 2026", word))
		}
	}
	if word := own["as-of"]; word != "" {
		day, err := form.Date(word)
		if h.AsOf = day; err != nil {
			wrong = append(wrong, "--as-of："+err.Error())
		}
	}
	if len(wrong) > 0 {
		return h, usage{strings.Join(wrong, "\n")}
	}
	return h, nil
}

func typeWords() string {
	var words []string
	for _, t := range form.Types() {
		words = append(words, string(t)+"（"+form.NameOf(t)+"）")
	}
	return strings.Join(words, "、")
}

// standing is the record that files are judged against: that of the data
// folder where there is one, else the pack that the program carries. Nothing is
// written.
func standing(ctx context.Context, set settings) (*content.Snapshot, error) {
	if c := set.store(); c.Made() {
		c.Reading = true
		db, err := store.Open(ctx, c)
		if err != nil {
			return nil, err
		}
		board, err := content.NewBoard(ctx, db.Shelf())
		if err = errors.Join(err, db.Close()); err != nil {
			return nil, err
		}
		if s := board.Snapshot(); s.Edition > 0 {
			return s, nil
		}
	}
	files := content.Bundled()
	if set.content != "" {
		files = os.DirFS(set.content)
	}
	if set.demo {
		today := calendar.DateOf(set.now())
		var err error
		if files, err = demo.Pack(today.Year(), today); err != nil {
			return nil, err
		}
	}
	pack, err := sheet.ReadPack(files)
	if err != nil {
		return nil, err
	}
	return pack.Snapshot()
}

// template writes a blank sheet of a type.
func template(word string, files []string, stdout io.Writer) (err error) {
	t, ok := form.TypeOf(word)
	if !ok || len(files) != 1 {
		return usage{"空白表这样要：yangguang check --template plan 招生计划.xlsx\n可以写：" + typeWords()}
	}
	f, err := os.OpenFile(files[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // a public form, for others to open too
	if err != nil {
		return usage{fmt.Sprintf("“%s”存不了：文件已经有了，或者文件夹不能写。", files[0])}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := form.Template(f, t); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "空白的%s存到了 %s。\n", form.NameOf(t), files[0])
	return nil
}

// plainReport is for people.
type plainReport struct {
	out          io.Writer
	change, tell int
}

// mostSaid is how many findings of a table are spelled out.
const mostSaid = 200

func (p *plainReport) table(d *content.Draft, found content.Findings) {
	where := d.File
	if d.Tab != "" {
		where += " 的“" + d.Tab + "”"
	}
	fmt.Fprintf(p.out, "%s：%s\n", where, understood(d))
	for i, f := range found {
		if f.Level == content.Blocks {
			p.change++
		} else {
			p.tell++
		}
		if i < mostSaid {
			fmt.Fprintf(p.out, "  %s %s：%s\n", f.Code, cmp.Or(f.Cell, "整张表"), f.Text)
		}
	}
	if n := len(found) - mostSaid; n > 0 {
		fmt.Fprintf(p.out, "  还有 %d 处，改好上面的再看。\n", n)
	}
	for _, l := range d.Leaks {
		fmt.Fprintf(p.out, "  不能公布 %s：%s\n", l.Where, form.LeakName(l.Kind))
	}
}

// understood says in a line what a table was taken for.
func understood(d *content.Draft) string {
	if d.Sheet.Of == "" {
		return "没有读成。"
	}
	words := []string{form.NameOf(d.Sheet.Of)}
	if d.Sheet.Year != 0 {
		words = append(words, fmt.Sprintf("%d 年", d.Sheet.Year))
	}
	if !d.Sheet.AsOf.IsZero() {
		words = append(words, "截至 "+d.Sheet.AsOf.String())
	}
	words = append(words, fmt.Sprintf("%d 行", len(d.Items)))
	if n, ok := d.Total(); ok {
		words = append(words, fmt.Sprintf("合计 %d", n))
	}
	if d.Elsewhere {
		words = append(words, "里面的单位、学校本站都没有，只能看，不能公布")
	}
	return strings.Join(words, "，") + "。"
}

func (p *plainReport) end(exit) {
	switch {
	case p.change > 0 && p.tell > 0:
		fmt.Fprintf(p.out, "有 %d 处要改（E 开头的），%d 处要写明原因（W 开头的）。改好再检查一遍。\n", p.change, p.tell)
	case p.change > 0:
		fmt.Fprintf(p.out, "有 %d 处要改。改好再检查一遍。\n", p.change)
	case p.tell > 0:
		fmt.Fprintf(p.out, "没有要改的。有 %d 处要写明原因，发布时写。\n", p.tell)
	default:
		fmt.Fprintln(p.out, "没有问题，可以发布。")
	}
}
