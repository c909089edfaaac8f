package understand_test

import (
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
)

// Who does it, in each of these, is whom the text is against.
func TestWhoDoesIt(t *testing.T) {
	r := bundled(t)
	for _, c := range []struct {
		text   string
		want   complaint.AccusedKind
		beside bool
	}{
		{"我被同学打了，老师不管", complaint.Schoolmate, true},
		{"老师打我，同学都看见了", complaint.Teacher, true},
		{"孩子身上老有伤，后来同学告诉我是宿管用棍子敲的", complaint.Teacher, true},
		{"舍友往我被子里倒水，跟宿管说了没人管", complaint.Schoolmate, true},
		{"学校把孩子关在小屋里，班主任知道", complaint.VocationalSchool, true},
		{"组长总摸我，跟带队老师说，他让我忍忍", complaint.Teacher, false},
		{"老师替我填志愿，同学也一样", complaint.Teacher, false},
		{"我是一名初中老师，有职业学校给我转了三千块", complaint.VocationalSchool, false},
		{"作为班主任，我举报校长收钱", complaint.Teacher, false},
		{"我是被老师逼着报的", complaint.Teacher, false},
		{"我是王老师的学生，他替我填了志愿", complaint.Teacher, false},
		{"县里给我们老师下任务，每人拉五个学生", complaint.CountyItself, false},
		{"我们老师替我填了志愿", complaint.Teacher, false},
		{"本人系某中学教师，校长让我们送学生", complaint.Teacher, false},
		{"我当班主任的，县里让我劝学生别考高中", complaint.CountyItself, false},
		{"县里让我这个班主任去劝学生", complaint.CountyItself, false},
		{"我爱人是初中老师，县里逼他送学生", complaint.CountyItself, false},
		{"我是初三老师，有个招生的给我转了1500", complaint.VocationalSchool, false},
		{"招生老师收走了三千定金", complaint.VocationalSchool, false},
		{"我当着班主任的面签的", complaint.Teacher, false},
		{"我当班主任的面问的", complaint.Teacher, false},
		{"我是老师，县里不让我们学生报外面", complaint.CountyItself, false},
	} {
		got := r.Grievance(c.text, calendar.NewDate(2026, time.June, 20)).Parties
		if len(got) == 0 || got[0].Kind != c.want || got[0].Beside != c.beside {
			t.Errorf("%s: %+v, want a %s first, beside %v", c.text, got, c.want, c.beside)
		}
	}
}

// A vocational school that is no record is heard with its name, in a story and
// in an advert; what it is alone is no name.
func TestSchoolsThatAreNoRecord(t *testing.T) {
	r := bundled(t)
	for text, want := range map[string]string{
		"郑州市商贸工程学校2026年招生简章，包就业":          "郑州市商贸工程学校",
		"河南省工业科技学校欢迎你！免试入学":               "河南省工业科技学校",
		"华信职业技术学校收了我3000块定金":              "华信职业技术学校",
		"我孩子去了新乡市荣昌中等专业学校，专业换了":           "新乡市荣昌中等专业学校",
		"【招生】焦作市英才技工学校 包分配 电话13812345678": "焦作市英才技工学校",
		"他们说是一所职业技术学校":                    "",
		"老师逼我报中等职业学校":                     "",
		"全市的职业高中都这样":                      "",
		"卫校收了我们500块":                      "",
		"焦作市职业技术学校收了我们500块":               "",
	} {
		got := ""
		for _, p := range r.Grievance(text, calendar.NewDate(2026, time.June, 20)).Parties {
			if p.Named && p.Kind == complaint.VocationalSchool {
				got = p.Words
				break
			}
		}
		if got != want {
			t.Errorf("%s names %q, want %q", text, got, want)
		}
	}
}
