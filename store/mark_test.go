package store

import "testing"

func TestMark(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		for _, want := range []string{"", "first", "second"} {
			if want != "" {
				if err := db.SetMark(t.Context(), "pack", want); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := db.Mark(t.Context(), "pack"); got != want || err != nil {
				t.Errorf("Mark = %q, %v, want %q", got, err, want)
			}
		}
		if got, err := db.Mark(t.Context(), "other"); got != "" || err != nil {
			t.Errorf("a mark that was never set = %q, %v", got, err)
		}
	})
}
