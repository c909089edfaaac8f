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
		{"我是老师，县里不让我们学生报外面", complaint.CountyItself, false},
	} {
		got := r.Grievance(c.text, calendar.NewDate(2026, time.June, 20)).Parties
		if len(got) == 0 || got[0].Kind != c.want || got[0].Beside != c.beside {
			t.Errorf("%s: %+v, want a %s first, beside %v", c.text, got, c.want, c.beside)
		}
	}
}
