package site

import "testing"

func TestDayOf(t *testing.T) {
	for typed, want := range map[string]string{
		"2022-09-01": "2022-09-01", " 2022-9-1 ": "2022-09-01", "2022年9月1日": "2022-09-01", "2022.9.1": "2022-09-01",
		"2022/09/01": "2022-09-01", "20220901": "2022-09-01", "２０２２年９月１日": "2022-09-01", "2022 年 9 月 1 日": "2022-09-01",
		"2024-02-29": "2024-02-29",
		// not a day, and never another day instead
		"": "", "2022": "", "2022-13-01": "", "2023-02-29": "", "2022-00-10": "", "9月1日": "", "2022-9-1-1": "",
		"202291": "", "2022-09-011": "", "<script>": "", "去年": "",
	} {
		got, ok := dayOf(typed)
		if got.String() != want || ok != (want != "") {
			t.Errorf("dayOf(%q) = %s, %v; want %q", typed, got, ok, want)
		}
	}
}
