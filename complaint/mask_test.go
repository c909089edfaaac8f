package complaint_test

import (
	"strings"
	"testing"

	"yangguang/complaint"
)

func TestNumbersThatLeadToAPersonAreMasked(t *testing.T) {
	for _, number := range []string{
		"13812345678", "138 1234 5678", "138-1234-5678", "１３８１２３４５６７８", "+86 138 1234 5678", "8613812345678",
		"410802200801011234", "41080220080101123X", "41080220080101123x", "410802 20080101 1234", "410802080101123",
		"6222021234567890123", "6222 0212 3456 7890 123", "6222021234567890", "0391-2992835", "03912992835", "010-12345678",
		"13812345678 13912345678", "12 13812345678", "400 13812345678",
	} {
		got := complaint.Mask("我是张三，" + number + "，请查")
		if strings.Contains(got, number) || !strings.Contains(got, "〔已遮〕") || !strings.HasPrefix(got, "我是张三，") || !strings.HasSuffix(got, "，请查") {
			t.Errorf("%s: %s", number, got)
		}
		if digits := strings.Count(got, "") - strings.Count(strings.NewReplacer("0", "", "1", "", "2", "", "3", "", "4", "", "5", "", "6", "", "7", "", "8", "", "9", "").Replace(got), ""); digits > 4 {
			t.Errorf("%s: %d digits are left: %s", number, digits, got)
		}
	}
}

func TestOtherNumbersStay(t *testing.T) {
	for _, text := range []string{
		"交了4800元", "2026年7月8日", "2026-07-08 09:12", "2026-48392710-7", "焦教文〔2022〕48号", "打12345，又打96110",
		"2022-2023学年", "16164人", "20260708", "2026 7 8 交了 4800", "一共123456789元",
	} {
		if got := complaint.Mask(text); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}
