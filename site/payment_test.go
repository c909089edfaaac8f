package site

import (
	"strings"
	"testing"
)

func TestAsksToPay(t *testing.T) {
	for text, want := range map[string]bool{
		"先交【500元】":            true,
		"报名费【200元】":           true,
		"学费：【3000元】一年":        true,
		"【500元】押金":            true,
		"每人【800元】的建档费，先到先得":   true,
		"只要【3000元】就能上":        true,
		"免费名额要交【500元】":        true,
		"助学金要先交【200元】手续":      true,
		"退款要先付【100元】":         true,
		"收【1万元】中介费":           true,
		"国家助学金每年【2000元】，免学费":  false,
		"免学费【3000元】":          false,
		"免收学费【3000元】":         false,
		"学费减免【1700元】":         false,
		"每年补助【2000元】":         false,
		"补助费【2000元】":          false,
		"【2000元】助学金":          false,
		"实习月薪【5000元】":         false,
		"月收入【5000元】":          false,
		"毕业退还【500元】":          false,
		"先交押金，毕业后每月【3000元】工资": false,
		"一共【3000元】":           false,
	} {
		from := strings.Index(text, "【")
		plain := strings.Replace(text, "【", "", 1)
		to := strings.Index(plain, "】")
		plain = strings.Replace(plain, "】", "", 1)
		if got := asksToPay(plain, from, to); got != want {
			t.Errorf("%s: asks to pay = %v, want %v", text, got, want)
		}
	}
}
