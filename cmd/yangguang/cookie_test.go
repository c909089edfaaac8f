package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// The switch of 长辈版 is the one thing that a reader's browser is told to keep.
func TestOneCookie(t *testing.T) {
	p := start(t)
	press := func(back, site string) *http.Response {
		req, err := http.NewRequest(http.MethodPost, p.base+"/view", strings.NewReader(url.Values{"view": {"elder"}, "back": {back}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", site)
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}

	resp := press("/targets/2022", "same-origin")
	cookies := resp.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite == http.SameSiteNoneMode {
		t.Fatalf("pressing it sets %v", cookies)
	}
	if got := resp.Header.Get("Location"); resp.StatusCode != 303 || got != "/targets/2022" {
		t.Errorf("it answers %d and leads to %q", resp.StatusCode, got)
	}
	req, err := http.NewRequest(http.MethodGet, p.base+"/targets/2022", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.AddCookie(cookies[0])
	page, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer page.Body.Close()
	if kept, wanted := read(t, page.Body), p.get(t, "/targets/2022?view=elder").body; !strings.Contains(kept, `class="elder"`) || !strings.Contains(wanted, `class="elder"`) {
		t.Error("the page is not in 长辈版 afterwards")
	}

	for _, back := range []string{"//evil.invalid/", "https://evil.invalid/", `/\evil.invalid`, "javascript:alert(1)", "", "/\t/evil.invalid", "/\n/evil.invalid", "/%5cevil.invalid"} {
		if got := press(back, "same-origin").Header.Get("Location"); got != "/" {
			t.Errorf("back to %q leads to %q", back, got)
		}
	}
	if got := press("/search?q=卫校&view=normal", "same-origin").Header.Get("Location"); got != "/search?q=%E5%8D%AB%E6%A0%A1" {
		t.Errorf("back to a search leads to %q", got)
	}
	if resp := press("/", "cross-site"); resp.StatusCode != 403 || len(resp.Cookies()) > 0 {
		t.Errorf("another site may press it: %d, %v", resp.StatusCode, resp.Cookies())
	}
}
