package understand

import (
	"strings"
	"sync"
	"unicode/utf8"

	"yangguang/search/hanzi"
)

// misheard are the words of a grievance that are most often typed, or heard by a
// telephone, as others that sound the same.
const misheard = `志愿 学籍 助学金 奖学金 补助 补贴 招生 职校 职高 技校 中专 卫校 高中 中考 填报 报名 工资 实习 工厂 红包 回扣 提成 注册 退费 退钱 收费 学费 定金 押金 收据 发票 通知书 毕业证 准考证 身份证 ` +
	`老师 校长 学校 家长 学生 分配 工作 就业 承诺 宣传 广告 资质 许可 备案 中介 录取 专业 名额 指标 骗子 诈骗 举报 投诉 教育局 泄露 信息 隐私 档案 封锁`

// sounds are the pairs of characters of those words by how they sound.
var sounds = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for word := range strings.FieldsSeq(misheard) {
		eachPair(word, func(_, pair string) {
			eachSound(pair, func(sound string) { out[sound] = pair })
		})
	}
	return out
})

// eachSound calls f for each way in which a pair of characters can be read.
func eachSound(pair string, f func(string)) {
	first, width := utf8.DecodeRuneInString(pair)
	second, _ := utf8.DecodeRuneInString(pair[width:])
	for _, a := range hanzi.Sounds(first) {
		for _, b := range hanzi.Sounds(second) {
			f(a + " " + b)
		}
	}
}

// heard is the text with those words in place of what only sounds like them:
// 志原 is 志愿, 助雪金 助学金. A pair of characters that any lesson has stays as it is.
// Characters take as many bytes as before.
func (m *model) heard(t *text) *text {
	var b []byte
	last := -1
	for i, r := range t.Norm {
		if !isHan(r) {
			last = -1
			continue
		}
		if last >= 0 {
			if meant, ok := m.meant(t.Norm[last : i+3]); ok {
				if b == nil {
					b = []byte(t.Norm)
				}
				copy(b[last:], meant)
			}
		}
		last = i
	}
	if b == nil {
		return t
	}
	out := *t
	out.Norm = string(b)
	return &out
}

// meant is the pair of one of the words that sounds as one that no lesson has,
// if they share a character.
func (m *model) meant(pair string) (string, bool) {
	if _, known := m.number[pair]; known {
		return "", false
	}
	found := ""
	eachSound(pair, func(sound string) {
		if meant := sounds()[sound]; meant != "" && (meant[:3] == pair[:3] || meant[3:] == pair[3:]) {
			found = meant
		}
	})
	return found, found != ""
}

// isHan reports whether r is one of the characters that take three bytes.
func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }
