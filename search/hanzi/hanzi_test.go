package hanzi_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"yangguang/search/hanzi"
)

func TestFoldedForms(t *testing.T) {
	for text, want := range map[string]string{
		"焦教文〔2022〕48号":       "焦教文(2022)48号",
		"焦教文[2022]48号":       "焦教文(2022)48号",
		"焦教文（２０２２）４８號":       "焦教文(2022)48号",
		"從 2022 年 6 月 10 日起": "从2022年6月10日起",
		"衛生醫藥學校":             "卫生医药学校",
		"  Go  Lang　学 校 ":    "go lang学校",
		"“两后生”":              `"两后生"`,
		"乾隆、徵集":              "干隆,征集",
		"焦\u200b作":           "焦作",
		"":                   "",
	} {
		if got := hanzi.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSpanLeadsBackToTheOriginal(t *testing.T) {
	for _, c := range []struct{ text, find, want string }{
		{"從 2022 年 6 月 10 日起", "6月10日", "6 月 10 日"},
		{"看焦教文（２０２２）４８號文", "(2022)48号", "（２０２２）４８號"},
		{"ＪＺ衛校", "卫校", "衛校"},
		{"go \t lang", "o l", "o \t l"},
	} {
		n := hanzi.Normalise(c.text)
		at := strings.Index(n.Norm, c.find)
		if at < 0 {
			t.Fatalf("%q is not in %q", c.find, n.Norm)
		}
		from, to := n.Span(at, at+len(c.find))
		if got := c.text[from:to]; got != c.want {
			t.Errorf("%q found in %q: original is %q, want %q", c.find, c.text, got, c.want)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"焦教文〔2022〕48号", "ＪＺ 衛校", "a\xff b", "İẞK ǅ", "\u3000 x\u00a0y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := hanzi.Normalise(s)
		if again := hanzi.Fold(n.Norm); again != n.Norm {
			t.Fatalf("folding %q twice: %q then %q", s, n.Norm, again)
		}
		if n.Norm != hanzi.Fold(s) || n.Norm != string(hanzi.AppendRunes(nil, s)) {
			t.Fatalf("Fold and Normalise differ on %q", s)
		}
		last := 0
		for i := 0; i < len(n.Norm); {
			_, w := utf8.DecodeRuneInString(n.Norm[i:])
			from, to := n.Span(i, i+w)
			if from < last || to <= from || to > len(s) {
				t.Fatalf("span of byte %d of %q is %d:%d after %d of %d", i, n.Norm, from, to, last, len(s))
			}
			last, i = to, i+w
		}
	})
}

func TestSpelledInLatinLetters(t *testing.T) {
	for _, c := range []struct{ name, typed, want string }{
		{"焦作卫生医药学校", "jzwsyyxx", "焦作卫生医药学校"},
		{"焦作卫生医药学校", "jiaozuoweisheng", "焦作卫生"},
		{"焦作卫生医药学校", "jiaozuo ws", "焦作卫生"},
		{"焦作卫生医药学校", "weisheng", "卫生"},
		{"焦作卫生医药学校", "weish", "卫生"},
		{"焦作卫生医药学校", "wsyy", "卫生医药"},
		{"武陟县", "wuzhi", "武陟"},
		{"武陟县", "wuzhixian", "武陟县"},
		{"会计", "kuaiji", "会计"},
		{"会计", "huiji", "会计"},
		{"音乐", "yinyue", "音乐"},
		{"绿化", "lvhua", "绿化"},
		{"绿化", "luhua", "绿化"},
		{"女生", "nüsheng", "女生"},
		{"西安", "xi'an", "西安"},
		{"焦作市", "jiaozhuo", "焦作"},
		{"卫生", "weishen", "卫生"},
		{"3加2", "3j2", "3加2"},
		{"焦作", "zuojiao", ""},
		{"焦作", "iaozuo", ""},
		{"卫生", "eisheng", ""},
	} {
		typed, ok := hanzi.Typed(c.typed)
		if !ok {
			t.Fatalf("%q is not taken for Latin", c.typed)
		}
		got := ""
		s := hanzi.Spell(c.name)
		m, ok := s.Match(typed)
		if !ok {
			m, ok = s.MatchNear(typed)
		}
		if ok {
			got = s.Part(m.From, m.To)
		}
		if got != c.want {
			t.Errorf("%q spells %q of %s, want %q", c.typed, got, c.name, c.want)
		}
	}
}

func TestOnlyLatinIsTyped(t *testing.T) {
	for _, s := range []string{"焦作", "2022", "", "jz校"} {
		if typed, ok := hanzi.Typed(s); ok {
			t.Errorf("%q was taken for the letters %q", s, typed)
		}
	}
}

func TestNamesThatSoundAlike(t *testing.T) {
	for _, c := range []struct {
		typed, name string
		alike       bool
	}{
		{"焦做市", "焦作市", true},
		{"武只", "武陟", true},
		{"焦作卫生医要学校", "焦作卫生医药学校", true},
		{"焦作职业寄宿学校", "焦作职业技术学校", true},
		{"焦作市", "焦作市", false}, // the name itself
		{"泌阳", "沁阳", false},
		{"无知", "武陟", false}, // nothing of it is left
		{"焦作职业技术学院", "焦作职业技术学校", false},
		{"焦作财经学校", "焦作卫生学校", false},
		{"焦作卫生学校", "焦作卫生医药学校", false},
		{"温县", "孟县", false},
	} {
		if got := hanzi.Spell(c.name).SoundsLike(hanzi.Spell(c.typed), 0); got != c.alike {
			t.Errorf("%s sounds like %s: %v, want %v", c.typed, c.name, got, c.alike)
		}
	}
}

func TestShortForms(t *testing.T) {
	const school = "焦作卫生医药学校"
	best, _ := hanzi.Shortens("焦作卫校", school)
	worse, _ := hanzi.Shortens("焦作生药", school)
	if best <= worse || worse == 0 {
		t.Errorf("焦作卫校 fits %.2f, 焦作生药 %.2f", best, worse)
	}
	for _, not := range []string{"焦作职校", "校卫作", "作卫", "焦", "卫校", school} {
		if fit, ok := hanzi.Shortens(not, school); ok {
			t.Errorf("%s was taken for short of %s (%.2f)", not, school, fit)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("各县（市、区）要严格执行国家和省有关高中阶段教育学校招生规定和政策。", 10)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		hanzi.Fold(text)
	}
}
