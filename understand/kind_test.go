package understand_test

import (
	"slices"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
)

var saturday = calendar.NewDate(2026, time.June, 20)

// Who pays whom, and who does what to whom, decides of what kind it is, and not
// the words one by one.
func TestWhoPaysWhomDecides(t *testing.T) {
	r := bundled(t)
	for text, want := range map[string]complaint.Kind{
		"职校给班主任转了两千":         complaint.FeeDemand,
		"班主任收了职校两千":          complaint.FeeDemand,
		"职校让我们家长交两千":         complaint.IllegalFee,
		"学校收了我们两千不退":         complaint.IllegalFee,
		"转了两千，对方把我拉黑了":       complaint.Fraud,
		"助学金两千，到现在没发":        complaint.AidUnpaid,
		"县里不让外地的学校进来招生":      complaint.Blockade,
		"老师不让孩子报高中":          complaint.Interference,
		"说毕业包分配，结果根本没有工作":    complaint.FalseAdvertising,
		"网页上的电话写错了，打过去不对":    complaint.Other,
		"孩子的志原被老师改勒":         complaint.Interference,
		"助雪金一直没发":            complaint.AidUnpaid,
		"站在河边上，不想活了，谁也别管":    complaint.Other,
		"老师逼我报中专，我不想活了，怎么办啊": complaint.Interference,
	} {
		g := r.Grievance(text, saturday)
		if len(g.Kinds) == 0 || g.Kinds[0].Kind != want {
			t.Errorf("%s: %+v, want %s first", text, g.Kinds, want)
		}
	}
}

// A mistake on the site is told apart from the rest that becomes no case: who
// writes of it is led to the page it stands on.
func TestWhatIsWrongOnTheSite(t *testing.T) {
	r := bundled(t)
	for text, want := range map[string]string{
		"你们网站上武陟的数字写错了": "correction", "感谢老师帮忙": "praise", "我的投诉怎么还没结果": "urge",
	} {
		var got []string
		for _, d := range r.Grievance(text, saturday).Details {
			if d.Kind == complaint.Other {
				got = append(got, d.Value)
			}
		}
		if !slices.Contains(got, want) {
			t.Errorf("%s: particulars %v, want %s", text, got, want)
		}
	}
}

func TestMoments(t *testing.T) {
	r := bundled(t)
	for text, want := range map[string]string{
		"上月底来收的钱，今天电话就打不通了": "2026-05-21..2026-05-31",
		"五月初交的":         "2026-05-01..2026-05-10",
		"4月中旬开的会":       "2026-04-11..2026-04-20",
		"去年12月底交的":      "2025-12-21..2025-12-31",
		"12月底交的":        "2025-12-21..2025-12-31",
		"前天说的，上个月的钱也没退": "2026-06-18..2026-06-18",
		"去年没招，上礼拜三又来了":  "2026-06-10..2026-06-10",
		"今天下午":          "2026-06-20..2026-06-20",
		"这个月底才交":        "",
	} {
		got := ""
		if m := r.Grievance(text, saturday).Moment; m != nil {
			got = m.From.String() + ".." + m.To.String()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// What an advert promises to pay is not what somebody asks for.
func TestPromisedPayIsNoSum(t *testing.T) {
	r := bundled(t)
	for text, want := range map[string][]float64{
		"毕业保底六千五":          nil,
		"月薪八千，报名费要三百":      {300},
		"一个月七千起，先交定金一千":    {1000},
		"厂里一个月5000，到手3000": {5000, 3000},
	} {
		var got []float64
		for _, s := range r.Grievance(text, saturday).Sums {
			got = append(got, s.Yuan)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
