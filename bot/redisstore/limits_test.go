package redisstore_test

import (
	"testing"
	"time"

	"yangguang/bot/redisstore"
	"yangguang/realtest"
	"yangguang/site/page"
	"yangguang/site/page/limittest"
)

func TestLimits(t *testing.T) {
	limittest.Run(t, func(t *testing.T, now func() time.Time) page.Limiter {
		s, err := redisstore.Open(redisstore.Config{
			Address: "unix://" + realtest.Redis(t).Socket(), Prefix: redisstore.Site, MAC: mac, Now: now,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s.Limits()
	})
}
