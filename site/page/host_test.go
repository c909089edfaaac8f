package page_test

import (
	"strings"
	"testing"

	"yangguang/site/page"
)

// A trial answers only to the machine's own addresses, whatever was asked for:
// a name can be made to point here by anybody.
func TestATrialAnswersOnlyToThisMachine(t *testing.T) {
	h := sunTerms(t, nil)
	h.get("/terms/sun") // now it is in the cache, which is answered before Fiber
	for host, want := range map[string]int{
		"127.0.0.1:8080": 200, "127.0.0.1": 200, "localhost:8080": 200, "LocalHost": 200, "[::1]:8080": 200, "[::1]": 200, "127.0.0.9:80": 200,
		"evil.example": 421, "evil.example:8080": 421, "127.0.0.1.evil.example:8080": 421, "localhost.evil.example": 421,
		"192.168.1.9:8080": 421, "0.0.0.0:8080": 421, "[::]:8080": 421, "::1": 421, "[::1": 421, "[127.0.0.1]:80": 421, "[]": 421, ":8080": 421,
	} {
		for _, method := range []string{"GET", "POST", "BREW"} {
			r := request(method, "/terms/sun")
			r.Host = host
			a := h.send(r)
			refused := a.StatusCode == 421
			if refused != (want == 421) || method == "GET" && a.StatusCode != want {
				t.Errorf("%s with Host %s: %d, want %d", method, host, a.StatusCode, want)
			}
			if refused && (!strings.Contains(a.text(t), "127.0.0.1") || strings.Contains(a.text(t), "阳光招生")) {
				t.Errorf("%s with Host %s: %s", method, host, a.text(t))
			}
		}
	}
	operated := sunTerms(t, func(c *page.Config) { c.Address = mustURL(t, "https://zs.example.cn") })
	r := request("GET", "/terms/sun")
	r.Host = "10.0.0.7:8080" // what a proxy may send
	if a := operated.send(r); a.StatusCode != 200 {
		t.Errorf("behind a proxy: %d", a.StatusCode)
	}
}
