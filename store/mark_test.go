package store

import (
	"fmt"
	"sync"
	"testing"
)

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

// Of several that claim a name one wins, and all learn which.
func TestClaim(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		stands := make([]string, 8)
		var all sync.WaitGroup
		for i := range stands {
			all.Go(func() {
				var err error
				if stands[i], err = db.Claim(t.Context(), "installation", fmt.Sprint("key ", i)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, s := range stands {
			if s != stands[0] || s == "" {
				t.Errorf("claimed: %q", stands)
			}
		}
		if got, err := db.Mark(t.Context(), "installation"); got != stands[0] || err != nil {
			t.Errorf("noted %q, %v; want %q", got, err, stands[0])
		}
	})
}
