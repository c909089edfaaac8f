package staff_test

import (
	"errors"
	"strings"
	"testing"

	"yangguang/staff"
)

func TestStrong(t *testing.T) {
	o := officer("county-office")
	for _, c := range []struct {
		passphrase string
		want       staff.WeakReason
	}{
		{"correct horse battery staple", ""},
		{"四个苹果在安静的屋顶上过夜", ""},
		{"huoche kai wang xinjiang qu le", ""},
		{"tea tea coffee 14 lamps", ""},
		{"Wq8-rtZ1-0pLm", ""},
		{"my boat sank in 1998", ""},
		{"ship31boat94", ""},
		{"11 letters.", staff.TooShort},
		{"四个苹果在屋顶上", staff.TooShort},
		{"", staff.TooShort},
		{strings.Repeat("long words ", 30), staff.TooLong},
		{"twelve bytes\xff", staff.TooLong},
		{"password1234", staff.Common},
		{"Password@1234!", staff.Common},
		{"woaini1314520", staff.Common},
		{"Yangguang2026", staff.Common},
		{"yangguangzhaosheng", staff.Common},
		{"admin admin 888888", staff.Common},
		{"iloveyou520!!!", staff.Common},
		{"I am the master", staff.Common},
		{"123456789012", staff.Common},
		{"............", staff.Common}, // no letter and no digit
		{"mmmmmmmmmmmm", staff.Simple},
		{"m1m1m1m1m1m1", staff.Simple},
		{"tree7tree7tree7", staff.Simple},
		{"mnbvcxzlkjhgf", staff.Simple},
		{"qazwsxedcrfvtgb", staff.Simple},
		{"1q2w3e4r5t6y", staff.Simple},
		{"fghijklmnopqrs", staff.Simple},
		{"yuiop[]asdfgh", staff.Simple},
		{"county-office", staff.Own},
		{"County-Office26", staff.Own},
	} {
		err := staff.Strong(c.passphrase, o)
		w, ok := errors.AsType[*staff.Weak](err)
		if ok != (c.want != "") || ok && w.Why != c.want {
			t.Errorf("%q: %v, want %q", c.passphrase, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), c.passphrase) && c.passphrase != "" {
			t.Errorf("the error quotes the passphrase: %v", err)
		}
	}
}
