package content

import (
	"fmt"
	"strings"
	"testing"
)

func TestFiguresIn(t *testing.T) {
	for text, want := range map[string]string{
		"当年11月20日，春季 4 月 20 号":   "11月20日 4月20日",
		"2022年6月10日起":            "2022:6月10日",
		"2022-06-10、2022/6/1":    "2022:6月10日 2022:6月1日",
		"２０２２年的文件":               "2022:",
		"2022年6月":                "2022:6月",
		"20个工作日，20工作日":           "20 20",
		"学制是1年至3年，1-3年，5年或6年，3年": "1至3 1至3 5或6 3",
		"15日内，30天":               "15 30",
		"100%，12.5％":             "100 12.5",
		"3年级":                    "",
		"48号文，3+2，12345":         "",
		"提供7×24小时服务":             "24",
	} {
		var got []string
		for _, f := range figuresIn(text) {
			if f.year != 0 {
				f.means = fmt.Sprintf("%d:%s", f.year, f.means)
			}
			got = append(got, f.means)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s has %q, want %q", text, s, want)
		}
	}
}

func TestDialled(t *testing.T) {
	for text, want := range map[string]bool{"打12345。": true, "12345": true, "123456": false, "012345": false, "123456、12345": true, "": false} {
		if dialled(text, "12345") != want {
			t.Errorf("%q has 12345 whole: %v, want %v", text, !want, want)
		}
	}
}

// Whatever is written: a text is never at odds with a quote that is the same,
// and a figure read alone is the same figure.
func FuzzFiguresIn(f *testing.F) {
	for _, s := range []string{"学制为1年至3年，当年11月20日", "20个工作日", "2022-09-01", "99999999999999999999年", "1年至年", "％%３年半", "0月0日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, one := range figuresIn(s) {
			if !one.allows(one) {
				t.Errorf("%q: %+v does not allow itself", s, one)
			}
			if again := figuresIn(one.as); len(again) != 1 || again[0] != one {
				t.Errorf("%q: %+v read alone is %+v", s, one, again)
			}
		}
	})
}
