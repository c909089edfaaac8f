package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yangguang/complaint"
)

// person is somebody whose name, telephone, identity number and words must be
// found nowhere but where they may be read.
type person struct{ name, phone, id, words string }

var planted = map[string]person{
	"who filed":    {"欧阳苁蓉", "13987654321", "410882200702113528", "铜锁青石板七十九号暗门"},
	"who stopped":  {"慕容苜蓿", "13876543219", "41088320080315102X", "锡壶白杨渡六十三号地窖"},
	"who gave up":  {"端木芫荽", "13765432198", "410825200612074416", "铁秤黄泥岭五十七号阁楼"},
	"who typed it": {"司徒茴香", "13654321987", "410823200509281139", "银铃乌木桥四十一号偏院"},
}

func (p person) tells() string {
	return fmt.Sprintf("%s我叫%s，身份证%s，电话%s。%s。", pupil, p.name, p.id, p.phone, p.words)
}

func (p person) marks() []string { return []string{p.name, p.phone, p.id, p.words} }

// written returns the forms in which a mark may lie in bytes.
func written(mark string) map[string][]byte {
	out := map[string][]byte{"as it is": []byte(mark), "in hex": []byte(hex.EncodeToString([]byte(mark))), "in HEX": []byte(strings.ToUpper(hex.EncodeToString([]byte(mark))))}
	words := utf16.Encode([]rune(mark))
	out["in UTF-16"], _ = binary.Append(nil, binary.LittleEndian, words)
	out["in UTF-16, big end first"], _ = binary.Append(nil, binary.BigEndian, words)
	for i := range 3 { // what stands before it moves the digits
		for name, digits := range map[string]*base64.Encoding{"base64": base64.StdEncoding, "base64 for addresses": base64.URLEncoding} {
			whole := digits.EncodeToString(append(make([]byte, i), mark...))
			out[fmt.Sprint("in ", name, ", ", i)] = []byte(whole[(i*8+5)/6 : (i+len(mark))*8/6])
		}
	}
	if ascii := strconv.QuoteToASCII(mark); ascii != `"`+mark+`"` {
		out["escaped"] = []byte(strings.Trim(ascii, `"`))
		out["in an address"] = []byte(url.QueryEscape(mark))
		out["in an address, small"] = []byte(strings.ToLower(url.QueryEscape(mark)))
		gbk, err := simplifiedchinese.GBK.NewEncoder().String(mark)
		if err == nil {
			out["in GBK"] = []byte(gbk)
		}
	}
	return out
}

// absentFrom checks that none of the marks lies in the bytes.
func absentFrom(t *testing.T, where string, b []byte, marks ...string) {
	t.Helper()
	for _, m := range marks {
		for form, bytesOf := range written(m) {
			if i := bytes.Index(b, bytesOf); i >= 0 {
				t.Errorf("%s has %q %s: …%q…", where, m, form, b[max(0, i-60):min(len(b), i+60)])
			}
		}
	}
}

// The search itself finds every form, wherever it begins.
func TestWrittenFormsAreFound(t *testing.T) {
	const mark = "铜锁青石板七十九号暗门"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("前面" + mark)
	must(t, err)
	utf, err := binary.Append(nil, binary.LittleEndian, utf16.Encode([]rune("前"+mark+"后")))
	must(t, err)
	escaped, err := json.Marshal(map[string]string{"a": "x" + mark})
	must(t, err)
	texts := []string{"x" + mark, hex.EncodeToString([]byte("a" + mark)), url.QueryEscape("?" + mark), gbk, string(utf), string(escaped), strconv.QuoteToASCII(mark)}
	for i := range 7 {
		texts = append(texts, base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", i)+mark+"yz")))
	}
	for _, text := range texts {
		found := false
		for _, form := range written(mark) {
			found = found || bytes.Contains([]byte(text), form)
		}
		if !found {
			t.Errorf("not found in %q", text)
		}
	}
}

// What citizens said, who they are and their receipt are found in no log, no
// answer of the search, no file of the data folder, no backup, no list and no
// error page: of a complaint that was filed, of one that was left half written,
// of one that was given up, and of what was typed where it does not belong.
func TestNothingPlantedIsFound(t *testing.T) {
	p := startProcess(t)
	receipt := p.plant(t)
	marks := []string{receipt, strings.ReplaceAll(receipt, "-", ""), strings.ToLower(strings.ReplaceAll(receipt, "-", ""))}
	code, err := complaint.ParseReceipt(receipt)
	must(t, err)
	marks = append(marks, string(code.Bytes()))
	for _, one := range planted {
		marks = append(marks, one.marks()...)
	}

	for _, path := range p.lists(t) {
		absentFrom(t, path, []byte(p.get(t, path).body), marks...)
	}
	for _, q := range []string{"班主任", "武陟县实验中学", "铜锁青石", "欧阳", "身份证", "1398765", "暗门"} {
		for _, path := range []string{"/search?q=", "/api/v1/search?q=", "/suggest?q="} {
			absentFrom(t, path+q, []byte(p.get(t, path+url.QueryEscape(q)).body), marks...)
		}
	}
	backup := filepath.Join(t.TempDir(), "b.db")
	if code, says, said := once("backup", backup, "--data", p.data); code != 0 {
		t.Fatal(code, says, said)
	}
	b, err := os.ReadFile(backup)
	must(t, err)
	absentFrom(t, "the backup", b, marks...)
	absentFromFolder(t, "while it runs", p.data, marks...)
	p.end()
	absentFromFolder(t, "killed", p.data, marks...)
	absentFrom(t, "what the program writes", []byte(p.out.String()), marks...)
	again := startOn(t, p.data)
	if got := again.citizen(t).follows(receipt); !strings.Contains(got, planted["who filed"].words) {
		t.Errorf("the words are not even where they may be read: %s", got)
	}
	again.stop()
	absentFromFolder(t, "stopped", p.data, marks...)
}

// plant has people write, send, stop, give up and type into the wrong places,
// and officers read. It returns the receipt of what was filed.
func (p *process) plant(t *testing.T) (receipt string) {
	t.Helper()
	who := func(one person) map[string]string {
		return map[string]string{"identity": "named", "who": "parent", "name": one.name, "phone": one.phone}
	}
	filed := planted["who filed"]
	c := p.citizen(t)
	number, receipt := c.files(filed.tells(), who(filed), photo(t))
	c.follows(receipt)

	stopped := p.citizen(t)
	stopped.open("/complain")
	stopped.press("start", map[string]string{"text": planted["who stopped"].tells()})
	stopped.fill(given(who(planted["who stopped"])), "summary", photo(t))

	gone := p.citizen(t)
	gone.open("/complain")
	gone.press("start", map[string]string{"text": planted["who gave up"].tells()})
	gone.press("cancel", nil)
	gone.press("choose yes", nil)

	officer := p.visitor(t)
	var link string
	for _, m := range deskLink.FindAllStringSubmatch(p.out.String(), 1) {
		link = strings.TrimPrefix(m[2], p.base)
	}
	officer.get(t, link)
	if a := officer.get(t, "/desk/cases/"+strings.ReplaceAll(number, "-", "")); !strings.Contains(a.body, filed.words) {
		t.Errorf("the officer reads %d %s", a.status, seen(a.body))
	}
	p.blunder(t, c, receipt)
	return receipt
}

// blunder types what is private where it does not belong. No page that says so
// repeats what stood in the address.
func (p *process) blunder(t *testing.T, c *citizen, receipt string) {
	t.Helper()
	one := planted["who typed it"]
	for _, m := range append(one.marks(), receipt) {
		for _, path := range []string{
			"/nowhere/" + url.PathEscape(m), "/policies/" + url.PathEscape(m), "/desk/cases/" + url.PathEscape(m), "/receipt?code=" + url.QueryEscape(m),
			"/targets/2022?edition=" + url.QueryEscape(m), "/desk/enter/" + url.PathEscape(m), "/complain?about=" + url.QueryEscape(m),
		} {
			a := p.get(t, path)
			absentFrom(t, path, []byte(strings.ReplaceAll(a.body, url.QueryEscape(m), "")), m)
		}
		c.post("/receipt", url.Values{"code": {m + "X"}})
		c.post("/chat", url.Values{"press": {"say"}, "text": {m}, "talk": {"x"}})
		c.post("/verify", url.Values{"words": {m}})
		tooMuch := url.Values{"press": {"start"}, "text": {strings.Repeat(m, 200_000)}}
		if resp, err := c.client.PostForm(p.base+"/complain", tooMuch); err == nil { // or it is cut off
			resp.Body.Close()
		}
		c.post("/desk/signin", url.Values{"id": {m}, "passphrase": {m}, "code": {"123456"}})
	}
}

func absentFromFolder(t *testing.T, when, folder string, marks ...string) {
	t.Helper()
	files := 0
	must(t, filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files++
		absentFrom(t, when+", "+filepath.Base(path), b, marks...)
		return err
	}))
	if files < 3 {
		t.Errorf("%s: looked into %d files", when, files)
	}
}

var listLink = regexp.MustCompile(`href="(/[^"]*\.(?:json|csv))"`)

// lists are the addresses of everything that is given out as data, and of the
// pages that name it.
func (p *program) lists(t *testing.T) []string {
	t.Helper()
	seen := map[string]bool{}
	var out []string
	for _, path := range []string{"/", "/policies", "/targets/2022", "/calendar/2022", "/faq", "/glossary", "/unpublished", "/about", "/complain", "/receipt", "/robots.txt", "/healthz", "/readyz"} {
		out = append(out, path)
		for _, m := range listLink.FindAllStringSubmatch(p.get(t, path).body, -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				out = append(out, m[1])
			}
		}
	}
	if len(seen) < 6 {
		t.Errorf("only %d lists are linked: %v", len(seen), out)
	}
	return out
}
