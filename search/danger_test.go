package search_test

import (
	"encoding/json"
	"strings"
	"testing"

	"yangguang/search"
)

// Whoever may be in danger is told whom to call, before anything else that
// the words could mean.
func TestDangerIsAnsweredWithHelp(t *testing.T) {
	f := bundledFinder(t)
	for text, first := range map[string]string{
		"不想活了": "12356 ", "想死": "12356 ", "割腕": "12356 ", "跳楼": "12356 ",
		"晕倒了": "120 ", "救命": "110 ", "被同学欺负": "110 ", "我被老师打了": "110 ", "老师摸我": "110 ",
		"老师要打我不敢说": "110 ", "宿舍锁门不让走": "110 ", "实习被关在厂里": "110 ", "孩子跑了联系不上": "110 ",
		"武涉 老師打我": "110 ", "卫校招多少人 不想活了": "12356 ", "19岁能读几年，被打了": "110 ",
	} {
		got := find(t, f, search.Query{Text: text})
		if got.Answer == nil || got.Answer.URL != "/complain#danger" || !strings.HasPrefix(got.Answer.Text, first) {
			t.Errorf("%s: answer %+v, want help that begins with %s", text, got.Answer, first)
			continue
		}
		for _, number := range []string{"110", "120", "12356", "12355"} {
			if !strings.Contains(got.Answer.Text, number) {
				t.Errorf("%s: no %s in %q", text, number, got.Answer.Text)
			}
		}
		if got.Answer.Source.Title == "" || got.Answer.Source.URL == "" || got.DidYouMean != "" {
			t.Errorf("%s: source %+v, did you mean %q", text, got.Answer.Source, got.DidYouMean)
		}
		suggested, err := f.Suggest(t.Context(), text, 8)
		if err != nil || len(suggested) == 0 || suggested[0].URL != "/complain#danger" {
			t.Errorf("%s: suggested %+v, %v", text, suggested, err)
		}
	}
	for _, text := range []string{"学费被打折", "天天打电话", "关起来的门", "学校不让走读"} {
		got := find(t, f, search.Query{Text: text})
		if len(got.Understood.Crisis) > 0 || got.Answer != nil && got.Answer.URL == "/complain#danger" {
			t.Errorf("%s: %+v, %+v", text, got.Understood.Crisis, got.Answer)
		}
	}
}

func TestDangerInTheFormOfTheAPI(t *testing.T) {
	b, err := json.Marshal(find(t, bundledFinder(t), search.Query{Text: "被打"}))
	if err != nil {
		t.Fatal(err)
	}
	const want = `"crisis":[{"from":0,"to":6,"words":"被打","kind":"beaten"}]`
	if !strings.Contains(string(b), want) {
		t.Errorf("no %s in %s", want, b)
	}
}
