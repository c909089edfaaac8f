package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"yangguang/staff"
	"yangguang/store"
)

func TestOfficerCommand(t *testing.T) {
	data := t.TempDir()
	for _, c := range []struct {
		line string
		code int
		want string
	}{
		{"officer", 2, "officer 这样用"},
		{"officer list extra", 2, "officer 这样用"},
		{"officer add", 2, "officer 这样用"},
		{"officer list", 0, "还没有账号"},
		{"officer add vet-1 --name 王芳 --units 410800.vet --roles 经办,编辑", 0, "http://127.0.0.1:8080/desk/first/"},
		{"officer add vet-1 --name 李 --units 410800.vet --roles 承办人", 1, "这个账号用过了"},
		{"officer add first --name 李 --units 410800.vet --roles 经办", 1, "这个账号用过了"},
		{"officer add Wang --name 李 --units 410800.vet --roles 经办", 2, "账号“Wang”不行"},
		{"officer add vet-2 --units 410800.vet --roles 经办", 2, "--name"},
		{"officer add vet-2 --name 李 --roles 经办", 2, "--units"},
		{"officer add vet-2 --name 李 --units 410800.vet", 2, "--roles"},
		{"officer add vet-2 --name 李 --units 410999 --roles 经办", 2, "没有“410999”这个单位。可以写：\n  410800 "},
		{"officer add vet-2 --name 李 --units 410800.vet --roles 科长", 2, "没有“科长”这个分工。可以写：登记员、分派员、承办人"},
		{"officer add vet-2 --name 李 --units 武陟县、410800.registry --roles handler，审核 --interests 卫校", 0, "兼承办人和审核人"},
		{"officer list", 0, "vet-2（李） 等待首次登录\n  单位：武陟县、焦作市教育局学籍科\n  分工：承办人、审核人\n  回避：焦作卫生医药学校"},
		{"officer change vet-2", 2, "请写要改什么"},
		{"officer change vet-2 --interests= --roles 审核", 0, "改好了：vet-2（李），武陟县、焦作市教育局学籍科，审核人。"},
		{"officer change vet-3 --roles 审核", 1, "没有这个账号"},
		{"officer reset vet-1", 0, "都作废了"},
		{"officer reset vet-3", 1, "没有这个账号"},
		{"officer disable vet-1", 0, "停用了 vet-1"},
		{"officer list", 0, "vet-1（王芳） 已停用"},
		{"officer add vet-1 --name 李 --units 410800.vet --roles 经办", 1, "这个账号用过了"},
		{"publish --roles 经办", 2, "没有这个设置：--roles"},
	} {
		code, says, said := once(append(strings.Fields(c.line), "--data", data)...)
		if code != c.code || !strings.Contains(says+said, c.want) {
			t.Errorf("%s: %d, says\n%s%swant %d, %s", c.line, code, says, said, c.code, c.want)
		}
	}
	if _, says, _ := once("officer", "list", "--data", data); strings.Contains(says, "回避") || strings.Contains(says, "兼") {
		t.Errorf("after the change:\n%s", says)
	}
}

// A case that is kept keeps an officer who can take it in and handle it.
func TestTheLastOfficerOfACaseIsNotDisabled(t *testing.T) {
	data := t.TempDir()
	r := openAt(t, data, at(autumn))
	r.file(t, "他们说包就业")
	for _, id := range []string{"all-1", "all-2"} {
		code, says, said := once("officer", "add", id, "--name", "王", "--units", "410800", "--roles", "登记,分派,经办", "--data", data)
		if code != 0 {
			t.Fatal(says, said)
		}
	}
	signedIn := func(id string) {
		a, err := r.db.Roll().Account(t.Context(), id)
		must(t, err)
		a.State = staff.Active
		must(t, r.db.Roll().Save(t.Context(), a))
	}
	refused := func(args ...string) {
		t.Helper()
		if code, says, said := once(append(args, "--data", data)...); code != 1 || !strings.Contains(said, "没有人能接、能办") {
			t.Errorf("%v: %d %s %s", args, code, says, said)
		}
	}
	signedIn("all-1")
	refused("officer", "disable", "all-1")
	refused("officer", "change", "all-1", "--roles", "审核")
	refused("officer", "change", "all-1", "--interests", "410800-02") // the accused school
	if code, says, _ := once("officer", "reset", "all-2", "--data", data); code != 0 || strings.Contains(says, "件投诉没有人能接") {
		t.Errorf("a reset of somebody who was not there yet: %d %s", code, says)
	}
	signedIn("all-2")
	if code, _, said := once("officer", "disable", "all-1", "--data", data); code != 0 {
		t.Errorf("with somebody else there: %d %s", code, said)
	}
	refused("officer", "disable", "all-2")
	if code, says, _ := once("officer", "reset", "all-2", "--data", data); code != 0 || !strings.Contains(says, "有 1 件投诉没有人能接") {
		t.Errorf("a reset: %d %s", code, says)
	}
}

// An officer is added beside the running site, comes in by the link, signs in
// again, and is out at once when disabled.
func TestAnOfficerAtTheRunningSite(t *testing.T) {
	p := start(t)
	_, says, _ := once("officer", "add", "vet-1", "--name", "王芳", "--units", "410800.vet", "--roles", "经办",
		"--data", p.data, "--addr", strings.TrimPrefix(p.base, "http://"))
	link := regexp.MustCompile(`http://\S+/desk/first/\S+`).FindString(says)
	jar, err := cookiejar.New(nil)
	must(t, err)
	browser := &http.Client{Jar: jar}
	ask := func(address string, form url.Values) (*http.Response, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
		if form != nil {
			req, err = http.NewRequestWithContext(t.Context(), "POST", address, strings.NewReader(form.Encode()))
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		must(t, err)
		resp, err := browser.Do(req)
		must(t, err)
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		must(t, err)
		return resp, string(b)
	}
	_, body := ask(link, nil)
	key := strings.ReplaceAll(regexp.MustCompile(`([A-Z2-7]{4} ){7}[A-Z2-7]{4}`).FindString(body), " ", "")
	if !strings.Contains(body, "<path d=\"M0 0h7v1h-7z") {
		t.Error("there is no code to scan")
	}
	code, err := totp.GenerateCode(key, time.Now())
	must(t, err)
	resp, body := ask(link, url.Values{"passphrase": {plantedPassphrase}, "again": {plantedPassphrase}, "code": {code}})
	codes := regexp.MustCompile(`[0-9A-Z]{4}(-[0-9A-Z]{4}){5}`).FindAllString(body, -1)
	if resp.StatusCode != 200 || len(codes) != 10 {
		t.Fatalf("first sign-in: %d %s", resp.StatusCode, body)
	}
	ask(p.base+"/desk/leave", url.Values{})
	if resp, _ := ask(p.base+"/desk", nil); resp.Request.URL.Path != "/desk/signin" {
		t.Errorf("after leaving: %s", resp.Request.URL)
	}
	resp, _ = ask(p.base+"/desk/signin", url.Values{"id": {"vet-1"}, "passphrase": {plantedPassphrase}, "code": {codes[7]}})
	if resp.StatusCode != 200 || resp.Request.URL.Path != "/desk" {
		t.Errorf("signing in: %d %s", resp.StatusCode, resp.Request.URL)
	}
	if code, _, said := once("officer", "disable", "vet-1", "--data", p.data); code != 0 {
		t.Fatal(said)
	}
	if resp, _ := ask(p.base+"/desk", nil); resp.Request.URL.Path != "/desk/signin" {
		t.Errorf("after being disabled: %s", resp.Request.URL)
	}
	secrets := append([]string{plantedPassphrase, key, link[strings.LastIndex(link, "/")+1:]}, codes...)
	if lookFor(t, p.data, secrets) == 0 {
		t.Error("no file was looked through")
	}
	p.stop()
	for _, said := range []string{p.log.String(), p.out.String()} {
		for _, secret := range append([]string{"vet-1", "王芳"}, secrets...) {
			if strings.Contains(said, secret) {
				t.Errorf("%q was logged or printed", secret)
			}
		}
	}
}

// After each change of officers it is said what the site does not take.
func TestWhatNobodyCanTakeIsSaid(t *testing.T) {
	data := t.TempDir()
	says := func(line string) string {
		t.Helper()
		code, says, said := once(append(strings.Fields("officer "+line), "--data", data)...)
		if code != 0 {
			t.Fatal(says, said)
		}
		return says
	}
	in := func(id string) {
		t.Helper()
		activate(t, store.Config{Folder: data}, id)
	}
	const none, some = "网站什么投诉都不收", "没有人能接"
	for _, c := range []struct {
		line, in string
		want     string
		lacks    []string
	}{
		{"list", "", none, nil},
		{"add in-1 --name 王 --units 410800 --roles 登记", "in-1", none, nil},
		{"list", "", some, []string{"虚假招生宣传", "伤害、欺负学生", "站上这条有误", "分派员和承办人", "纪检联络员", "编辑"}},
		{"add vet-1 --name 李 --units 410800 --roles 分派,经办", "vet-1", some, nil},
		{"list", "", some, []string{"违规收费、不退费（反映个人的）", "伤害、欺负学生", "站上这条有误"}},
		{"add dis-1 --name 赵 --units 410800 --roles 纪检联络,编辑", "dis-1", some, nil},
		{"list", "", "", nil},
		{"disable dis-1", "", some, []string{"索要、收受经费或实物"}},
		{"disable in-1", "", none, nil},
	} {
		said := says(c.line)
		if c.in != "" {
			in(c.in)
		}
		for _, word := range []string{none, some} {
			if strings.Contains(said, word) != (c.want == word) {
				t.Errorf("%s: says\n%s", c.line, said)
			}
		}
		for _, lack := range c.lacks {
			if !strings.Contains(said, lack) {
				t.Errorf("%s: does not say %s:\n%s", c.line, lack, said)
			}
		}
		if strings.Contains(said, "虚假招生宣传") && strings.Contains(strings.Join(c.lacks, ""), "反映个人的") {
			t.Errorf("%s: somebody can take that:\n%s", c.line, said)
		}
	}
}
