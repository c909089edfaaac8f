package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yangguang/content"
)

// What publishing, withdrawing and taking down ask for, each behind a flag of
// its name.
var actFlags = []ownFlag{
	{"by", "publish 文件、withdraw、takedown 用：谁编辑的。写岗位，不写姓名，会公开。"},
	{"approved-by", "同上：谁复核的，要是另一个人。"},
}

var sheetFlags = []ownFlag{
	{"source", "publish 文件 用：这张表属于哪份文件，写它在本站的编号，例如 jiaojiaowen-2022-48；不写就和上一次公布时一样。"},
	{"reason", "publish 文件 用：为什么这样，按提醒的编号写，例如 “W3=新开了校区；W10=县里还没有分完”。"},
}

// publishFiles publishes sheets as one edition, after it has shown what
// changes. Without --by and --approved-by it shows that only.
func publishFiles(ctx context.Context, set settings, files []string, stdout io.Writer) (err error) {
	hints, err := hintsOf(set.own)
	if err != nil {
		return err
	}
	if err := areSheets(files); err != nil {
		return err
	}
	reasons, err := reasonsOf(set.own["reason"])
	if err != nil {
		return err
	}
	h, err := open(ctx, set, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	hints.Names = h.board.Snapshot().Names()
	var drafts []*content.Draft
	for _, file := range files {
		read, err := readFile(file, hints)
		if err != nil {
			return fmt.Errorf("%s：%w", file, err)
		}
		drafts = append(drafts, read...)
	}
	if err := belong(drafts, set.own["source"], h.board.Snapshot()); err != nil {
		return err
	}
	act := h.act(set)
	shelf := h.db.Shelf()
	shown, err := content.PublishDrafts(ctx, shelf, drafts, content.Act{At: act.At}, reasons)
	if err != nil {
		return err
	}
	h.outcome = shown
	if len(shown.Changes) == 0 {
		fmt.Fprintf(stdout, "这些表和已发布的第 %d 版一样，没有要发布的。\n", h.board.Snapshot().Edition)
		return nil
	}
	h.difference(stdout)
	if act.By == "" && act.ApprovedBy == "" {
		fmt.Fprintln(stdout, "还没有发布。没有问题的话，加上 --by 和 --approved-by 再来一次。")
		return nil
	}
	out, err := content.PublishDrafts(ctx, shelf, drafts, act, reasons)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "发布为第 %d 版。\n", out.Edition)
	return nil
}

// areSheets refuses a word that was meant for the folder of a pack.
func areSheets(files []string) error {
	for _, file := range files {
		info, err := os.Stat(file) //nolint:gosec // the file that whoever sits at the machine named
		named := slices.Contains([]string{".xlsx", ".csv"}, strings.ToLower(filepath.Ext(file)))
		if err == nil && info.IsDir() || err != nil && !named {
			return usage{fmt.Sprintf("“%s”是多出来的，没有执行：它不是表格文件。发布内容包要写 --content %s；公布表格要写文件名，例如 招生计划.xlsx。", file, file)}
		}
	}
	return nil
}

// belong says of which document the sheets are.
func belong(drafts []*content.Draft, key string, public *content.Snapshot) error {
	if key == "" {
		return nil
	}
	p, ok := public.Policy(key)
	if !ok || p.Withdrawn {
		return usage{fmt.Sprintf("--source：本站没有编号为“%s”的文件。编号是它网址的最后一段。", key)}
	}
	for _, d := range drafts {
		d.Sheet.Source = content.Source{Policy: p.ID}
	}
	return nil
}

// remove withdraws records, or takes them down.
func remove(ctx context.Context, set settings, op content.Op, words []string, stdout io.Writer) (err error) {
	if len(words) == 0 {
		return usage{"请写是哪一条，例如：yangguang withdraw plan/2026/D01-710201 --note 原因 --by 岗位 --approved-by 另一个岗位"}
	}
	h, err := open(ctx, set, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	ids := make([]content.ID, len(words))
	for i, w := range words {
		ids[i] = content.ID(w)
	}
	act := h.act(set)
	if act.By == "" {
		return content.ErrSamePerson
	}
	if h.outcome, err = content.Remove(ctx, h.db.Shelf(), op, ids, act); err != nil {
		return err
	}
	h.difference(stdout)
	fmt.Fprintf(stdout, "发布为第 %d 版。\n", h.outcome.Edition)
	return nil
}

// act is who publishes, and why, as the flags say.
func (h *house) act(set settings) content.Act {
	return content.Act{At: h.now(), By: set.own["by"], ApprovedBy: set.own["approved-by"], Note: set.note}
}

// difference says record by record what changes, of a record that was there
// field by field.
func (h *house) difference(w io.Writer) {
	public := h.board.Snapshot()
	for i, c := range h.outcome.Changes {
		if i == mostShown {
			fmt.Fprintf(w, "还有 %d 条。\n", len(h.outcome.Changes)-i)
			break
		}
		before, had := public.Record(c.ID)
		name := ""
		switch {
		case c.Record != nil:
			name = public.Name(c.Record)
		case had:
			name = public.Name(before)
		}
		switch {
		case c.Op == content.Withdraw:
			fmt.Fprintf(w, "撤回 %s（%s）：%s\n", c.ID, name, c.Reason)
		case c.Op == content.TakeDown:
			fmt.Fprintf(w, "下架 %s：%s\n", c.ID, c.Reason)
		case !had:
			fmt.Fprintf(w, "新增 %s（%s）\n", c.ID, name)
		default:
			fmt.Fprintf(w, "修改 %s（%s）%s\n", c.ID, name, told(content.Differences(before, c.Record)))
		}
	}
}

// mostShown is how many changes are spelled out.
const mostShown = 200

// told says fields before and after: number 100 → 120.
func told(fields []content.Difference) string {
	parts := make([]string, 0, len(fields))
	for _, f := range fields {
		if f.Old != "" || f.New != "" {
			parts = append(parts, fmt.Sprintf("%s %s → %s", f.Field, cmp.Or(f.Old, "没有"), cmp.Or(f.New, "没有")))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "：" + strings.Join(parts, "，")
}

// reasonsOf reads “W3=……；W10=……”.
func reasonsOf(text string) (map[string]string, error) {
	reasons := map[string]string{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '；' || r == ';' }) {
		code, why, ok := strings.Cut(strings.TrimSpace(part), "=")
		if code = strings.ToUpper(strings.TrimSpace(code)); !ok || strings.TrimSpace(why) == "" || !strings.HasPrefix(code, "W") {
			return nil, usage{fmt.Sprintf("--reason：“%s”读不懂，要像 W3=新开了校区；几条用分号隔开。", part)}
		}
		reasons[code] = strings.TrimSpace(why)
	}
	return reasons, nil
}
