package desk_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/evidence"
	"yangguang/complaint/evidence/evidencetest"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/site/desk"
	"yangguang/site/page"
	"yangguang/staff"
)

// trialDoor lets the roster's officers in by links.
func trialDoor(t *testing.T, roster *complaint.Roster, now func() time.Time) (*staff.Door, map[string]string) {
	t.Helper()
	var all []staff.Officer
	for _, o := range roster.Officers {
		one := staff.Officer{ID: string(o.ID), Name: "席位" + string(o.ID), Units: o.Units}
		for _, r := range o.Roles {
			one.Roles = append(one.Roles, staff.Role(r))
		}
		all = append(all, one)
	}
	trial, err := staff.NewTrial(all...)
	if err != nil {
		t.Fatal(err)
	}
	links := map[string]string{}
	for _, o := range all {
		links[o.ID] = trial.Link(o.ID)
	}
	return &staff.Door{Roll: staff.NewMemory(), Trial: trial, Now: now}, links
}

// room is a desk on a server, with the office and its clock in hand.
type room struct {
	*complaint.Office
	t      *testing.T
	server *page.Server
	book   *complainttest.Book
	ring   *seal.Ring
	now    time.Time
	drafts int
	from   string // where requests come from
	token  string // the session; "": a new one for each request
	door   *staff.Door
	links  map[string]string
	files  *evidence.Cabinet
	// damaged are cases that cannot be read.
	damaged []string
}

func newRoom(t *testing.T, roster *complaint.Roster) *room {
	t.Helper()
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, book: new(complainttest.Book), ring: ring, from: "127.0.0.1", now: time.Date(2026, 11, 24, 10, 0, 0, 0, calendar.China)}
	clock := func() time.Time { return r.now }
	days, err := calendar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Office = &complaint.Office{
		Book: r.book, Sealer: ring, Now: clock,
		Roster:   func(context.Context) (*complaint.Roster, error) { return roster, nil },
		MAC:      func(b []byte) []byte { s := sha256.Sum256(b); return s[:] },
		Calendar: func() *calendar.Calendar { return days },
	}
	board, err := content.NewBoard(t.Context(), &contenttest.Shelf{})
	if err != nil {
		t.Fatal(err)
	}
	r.server, err = page.NewServer(page.Config{
		Board: board, Now: clock, Assets: fstest.MapFS{},
		// What app.Test sends comes from 0.0.0.0: here that is a proxy.
		Proxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")},
		Show:    func(page.Reading, page.Problem) templ.Component { return templ.Raw("public") },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.server.Close)
	r.door, r.links = trialDoor(t, roster, clock)
	r.files = evidence.NewCabinet(&evidencetest.Vault{}, ring, r.book, clock)
	d := desk.New(desk.Config{
		Office: r.Office, Door: r.door, Mint: ring.Mint, Files: r.files, Now: clock,
		Damaged: func() []string { return r.damaged },
		Identity: func(*content.Snapshot) page.Identity {
			return page.Identity{Name: "阳光招生", Strip: "试运行", Hotline: "12345"}
		},
	})
	if err := d.Mount(r.server); err != nil {
		t.Fatal(err)
	}
	return r
}

// draft is a complaint of a pupil against a municipal school.
func (r *room) draft() complaint.Draft {
	r.t.Helper()
	r.drafts++
	id := fmt.Sprint("draft-", r.drafts)
	receipt, err := complaint.NewReceipt(rand.Reader)
	if err != nil {
		r.t.Fatal(err)
	}
	return complaint.Draft{
		ID: id, Receipt: receipt, Key: r.ring.Mint(id), Kind: complaint.FalseAdvertising,
		Accused:  []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-02"}},
		Identity: complaint.Sealed, Channel: complaint.WebForm, Words: []byte("他们说包就业，电话13812345678"),
		AccusedName: []byte("卫校"), Who: []byte("张三 13900001111"),
	}
}

func (r *room) file(d complaint.Draft) complaint.Number {
	r.t.Helper()
	f, err := r.File(r.t.Context(), d)
	if err != nil {
		r.t.Fatal(err)
	}
	return f.Number
}

// answer is what the desk answered, with its body.
type answer struct {
	*http.Response
	body string
}

func (r *room) do(who, method, path string, form url.Values) answer {
	r.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req := httptest.NewRequest(method, path, body)
	req.Host = "127.0.0.1"
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if r.token != "" {
		req.Header.Set("Cookie", "desk="+r.token)
	} else if link := r.links[who]; link != "" {
		in, err := r.door.Enter(r.t.Context(), link, staff.From{})
		if err != nil {
			r.t.Fatal(err)
		}
		req.Header.Set("Cookie", "desk="+in.Token)
	}
	if r.from != "" {
		req.Header.Set("X-Forwarded-For", r.from)
	}
	resp, err := r.server.App.Test(req, -1)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return answer{resp, string(b)}
}

func (r *room) get(who, path string) answer { r.t.Helper(); return r.do(who, "GET", path, nil) }

func TestNobodyComesInWithoutASession(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	for _, path := range []string{"/desk", "/desk/new", "/desk/find?number=1", "/desk/cases/" + string(n)} {
		a := r.get("nobody", path)
		if a.StatusCode != 303 || a.Header.Get("Location") != "/desk/signin" || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, a.StatusCode, a.Header)
		}
	}
	if a := r.get("nobody", "/desk/signin"); a.StatusCode != 200 {
		t.Errorf("sign-in: %d", a.StatusCode)
	}
}

func TestNobodyElsewhereComesInOverPlainHTTP(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	r.from = "192.0.2.7"
	for _, path := range []string{"/desk", "/desk/signin", "/desk/enter/" + r.links["first"]} {
		a := r.get("first", path)
		if a.StatusCode != 403 || !strings.Contains(a.body, "只能用加密连接打开") || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
}

func TestALinkComesInAsOftenAsItIsOpened(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	for range 2 {
		a := r.get("", "/desk/enter/"+r.links["first"])
		cookie := a.Header.Get("Set-Cookie")
		if a.StatusCode != 303 || a.Header.Get("Location") != "/desk" || !strings.HasPrefix(cookie, "desk=") ||
			!strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
			t.Fatalf("%d %v", a.StatusCode, a.Header)
		}
	}
	if a := r.get("", "/desk/enter/other"); a.Header.Get("Location") != "/desk/signin" || a.Header.Get("Set-Cookie") != "" {
		t.Errorf("a link that opens nothing: %v", a.Header)
	}
}

func TestWhoMayNotSeeACaseIsAnsweredAsIfThereWereNone(t *testing.T) {
	r := newRoom(t, complainttest.Staffed())
	draft := r.draft()
	draft.Accused[0].Unit = "410823-01"
	n := r.file(draft)
	none := "2026" + "00000000"
	for c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
		if try := complaint.Number(none + string("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[c])); try.Valid() {
			none = string(try)
			break
		}
	}
	seen := r.get("county-vet", "/desk/cases/"+string(n))
	if seen.StatusCode != 200 || !strings.Contains(seen.body, "包就业") {
		t.Fatalf("the handler of the county: %d", seen.StatusCode)
	}
	for _, who := range []string{"school", "vet", "liaison", "analyst"} {
		hidden, absent := r.get(who, "/desk/cases/"+string(n)), r.get(who, "/desk/cases/"+none)
		if hidden.StatusCode != 404 || hidden.body != absent.body || !maps.EqualFunc(hidden.Header, absent.Header, func(a, b []string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
			t.Errorf("%s: %d\n%s\n%s", who, hidden.StatusCode, hidden.body, absent.body)
		}
		if a := r.get(who, "/desk"); a.StatusCode != 200 || strings.Contains(a.body, string(n)) {
			t.Errorf("%s: queue %d", who, a.StatusCode)
		}
	}
}
