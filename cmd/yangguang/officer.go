package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/desk"
	"yangguang/staff"
)

// What can be said of an officer, each behind a flag of its name.
var officerFlags = []ownFlag{
	{"name", "officer 用：同事怎么称呼，例如 王芳。"},
	{"units", "officer 用：在哪个单位，写代码或全名；几个用逗号隔开。"},
	{"roles", "officer 用：做什么，写 经办、审核 这样的词；几个用逗号隔开。"},
	{"interests", "officer 用：跟哪些单位有亲属、旧同事这类关系，要回避；写代码或全名。"},
}

// personnel is the command officer: who works at the desk.
type personnel struct {
	*house
	staff.Register
	out   io.Writer
	base  string            // of links
	given map[string]string // what was said behind the flags
	trial bool              // nobody answers for the site; the officers of a trial are not counted
}

// officer adds, lists, disables, resets or changes officers, beside a running
// server too.
func officer(ctx context.Context, set settings, words []string, stdout io.Writer) (err error) {
	acts := map[string]func(personnel, context.Context, string) error{
		"add": personnel.add, "disable": personnel.disable, "reset": personnel.reset, "change": personnel.change,
	}
	do, id := "", ""
	if len(words) > 0 {
		do = words[0]
	}
	if len(words) > 1 {
		id = words[1]
	}
	act, ok := acts[do]
	if !ok && do != "list" || ok && id == "" || do == "list" && id != "" {
		return usage{officerUsage}
	}
	h, err := open(ctx, set, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	back, err := recall(ctx, h.db, h.past)
	if err != nil {
		return err
	}
	back.tell(stdout)
	p := personnel{house: h, out: stdout, base: set.base(), given: set.own, Register: staff.Register{
		Roll: h.db.Roll(), Orphaned: h.orphaned, Reserved: []string{trialFirst, trialSecond}, Now: h.now,
	}}
	p.trial = !set.operated()
	if do == "list" {
		err = p.list(ctx)
	} else {
		err = act(p, ctx, id)
	}
	if err != nil {
		return err
	}
	return p.sayLacks(ctx)
}

const officerUsage = `officer 这样用：
  yangguang officer add vet-1 --name 王芳 --units 410800.vet --roles 承办人,编辑
  yangguang officer list
  yangguang officer change vet-1 --roles 承办人 --interests 410800-01
  yangguang officer reset vet-1      口令、验证器、登录全部作废，给一个新链接
  yangguang officer disable vet-1    马上登不进来
账号写岗位，不写人名：小写字母、数字和“-”，例如 vet-1。账号不再给别人用。`

func (p personnel) add(ctx context.Context, id string) error {
	o, err := p.told(staff.Officer{ID: id})
	if err != nil {
		return err
	}
	token, err := p.Add(ctx, o)
	if err != nil {
		return explained(err)
	}
	fmt.Fprintf(p.out, "加上了 %s（%s）。\n", o.ID, o.Name)
	p.sayCombined(o)
	p.sayLink(token)
	return nil
}

func (p personnel) change(ctx context.Context, id string) error {
	if len(p.given) == 0 {
		return usage{"请写要改什么：--name、--units、--roles 或 --interests。没写的不动；--interests \"\" 是去掉。"}
	}
	a, err := p.Roll.Account(ctx, id)
	if err != nil {
		return err
	}
	o, err := p.told(a.Officer)
	if err != nil {
		return err
	}
	if err := p.Change(ctx, o); err != nil {
		return explained(err)
	}
	fmt.Fprintf(p.out, "改好了：%s（%s），%s，%s。\n", o.ID, o.Name, p.unitNames(o.Units), rolesSaid(o.Roles))
	p.sayCombined(o)
	return nil
}

func (p personnel) disable(ctx context.Context, id string) error {
	if err := p.Disable(ctx, id); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "停用了 %s，已经登录的也退出了。要恢复，用 officer reset。\n", id)
	return nil
}

func (p personnel) reset(ctx context.Context, id string) error {
	token, err := p.Reset(ctx, id)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s 的口令、验证器、恢复码和登录都作废了。\n", id)
	p.sayLink(token)
	accounts, err := p.Roll.Accounts(ctx)
	if err != nil {
		return err
	}
	n, err := p.orphaned(ctx, officersOf(accounts))
	if err == nil && n > 0 {
		fmt.Fprintf(p.out, "注意：本人重新登录以前，有 %d 件投诉没有人能接、能办。\n", n)
	}
	return err
}

func (p personnel) list(ctx context.Context) error {
	accounts, err := p.Roll.Accounts(ctx)
	if err != nil {
		return err
	}
	if len(accounts) == 0 {
		fmt.Fprintln(p.out, "还没有账号。用 yangguang officer add 加。")
	}
	for _, o := range officersOf(accounts) {
		if err := p.say(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

func (p personnel) say(ctx context.Context, o staff.Officer) error {
	sessions, err := p.Roll.Sessions(ctx, o.ID)
	if err != nil {
		return err
	}
	last := ""
	if len(sessions) > 0 {
		last = "，最近登录 " + moment(sessions[0].Began)
	}
	fmt.Fprintf(p.out, "%s（%s） %s%s\n  单位：%s\n  分工：%s\n",
		o.ID, o.Name, o.State.Chinese(), last, p.unitNames(o.Units), rolesSaid(o.Roles))
	if len(o.Interests) > 0 {
		fmt.Fprintf(p.out, "  回避：%s\n", p.unitNames(o.Interests))
	}
	p.sayCombined(o)
	return nil
}

// moment says a time: 11月24日 09:30.
func moment(t time.Time) string {
	return calendar.DateOf(t).MonthDay() + " " + t.In(calendar.China).Format("15:04")
}

func (p personnel) unitNames(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = desk.UnitName(p.board.Snapshot(), code)
	}
	return strings.Join(names, "、")
}

func officersOf(accounts []staff.Account) []staff.Officer {
	all := make([]staff.Officer, len(accounts))
	for i, a := range accounts {
		all[i] = a.Officer
	}
	return all
}

func rolesSaid(roles []staff.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = complaint.Role(r).Chinese()
	}
	return strings.Join(words, "、")
}

func (p personnel) sayCombined(o staff.Officer) {
	for _, both := range o.Combined() {
		fmt.Fprintf(p.out, "  兼%s和%s：同一件事仍要两个人做。\n", rolesSaid([]staff.Role{both.One}), rolesSaid([]staff.Role{both.Other}))
	}
}

func (p personnel) sayLink(token string) {
	fmt.Fprintf(p.out, "登录链接，只能用一次，%s前有效：\n  %s/desk/first/%s\n请当面交给本人，不要发到群里。网站不在这个地址的话，只改链接前面的地址。\n",
		moment(p.now().Add(staff.InvitationLasts)), p.base, token)
}

// told returns the officer with what was said behind the flags.
func (p personnel) told(o staff.Officer) (staff.Officer, error) {
	public := p.board.Snapshot()
	var err error
	for _, f := range officerFlags {
		value, said := p.given[f.name]
		if !said {
			continue
		}
		var wrong error
		switch f.name {
		case "name":
			o.Name = value
		case "units":
			o.Units, wrong = unitCodes(public, value)
		case "interests":
			o.Interests, wrong = unitCodes(public, value)
		case "roles":
			o.Roles, wrong = rolesOf(value)
		}
		err = cmp.Or(err, wrong)
	}
	return o, err
}

// listed reads what people write as a list.
func listed(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",，、;；", r) })
}

// unitCodes reads the codes or names of units that there are.
func unitCodes(public *content.Snapshot, text string) ([]string, error) {
	var codes []string
	known := unitsOf(public)
	for _, word := range listed(text) {
		for _, u := range public.Units() {
			if u.Name == word || slices.Contains(u.Aliases, word) {
				word = u.Code
			}
		}
		if !slices.ContainsFunc(known, func(u complaint.Unit) bool { return u.Code == word }) {
			return nil, usage{fmt.Sprintf("没有“%s”这个单位。可以写：\n%s", word, unitsSaid(public, known))}
		}
		codes = append(codes, word)
	}
	return codes, nil
}

func unitsSaid(public *content.Snapshot, known []complaint.Unit) string {
	var b strings.Builder
	slices.SortFunc(known, func(a, b complaint.Unit) int { return strings.Compare(a.Code, b.Code) })
	for _, k := range known {
		fmt.Fprintf(&b, "  %s %s\n", k.Code, desk.UnitName(public, k.Code))
	}
	return strings.TrimRight(b.String(), "\n")
}

func rolesOf(text string) ([]staff.Role, error) {
	var roles []staff.Role
	for _, word := range listed(text) {
		i := slices.IndexFunc(staff.Roles(), func(r staff.Role) bool { return isRole(r, word) })
		if i < 0 {
			return nil, usage{fmt.Sprintf("没有“%s”这个分工。可以写：%s。", word, rolesSaid(staff.Roles()))}
		}
		roles = append(roles, staff.Roles()[i])
	}
	return roles, nil
}

// isRole reports whether people may mean that role: 承办人, 承办, handler, and
// 经办, as the seat of a trial is called.
func isRole(r staff.Role, word string) bool {
	called := complaint.Role(r).Chinese()
	short := strings.TrimSuffix(strings.TrimSuffix(called, "人"), "员")
	return word == called || word == short || word == string(r) || word == "经办" && r == staff.Handler
}

// explained says what is missing or wrong in an entry.
func explained(err error) error {
	wrong, ok := errors.AsType[*staff.Wrong](err)
	if !ok {
		return err
	}
	switch wrong.Field {
	case "id":
		return usage{fmt.Sprintf("账号“%s”不行：用小写字母开头，只有小写字母、数字和“-”，最多 32 个，例如 vet-1。", wrong.Value)}
	case "name":
		return usage{"请用 --name 写同事怎么称呼，40 个字以内。"}
	case "units":
		return usage{"请用 --units 写在哪个单位，例如 --units 410800.vet。"}
	case "roles":
		return usage{fmt.Sprintf("请用 --roles 写做什么：%s。", rolesSaid(staff.Roles()))}
	}
	return err
}

// orphaned counts the kept cases that nobody could take in and handle if these
// were the officers. Those of a trial do not count: they are gone when the
// program stops.
func (h *house) orphaned(ctx context.Context, officers []staff.Officer) (n int, err error) {
	roster, err := rosterOf(h.board.Snapshot(), officers)
	if err != nil {
		return 0, err
	}
	for _, state := range complaint.States() {
		q := complaint.Query{State: state, Limit: 500}
		for more := true; more; {
			page, err := h.db.Book().List(ctx, complaint.Unscoped(), q)
			if err != nil {
				return 0, err
			}
			for _, d := range page {
				if !roster.Reachable(d.Route) {
					n++
				}
				q.After = d.Position()
			}
			more = len(page) == q.Limit
		}
	}
	return n, nil
}
