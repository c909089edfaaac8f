package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const annexOne = `2022年各县（市）和市属中等职业学校招生任务
单位：人
单 位,中等职业教育招生任务
沁阳市,2530
孟州市,1085
温县,1908
武陟县,3300
博爱县,1821
修武县,1000
焦作市职业技术学校,2520
焦作卫生医药学校,1300
焦作市体育运动学校,200
焦作市总工会职工中专,100
焦作市太极中等专业学校,400
合计,16164
`

// checked runs check on a file of that text.
func checked(t *testing.T, text string, args ...string) (code int, out string) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "表.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), append([]string{"check", file, "--data", filepath.Join(folder, "none")}, args...), none, &stdout, &stderr)
	if _, err := os.Stat(filepath.Join(folder, "none")); err == nil {
		t.Error("check made a data folder")
	}
	return code, stdout.String() + stderr.String()
}

func TestCheckCommand(t *testing.T) {
	for _, c := range []struct {
		name, text string
		args       []string
		code       int
		want       string
	}{
		{"clean", annexOne, nil, 0, "招生任务，2022 年，11 行，合计 16164。\n没有问题"},
		{"a digit wrong", strings.Replace(annexOne, "3300", "3301", 1), nil, 2, "E1 B15：各行相加是 16165，合计写 16164，差 1。网站上已公布的数和 B7 不同"},
		{"a column left out", strings.Replace(strings.Replace(annexOne, "招生任务\n", "招生任务,满意度\n", 2), "2530\n", "2530,好\n", 1), nil, 1, "W0 C3：“满意度”这一列没有读"},
		{"another county", strings.Replace(annexOne, "沁阳市", "泌阳市", 1), nil, 2, "E6 A4：没有叫“泌阳市”的单位。是不是“沁阳市”"},
		{"no year", strings.Replace(annexOne, "2022年", "", 1), nil, 2, "看不出是哪一年"},
		{"no year, and told", strings.Replace(annexOne, "2022年", "", 1), []string{"--year", "2022"}, 0, "没有问题"},
		{"a wrong type", annexOne, []string{"--type", "计画"}, 2, "--type：没有“计画”这种表"},
		{"no table", "你好\n", nil, 2, "没有找到表格"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out := checked(t, c.text, c.args...)
			if code != c.code || !strings.Contains(out, c.want) {
				t.Errorf("status %d, want %d and %q:\n%s", code, c.code, c.want, out)
			}
		})
	}
}

func TestCheckJSON(t *testing.T) {
	code, out := checked(t, strings.Replace(annexOne, "温县,1908", "温县,", 1), "--json")
	var got struct {
		Files []struct {
			Type     string
			Year     int
			AsOf     *string `json:"as_of"`
			Rows     int
			Total    *int
			Records  []map[string]any
			Problems []map[string]string
			Leaks    []any
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Files) != 1 {
		t.Fatalf("%v in %s", err, out)
	}
	f := got.Files[0]
	if code != 2 || f.Type != "target" || f.Year != 2022 || f.AsOf != nil || f.Rows != 11 || f.Total == nil || *f.Total != 16164 || f.Leaks == nil {
		t.Errorf("status %d, %+v", code, f)
	}
	if f.Records[0]["unit"] != "沁阳市" || f.Records[0]["number"] != 2530.0 || f.Records[2]["number"] != nil {
		t.Errorf("records %v", f.Records[:3])
	}
	if p := f.Problems[0]; p["cell"] != "B6" || p["code"] != "E3" || p["level"] != "block" {
		t.Errorf("problems %v", f.Problems)
	}
}

func TestTemplateCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "计划.xlsx")
	var out bytes.Buffer
	if code := run(t.Context(), []string{"check", "--template", "plan", file}, none, &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	if code := run(t.Context(), []string{"check", "--template", "plan", file}, none, &out, &out); code != 2 {
		t.Error("a file that was there was written over")
	}
}
