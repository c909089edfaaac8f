package main

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yangguang/realtest"
	"yangguang/staff"
	"yangguang/store"
)

// bureau is what a bureau sets; its site stands behind a proxy that holds the
// certificate.
func bureau(address string) []string {
	return []string{
		"--operator", "示例市教育局", "--site-name", "示例市阳光招生", "--public-url", address,
		"--proxies", "127.0.0.1", "--site-id", "4108000001", "--icp", "豫ICP备00000001号",
	}
}

// operated starts a site behind a proxy with TLS, and returns it as the public
// reaches it.
func operated(t *testing.T, data string, args ...string) (public *program) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := "https://" + listener.Addr().String()
	inner := startOn(t, data, slices.Concat(bureau(address), args)...)
	to, err := url.Parse(inner.base)
	must(t, err)
	proxy := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.SetXForwarded()
		r.Out.Header.Set("X-Forwarded-For", "203.0.113.7")
	}})
	proxy.Listener.Close()
	proxy.Listener = listener
	proxy.StartTLS()
	t.Cleanup(proxy.Close)
	// Tests trust the proxy's certificate, which is made for them.
	usual := http.DefaultTransport
	http.DefaultTransport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	t.Cleanup(func() { http.DefaultTransport = usual })
	outer := *inner
	outer.base = address
	return &outer
}

// activate lets an officer in as the first sign-in would.
func activate(t *testing.T, c store.Config, id string) {
	t.Helper()
	db, err := store.Open(t.Context(), c)
	must(t, err)
	defer db.Close()
	a, err := db.Roll().Account(t.Context(), id)
	must(t, err)
	a.State = staff.Active
	must(t, db.Roll().Save(t.Context(), a))
}

// A bureau's own site bears its name, prints nobody's links, and takes
// complaints as soon as somebody is there to take them in.
func TestABureausOwnSite(t *testing.T) {
	p := operated(t, t.TempDir())
	if said := p.out.String(); strings.Contains(said, "经办") || !strings.Contains(said, "示例市教育局主办") {
		t.Errorf("the start says %s", said)
	}
	home := p.get(t, "/").body
	for _, want := range []string{
		`<meta name="SiteName" content="示例市阳光招生"`, `<meta name="SiteIDCode" content="4108000001"`,
		`<meta name="SiteDomain" content="` + strings.TrimPrefix(p.base, "https://"), `<link rel="canonical" href="` + p.base + `/"`,
		"主办：示例市教育局", "豫ICP备00000001号", "<title>示例市阳光招生",
	} {
		if !strings.Contains(home, want) {
			t.Errorf("the first page lacks %s", want)
		}
	}
	policy := p.get(t, "/policies/jiaojiaowen-2022-48").body
	for _, want := range []string{`<meta name="ColumnName" content="政策文件"`, `<meta name="PubDate" content="2022-05-25"`, `<meta name="ContentSource" content="焦作市教育局"`, `<meta name="ArticleTitle"`} {
		if !strings.Contains(policy, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	for _, path := range []string{"/", "/about", "/about/guide", "/about/privacy", "/about/protection", "/faq", "/complain", "/chat", "/receipt", "/search?q=投诉", "/desk", "/no/such/page"} {
		if strings.Contains(p.get(t, path).body, "试运行") {
			t.Errorf("%s says that it is a trial", path)
		}
	}

	if says := p.get(t, "/complain").body; !strings.Contains(says, "本站现在还不收投诉") {
		t.Error("without an officer complaints seem to be taken")
	}
	code, says, said := once(append([]string{"officer", "add", "all-1", "--name", "王", "--units", "410800", "--roles", "登记,分派,经办", "--data", p.data}, bureau(p.base)...)...)
	if code != 0 || !strings.Contains(says, p.base+"/desk/first/") {
		t.Fatal(says, said)
	}
	activate(t, store.Config{Folder: p.data}, "all-1")
	if says := p.get(t, "/complain").body; strings.Contains(says, "本站现在还不收投诉") {
		t.Error("with an officer complaints are not taken")
	}
	if p.get(t, "/complain").header.Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to keep to https")
	}
}

// The whole program runs on a PostgreSQL, and several on one.
func TestOnPostgreSQL(t *testing.T) {
	database := realtest.Postgres(t)
	keys := t.TempDir() + "/installation.key"
	settings := []string{"--database-url", database, "--key-file", keys}
	one := startOn(t, t.TempDir(), settings...)
	two := startOn(t, t.TempDir(), settings...)

	number, receipt := one.citizen(t).files(pupil, nil, photo(t))
	for _, p := range []*program{one, two} {
		if says := p.citizen(t).follows(receipt); !strings.Contains(says, number) || !strings.Contains(says, pupil) {
			t.Errorf("what was filed at the first stands at %s as %s", p.base, says)
		}
	}
	two.stop()
	must(t, os.Remove(filepath.Join(filepath.Dir(keys), "erased.log")))
	if code, _, said := once(append([]string{"serve", "--addr", "127.0.0.1:0", "--data", t.TempDir()}, settings...)...); code != 1 || !strings.Contains(said, "erased.log") {
		t.Errorf("without the log of erasures: %d, said %s", code, said)
	}
	for _, args := range [][]string{{"backup", t.TempDir() + "/b.db"}, {"restore", "b.db"}} {
		if code, _, said := once(append(args, settings...)...); code != 1 || !strings.Contains(said, "pg_dump") {
			t.Errorf("%v: %d, said %s", args, code, said)
		}
	}
}

// What belongs together is asked for together, and secrets may lie in files.
func TestSettingsOfABureau(t *testing.T) {
	whole := bureau("https://zs.example.gov.cn")
	for _, c := range []struct{ args, want string }{
		{"--operator 示例市教育局 --addr 0.0.0.0:80 --now 2022-09-01", "--site-name --public-url --now"},
		{"--site-name 某", "--operator"},
		{"--public-url https://a.example/zs", "--public-url"},
		{"--public-url https://a.example", "--operator"},
		{"--operator 某局 --site-name 某 --public-url https://a.example", "--proxies"},
		{"--public-url zs.example.gov.cn", "--public-url"},
		{"--proxies 10.0.0.0/8,nobody", "--proxies"},
		{"--site-id 12", "--site-id"},
		{"--database-url mysql://x", "--database-url"},
		{"--database-url postgres://x", "--key-file"},
		{"--telegram-api http://far.example", "--telegram-api"},
		{"--telegram-group here --telegram-api nothing", "--telegram-group --telegram-api"},
	} {
		_, _, err := parse(strings.Fields(c.args), none)
		for name := range strings.FieldsSeq(c.want) {
			if err == nil || !strings.Contains(err.Error(), name+"（") {
				t.Errorf("%s: %v, want %s named", c.args, err, name)
			}
		}
	}
	_, _, err := parse(strings.Fields("--operator 某局 --site-name 某 --public-url zs.example.gov.cn"), none)
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 2 {
		t.Errorf("one mistake: %q", lines)
	}
	if set, _, err := parse(append(whole, "--addr", "0.0.0.0:8080", "--metrics", "0.0.0.0:9090"), none); err != nil || !set.operated() {
		t.Errorf("a bureau's settings: %v", err)
	}
	secret := t.TempDir() + "/url"
	must(t, os.WriteFile(secret, []byte("postgres://u:p@db/x\n"), 0o600))
	env := map[string]string{"YANGGUANG_DATABASE_URL_FILE": secret, "YANGGUANG_KEY_FILE": "k"}
	from := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	if set, _, err := parse(nil, from); err != nil || set.database != "postgres://u:p@db/x" {
		t.Errorf("from a file: %q, %v", set.database, err)
	}
	must(t, os.WriteFile(secret, []byte("\n"), 0o600))
	if _, _, err := parse(nil, from); err == nil || !strings.Contains(err.Error(), "空的") {
		t.Errorf("from an empty file: %v", err)
	}
	if _, _, err := parse([]string{"--meili-url", "http://u:secret@127.0.0.1:7700"}, none); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address with a password: %v", err)
	}
	env["YANGGUANG_DATABASE_URL"] = "postgres://other"
	if _, _, err := parse(nil, from); err == nil {
		t.Error("said twice, and taken")
	}
}

func TestReady(t *testing.T) {
	p := start(t)
	address := strings.TrimPrefix(p.base, "http://")
	if code, says, said := once("ready", "--addr", address); code != 0 || says+said != "" {
		t.Errorf("of an open site: %d %s%s", code, says, said)
	}
	p.stop()
	if code, _, said := once("ready", "--addr", address); code != 1 || !strings.Contains(said, "没有开") {
		t.Errorf("of a closed one: %d %s", code, said)
	}
}
