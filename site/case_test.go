package site

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/evidence"
	"yangguang/complaint/evidence/evidencetest"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/content/contenttest"
	packs "yangguang/content/sheet"
	"yangguang/search"
	"yangguang/site/page"
)

// bundled is the pack of the program as a shelf with one edition.
var bundled = sync.OnceValues(func() (*contenttest.Shelf, error) {
	pack, err := packs.ReadPack(content.Bundled())
	if err != nil {
		return nil, err
	}
	shelf := new(contenttest.Shelf)
	_, err = content.Publish(context.Background(), shelf, pack, content.Act{Origin: content.FromBundled, At: time.Unix(1795503600, 0), By: "编辑", ApprovedBy: "审核"})
	return shelf, err
})

// office is the site of a trial with its office, over the bundled pack and a
// book in memory.
type office struct {
	*testing.T
	site *Site
	*complaint.Office
	book     complaint.Book
	ring     *seal.Ring
	vault    *evidencetest.Vault
	sessions *sessions
	log      bytes.Buffer
	now      time.Time
	limiter  page.Limiter
	// closed takes no complaints.
	closed bool
	slips  *bot.SlipBox
	hooks  []Hook
}

// newOffice opens it. change may put another book in place.
func newOffice(t *testing.T, change func(*office)) *office {
	t.Helper()
	shelf, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	board, err := content.NewBoard(t.Context(), shelf)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{T: t, book: new(complainttest.Book), vault: new(evidencetest.Vault), sessions: &sessions{}, now: time.Date(2026, 11, 24, 9, 0, 0, 0, calendar.China)}
	if o.ring, err = seal.New(bytes.Repeat([]byte{7}, seal.KeySize)); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(o)
	}
	clock := func() time.Time { return o.now }
	o.Office = &complaint.Office{
		Book: o.book, Sealer: o.ring, Now: clock,
		Roster:   func(context.Context) (*complaint.Roster, error) { return complainttest.Trial(), nil },
		MAC:      func(b []byte) []byte { sum := sha256.Sum256(b); return sum[:] },
		Calendar: func() *calendar.Calendar { return board.Snapshot().WorkingDays() },
	}
	finder := search.NewFinder(search.NewMemory())
	finder.Now = clock
	if err := finder.Follow(t.Context(), board.Snapshot()); err != nil {
		t.Fatal(err)
	}
	cabinet := evidence.NewCabinet(o.vault, o.ring, o.book, clock)
	clerk := &bot.Clerk{
		Sessions: o.sessions, Office: o.Office, Site: finder, Sealer: o.ring, Mint: o.ring.Mint, MAC: o.MAC,
		Record: board.Snapshot, Discard: cabinet.Drop, Now: clock,
	}
	cfg := Config{
		Board: board, Finder: finder, Office: o.Office, Clerk: clerk, Cabinet: cabinet, Slips: o.slips, Hooks: o.hooks, Identity: Trial, Now: clock,
		Limiter: o.limiter,
		Log:     slog.New(slog.NewJSONHandler(&o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if o.closed {
		cfg.Office, cfg.Clerk, cfg.Cabinet = nil, nil, nil
	}
	o.site, err = New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.site.Close)
	return o
}

// reply is an answer of the site; its text is as a reader sees it.
type reply struct {
	*http.Response
	text, raw string
}

func (o *office) send(r *http.Request) reply {
	o.Helper()
	r.Host = "127.0.0.1"
	res, err := o.site.App.Test(r, -1)
	if err != nil {
		o.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		o.Fatal(err)
	}
	return reply{res, html.UnescapeString(string(b)), string(b)}
}

func (o *office) get(path string) reply {
	o.Helper()
	return o.send(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; fields are name, value, name, value.
func (o *office) post(path string, fields ...string) reply {
	o.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.send(r)
}

// newCode is a code that opens nothing.
func (o *office) newCode() string {
	o.Helper()
	receipt, err := complaint.NewReceipt(rand.Reader)
	if err != nil {
		o.Fatal(err)
	}
	return receipt.Reveal()
}

// filed is a pupil's complaint against a municipal school.
func (o *office) filed(words string) complaint.Filed {
	o.Helper()
	return o.filedAs(words, complaint.Draft{
		Kind: complaint.FalseAdvertising, Accused: []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-02"}},
	})
}

// filedAs files a complaint of that kind.
func (o *office) filedAs(words string, d complaint.Draft) complaint.Filed {
	o.Helper()
	receipt, err := complaint.NewReceipt(rand.Reader)
	if err != nil {
		o.Fatal(err)
	}
	id := "draft-" + rand.Text()
	d.ID, d.Receipt, d.Key, d.Words = id, receipt, o.ring.Mint(id), []byte(words)
	d.Identity, d.Channel = complaint.Anonymous, complaint.WebForm
	f, err := o.File(o.Context(), d)
	if err != nil {
		o.Fatal(err)
	}
	return f
}

// acts makes moves of an officer on the case as it stands.
func (o *office) acts(who complaint.OfficerID, n complaint.Number, actions ...complaint.Action) {
	o.Helper()
	rec, err := o.book.Record(o.Context(), complaint.Unscoped(), n)
	if err != nil {
		o.Fatal(err)
	}
	c, err := complaint.Fold(rec.Events)
	if err != nil {
		o.Fatal(err)
	}
	if _, err := o.Act(o.Context(), who, n, c.Turn, actions...); err != nil {
		o.Fatalf("%s %v: %v", who, actions, err)
	}
}

func does(m complaint.Move) complaint.Action { return complaint.Action{Move: m} }

func says(m complaint.Move, words string) complaint.Action {
	return complaint.Action{Move: m, Words: []byte(words)}
}

// answered takes a case from its filing to a signed answer.
func (o *office) answered(n complaint.Number, words string) {
	o.Helper()
	o.acts("first", n, does(complaint.Accept), does(complaint.Assign), does(complaint.SignFor),
		complaint.Action{Move: complaint.DraftReply, Words: []byte(words), Facts: complaint.Facts{Outcome: complaint.Substantiated}}, does(complaint.PresentReply))
	o.acts("second", n, does(complaint.Sign))
}

// has fails for each of the words that is missing, and for each that is there
// after “not:”.
func (r reply) has(t *testing.T, words ...string) {
	t.Helper()
	wants(t, r.text, words...)
}
