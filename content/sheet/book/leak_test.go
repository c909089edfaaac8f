package book

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func leaksOf(t *testing.T, b []byte) []string {
	t.Helper()
	got, err := Open("x.xlsx", b)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range got.Leaks {
		if l.Name() == "" {
			t.Errorf("%s has no name in Chinese", l.Kind)
		}
		out = append(out, l.Where+" "+l.Kind)
	}
	return out
}

// Leaks planted by another program, each caught where it is and nothing else.
func TestPlantedLeaks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		plant func(x *excelize.File, tab string) error
		want  string
	}{
		"a hidden sheet": {func(x *excelize.File, _ string) error {
			return firstOf(second(x, "名单"), x.SetSheetVisible("名单", false))
		}, "名单 hidden_sheet"},
		"a very hidden sheet": {func(x *excelize.File, _ string) error {
			return firstOf(second(x, "名单"), x.SetSheetVisible("名单", false, true))
		}, "名单 very_hidden_sheet"},
		"a hidden sheet with nothing in it": {func(x *excelize.File, _ string) error {
			_, err := x.NewSheet("空")
			return firstOf(err, x.SetSheetVisible("空", false))
		}, ""},
		"hidden rows": {func(x *excelize.File, tab string) error {
			return firstOf(x.SetRowVisible(tab, 2, false), x.SetRowVisible(tab, 3, false), x.SetRowVisible(tab, 9, false))
		}, "Sheet1!2:3 hidden_row"},
		"a row of no height":     {func(x *excelize.File, tab string) error { return x.SetRowHeight(tab, 2, 0) }, "Sheet1!2:2 hidden_row"},
		"a hidden column":        {func(x *excelize.File, tab string) error { return x.SetColVisible(tab, "B", false) }, "Sheet1!B:B hidden_column"},
		"an empty hidden column": {func(x *excelize.File, tab string) error { return x.SetColVisible(tab, "H:XFD", false) }, ""},
		"a comment": {func(x *excelize.File, tab string) error {
			return x.AddComment(tab, excelize.Comment{Cell: "B2", Author: "张三", Text: "问过"})
		}, "Sheet1!B2 comment"},
		"an author": {func(x *excelize.File, _ string) error {
			return x.SetDocProps(&excelize.DocProperties{Creator: "柴其"})
		}, "文件属性“作者” document_property"},
		"who changed it last": {func(x *excelize.File, _ string) error {
			return x.SetDocProps(&excelize.DocProperties{Creator: "xuri", LastModifiedBy: "柴其"})
		}, "文件属性“最后修改的人” document_property"},
		"a company": {func(x *excelize.File, _ string) error {
			return x.SetAppProps(&excelize.AppProperties{Company: "某公司"})
		}, "文件属性“单位” document_property"},
		"a property of one's own": {func(x *excelize.File, _ string) error {
			return x.SetCustomProps(excelize.CustomProperty{Name: "审核人", Value: "柴其"})
		}, "文件属性“审核人” document_property"},
		"a program's property": {func(x *excelize.File, _ string) error {
			return x.SetCustomProps(excelize.CustomProperty{Name: "KSOProductBuildVer", Value: "2052-12.1.0"})
		}, ""},
		"white on white": {func(x *excelize.File, tab string) error {
			return styled(x, tab, "A3", &excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}})
		}, "Sheet1!A3 unseen_text"},
		"white on blue": {func(x *excelize.File, tab string) error {
			return styled(x, tab, "A1", &excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0000FF"}}})
		}, ""},
		"a format that shows nothing": {func(x *excelize.File, tab string) error {
			none := ";;;"
			return styled(x, tab, "B3", &excelize.Style{CustomNumFmt: &none})
		}, "Sheet1!B3 unseen_text"},
		"a name with a value": {func(x *excelize.File, _ string) error {
			return x.SetDefinedName(&excelize.DefinedName{Name: "密码", RefersTo: `"123456"`})
		}, "名称“密码” defined_name"},
		"a name of a range": {func(x *excelize.File, _ string) error {
			return x.SetDefinedName(&excelize.DefinedName{Name: "计划", RefersTo: "Sheet1!$A$1:$B$3"})
		}, ""},
		"a print area": {func(x *excelize.File, tab string) error {
			return x.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "Sheet1!$A$1:$B$3", Scope: tab})
		}, ""},
		"a filter": {func(x *excelize.File, tab string) error { return x.AutoFilter(tab, "A1:B3", nil) }, ""},
		"a mailbox behind text": {func(x *excelize.File, tab string) error {
			return x.SetCellHyperLink(tab, "A1", "mailto:a@b.cn", "External")
		}, "Sheet1 email"},
		"a picture": {func(x *excelize.File, tab string) error {
			return x.AddPictureFromBytes(tab, "D1", &excelize.Picture{Extension: ".png", File: picture(), Format: &excelize.GraphicOptions{}})
		}, "xl/media/image1.png picture"},
		"a pivot table": {func(x *excelize.File, tab string) error {
			return x.AddPivotTable(&excelize.PivotTableOptions{DataRange: tab + "!A1:B3", PivotTableRange: tab + "!D5:F9", Rows: []excelize.PivotTableField{{Data: "单位"}}, Data: []excelize.PivotTableField{{Data: "人数"}}})
		}, "xl/pivotCache/pivotCacheDefinition1.xml pivot_cache"},
		"a chart and a list to choose from": {func(x *excelize.File, tab string) error {
			v := excelize.NewDataValidation(true)
			v.Sqref = "C1:C9"
			return firstOf(v.SetDropList([]string{"公办", "民办"}), x.AddDataValidation(tab, v),
				x.AddChart(tab, "E1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "Sheet1!$B$1", Values: "Sheet1!$B$2:$B$3"}}}))
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := made(t, func(x *excelize.File, tab string) error {
				return firstOf(set(x, tab, "A1", "单位", "B1", "人数", "A2", "沁阳市", "B2", 2530, "A3", "温县", "B3", 1908), c.plant(x, tab))
			})
			if got := strings.Join(leaksOf(t, b), ", "); got != c.want {
				t.Errorf("found %s, want %s", got, c.want)
			}
		})
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func second(x *excelize.File, name string) error {
	_, err := x.NewSheet(name)
	return firstOf(err, set(x, name, "A1", "张三"))
}

func styled(x *excelize.File, tab, at string, s *excelize.Style) error {
	id, err := x.NewStyle(s)
	return firstOf(err, x.SetCellStyle(tab, at, at, id))
}

func picture() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1)))
	return b.Bytes()
}

// Parts that other programs leave in a file.
func TestLeakingParts(t *testing.T) {
	t.Parallel()
	for part, want := range map[string]string{
		"xl/model/item.data":                        DataModel,
		"xl/externalLinks/externalLink1.xml":        ExternalLink,
		"xl/connections.xml":                        ExternalLink,
		"xl/embeddings/oleObject1.bin":              EmbeddedObject,
		"xl/media/image1.jpeg":                      Picture,
		"xl/revisions/revisionHeaders.xml":          RevisionLog,
		"xl/threadedComments/threadedComment1.xml":  Comment,
		"xl/persons/person.xml":                     Comment,
		"xl/comments1.xml":                          Comment,
		"xl/pivotCache/pivotCacheDefinition1.xml":   PivotCache,
		"xl/printerSettings/printerSettings1.bin":   "",
		"xl/theme/theme1.xml":                       "",
		"xl/drawings/drawing1.xml":                  "",
		"xl/externalLinks/_rels/externalLink1.rels": "",
	} {
		if want != "" {
			want = part + " " + want
		}
		if got := strings.Join(leaksOf(t, raw{part: "<x/>"}.zip(t)), ", "); got != want {
			t.Errorf("%s: found %s, want %s", part, got, want)
		}
	}
}

func TestANameThatLeadsToAHiddenTab(t *testing.T) {
	t.Parallel()
	b := made(t, func(x *excelize.File, tab string) error {
		return firstOf(set(x, tab, "A1", 1), second(x, "考生's"), x.SetSheetVisible("考生's", false),
			x.SetDefinedName(&excelize.DefinedName{Name: "名单", RefersTo: "'考生''s'!$A$1:$A$9"}))
	})
	if got := leaksOf(t, b); !slices.Contains(got, "名称“名单” defined_name") {
		t.Errorf("found %v", got)
	}
}

// person returns a number of the form that identity numbers have.
func person(first17 string) string {
	for _, last := range "0123456789X" {
		if s := first17 + string(last); isIDNumber(s) {
			return s
		}
	}
	return ""
}

func personalOf(rows ...[]Cell) string {
	b := &Book{Tabs: []Tab{{Name: "表"}}}
	for i, cells := range rows {
		b.Tabs[0].Rows = append(b.Tabs[0].Rows, Row{Number: i + 1, Cells: cells})
	}
	return fmt.Sprint(Personal(b, func(_, column int) bool { return column == 5 }))
}

func TestPersonalInOneCell(t *testing.T) {
	t.Parallel()
	id := person("41080220060315123")
	for in, want := range map[string]string{
		id:                                      IDNumber,
		"身份证" + id + "。":                        IDNumber,
		id[:6] + " " + id[6:14] + " " + id[14:]: IDNumber,
		"G" + id:                                IDNumber,
		"１" + "1010519491231002x":               IDNumber,
		"11010519491231002X":                    IDNumber,
		"6222021001116245702":                   BankCard,
		"6222 0210 0111 6245 702":               BankCard,
		"4111111111111111":                      BankCard,
		"13800138000":                           Telephone,
		"电话138 0013 8000":                       Telephone,
		"138-0013-8000":                         Telephone,
		"+86 13800138000":                       Telephone,
		"１３８００１３８０００":                           Telephone,
		"0391-2992835":                          Telephone,
		"（0391）2992835":                         Telephone,
		"010-12345678":                          Telephone,
		"03912992835":                           Telephone,
		"邮箱jz_zck@126.com":                      Email,
		"a＠b.cn":                                Email,
		"张伟、王芳、李娜、刘洋、陈静":      People,
		"张伟民 王小芳 李娜娜 刘海洋 陈静怡": People,
		"110105194912310021":  "", // a wrong check
		"411302201013451231":  "", // no month
		"12410800417230543X":  "", // a social credit code
		"52410800MJ0000000X":  "",
		"2530 1085 1908 3300": "",
		"6222021001116245703": "",
		"1234567890123456":    "",
		"0391-12345":          "",
		"96110":               "",
		"12345":               "",
		"23800138000":         "",
		"138001380001":        "",
		"0.13800138000":       "",
		"A13800138000":        "",
		"监督举报电话：0391-2992835": "",
		"填表人：　　联系电话：0391-2992835": "",
		"家长电话：0391-2992835":       Telephone,
		"2022-05-25":              "",
		"2022年6月10日至2022年11月20日":  "",
		"焦教文〔2022〕48号":            "",
		"@":                       "",
		"3@5":                     "",
		"护理、会计、金融事务、学前教育、计算机应用":  "",
		"沁阳市、孟州市、温县、武陟县、博爱县、修武县": "",
		"高中、高职、高一、高二、高三":         "",
	} {
		if want != "" {
			want = "[表!A1：" + leakNames[want] + "]"
		} else {
			want = "[]"
		}
		if got := personalOf(Words(in)); got != want {
			t.Errorf("%s: found %s, want %s", in, got, want)
		}
	}
	if got := personalOf([]Cell{{Text: "410802200603151000", Number: true}, {Text: "13800138000", Number: true}, {Text: "2530", Number: true}}); got != "[表!A1：身份证号码 表!B1：电话号码]" {
		t.Errorf("numbers: found %s", got)
	}
	if got := personalOf(Words("", "", "", "", "", "0391-2992835 13800138000")); got != "[]" {
		t.Errorf("a column for telephones: found %s", got)
	}
}

func TestListsOfPeople(t *testing.T) {
	t.Parallel()
	column := func(texts ...string) (rows [][]Cell) {
		for _, s := range texts {
			rows = append(rows, Words("x", s))
		}
		return rows
	}
	for name, c := range map[string]struct {
		rows [][]Cell
		want string
	}{
		"two under a head":      {column("学生姓名", "张三", "欧阳 娜娜"), "[表!B2:B3：成列的姓名]"},
		"one under a head":      {column("联系人", "张三"), "[]"},
		"offices under a head":  {column("联系人", "招生办", "高中部", "教务处"), "[]"},
		"numbers under a head":  {column("学生", "2530", "1085"), "[]"},
		"five without a head":   {column("张小明", "李大伟", "王芳", "赵国庆", "刘海洋"), "[表!B1:B5：成列的姓名]"},
		"four without a head":   {column("张小明", "李大伟", "王芳", "赵国庆"), "[]"},
		"in a row":              {[][]Cell{Words("姓名", "张三", "李四", "王五")}, "[表!B1:D1：成列的姓名]"},
		"heads":                 {[][]Cell{Words("姓名", "学校", "联系人"), Words("姓名", "单位", "金额", "电话")}, "[]"},
		"heads of schools":      {column("法定代表人", "张小明", "李大伟", "王建国", "赵国庆", "刘海洋"), "[]"},
		"counties":              {column("县区", "孟州", "温县", "武陟", "博爱", "修武", "沁阳", "马村", "山阳"), "[]"},
		"kinds":                 {column("办学类型", "普通中专", "职业高中", "成人中专", "技工", "公办", "民办", "全日制"), "[]"},
		"a hidden row":          {append(column("姓名", "张三"), Words("", "李四")), "[表!B2:B3：成列的姓名]"},
		"under a merged corner": {[][]Cell{Words("", "姓名"), {{Text: "张三", Merged: "A1"}, {Text: "张三"}}, Words("", "李四")}, "[表!B2:B3：成列的姓名]"},
	} {
		if got := personalOf(c.rows...); got != c.want {
			t.Errorf("%s: found %s, want %s", name, got, c.want)
		}
	}
}

// The state's catalogue of specialties and everything of the bundled pack is
// free of people.
func TestNoFalseAlarms(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir("../../pack")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".csv") || f.Name() == "contacts.csv" {
			continue
		}
		text, err := os.ReadFile("../../pack/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		b, err := Open(f.Name(), text)
		if err != nil {
			t.Errorf("%s: %v", f.Name(), err)
			continue
		}
		if found := Personal(b, nil); len(found) > 0 {
			t.Errorf("%s: %v", f.Name(), found)
		}
	}
}
