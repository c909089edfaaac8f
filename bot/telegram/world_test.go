package telegram

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/bot/telegram/telegramtest"
	"yangguang/complaint"
	"yangguang/complaint/evidence"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/search"
	"yangguang/store"
)

// house is what the channel stands in: the real store, office, clerk and cabinet.
type house struct {
	db      *store.DB
	keys    *seal.Keys
	office  *complaint.Office
	clerk   *bot.Clerk
	cabinet *evidence.Cabinet
	slips   *bot.SlipBox
	courier *complaint.Courier
	record  *content.Snapshot
}

func openHouse(folder string, record *content.Snapshot) (*house, error) {
	db, err := store.Open(context.Background(), store.Config{Folder: folder})
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "keys")
	keys, err := seal.LoadKeys(path)
	if err != nil {
		keys, err = seal.MakeKeys(path)
	}
	if err != nil {
		return nil, err
	}
	roster, err := cityOf(record)
	if err != nil {
		return nil, err
	}
	h := &house{db: db, keys: keys, record: record, cabinet: evidence.NewCabinet(db.Vault(), keys, db.Book(), time.Now)}
	h.office = &complaint.Office{
		Book: db.Book(), Sealer: keys, MAC: keys.MAC, Calendar: record.WorkingDays,
		Roster: func(context.Context) (*complaint.Roster, error) { return roster, nil },
	}
	finder := search.NewFinder(search.NewMemory())
	if err := finder.Follow(context.Background(), record); err != nil {
		return nil, err
	}
	h.clerk = &bot.Clerk{
		Sessions: db.Talks(), Office: h.office, Site: finder, Sealer: keys, Mint: keys.Mint, MAC: keys.MACFor("conversation"),
		Record: func() *content.Snapshot { return record }, Discard: h.cabinet.Drop,
	}
	h.slips = &bot.SlipBox{Slips: db.Slips(), Now: time.Now}
	return h, nil
}

// cityOf seats two officers at the bureau of the record.
func cityOf(record *content.Snapshot) (*complaint.Roster, error) {
	var units []complaint.Unit
	bureau := ""
	for _, u := range record.Units() {
		if u.Kind == content.Bureau {
			bureau = u.Code
		}
	}
	for _, u := range record.Units() {
		switch u.Kind {
		case content.Bureau:
			units = append(units, complaint.Unit{Code: u.Code, Level: complaint.CityLevel},
				complaint.Unit{Code: u.Code + ".vet", Parent: u.Code, Level: complaint.SectionLevel, Duty: complaint.Vocational})
		case content.County, content.District:
			units = append(units, complaint.Unit{Code: u.Code, Parent: bureau, Level: complaint.CountyLevel})
		case content.MunicipalSchool:
			units = append(units, complaint.Unit{Code: u.Code, Parent: bureau, Level: complaint.SchoolLevel})
		case content.CountySchool:
			county, _, _ := strings.Cut(u.Code, "-")
			units = append(units, complaint.Unit{Code: u.Code, Parent: county, Level: complaint.SchoolLevel})
		}
	}
	org, err := complaint.NewOrg(units)
	seat := func(id string, roles ...complaint.Role) complaint.Officer {
		return complaint.Officer{ID: complaint.OfficerID(id), Units: []string{bureau}, Roles: roles, Active: true}
	}
	return &complaint.Roster{Org: org, Officers: []complaint.Officer{
		seat("first", complaint.Intake, complaint.Triage, complaint.Handler, complaint.Liaison),
		seat("second", complaint.UnitHead, complaint.Reviewer, complaint.Supervisor, complaint.CallbackOfficer, complaint.Custodian),
	}}, err
}

const (
	address = "https://zs.example.gov.cn"
	group   = int64(-1001)
)

// config is the channel's in this house, against that Bot API server.
func (h *house) config(api string, log io.Writer) Config {
	return Config{
		Token: telegramtest.Token, API: api, Address: address, Group: group,
		Clerk: h.clerk, Files: h.cabinet, Outbox: h.db.Outbox(), Slips: h.slips, Sealer: h.keys, Mint: h.keys.Mint,
		MAC: h.keys.MACFor("telegram"), Marks: h.db, Record: func() *content.Snapshot { return h.record },
		Refused: func(err error) string {
			if r, ok := errors.AsType[*evidence.Refused](err); ok {
				return "原因 " + string(r.Why)
			}
			return ""
		},
		Unreached: h.office.Unreached,
		Log:       slog.New(slog.NewTextHandler(log, nil)),
	}
}

// quick takes away what only spares Telegram.
func (c *Channel) quick() *Channel {
	c.pace.inAll, c.pace.inChat, c.pace.inGroup = 0, 0, 0
	return c
}

// world is a house with a running channel and a Bot API server.
type world struct {
	*house
	*Channel
	t    *testing.T
	api  *telegramtest.Server
	log  *buffer
	stop func()
	read map[int64]int // messages read by chat
}

// buffer is a log that may be read while it is written.
type buffer struct {
	mu sync.Mutex
	strings.Builder
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Builder.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Builder.String()
}

func newWorld(t *testing.T, change ...func(*Config)) *world {
	t.Helper()
	h, err := openHouse(t.TempDir(), contenttest.Bundled(t))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{house: h, t: t, api: telegramtest.New(), log: new(buffer), read: map[int64]int{}}
	c := h.config(w.api.URL, w.log)
	for _, f := range change {
		f(&c)
	}
	if w.Channel, err = New(c); err != nil {
		t.Fatal(err)
	}
	w.quick()
	w.courier = &complaint.Courier{
		Book: h.db.Book(), Sealer: h.keys, Marks: h.db, Desk: w.Announce,
		Carry: map[complaint.Channel]func(context.Context, complaint.Letter, string) error{complaint.Telegram: w.Carry},
	}
	w.carry()
	w.run()
	t.Cleanup(func() {
		w.stop()
		w.api.Stop()
		if err := h.db.Close(); err != nil {
			t.Error(err)
		}
		if strings.Contains(w.log.String(), "TESTTOKEN") {
			t.Errorf("the token is in the log:\n%s", w.log)
		}
	})
	return w
}

// run runs the channel until stop.
func (w *world) run() {
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { w.Run(ctx) })
	w.stop = func() { cancel(); done.Wait() }
}

// carry takes letters over.
func (w *world) carry() {
	w.t.Helper()
	if _, err := w.courier.Step(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

const patience = 20 * time.Second

// next is what the bot says next in a chat.
func (w *world) next(chat int64) telegramtest.Message {
	w.t.Helper()
	w.read[chat]++
	return w.api.Await(chat, w.read[chat], patience)
}

// says checks that the next message holds these words, in this order.
func (w *world) says(chat int64, words ...string) telegramtest.Message {
	w.t.Helper()
	m := w.next(chat)
	rest := m.Text
	for _, word := range words {
		_, after, found := strings.Cut(rest, word)
		if !found {
			w.t.Errorf("chat %d: no %q (in that place) in:\n%s", chat, word, m.Text)
			return m
		}
		rest = after
	}
	return m
}

func (w *world) write(chat int64, text string, answer ...string) telegramtest.Message {
	w.t.Helper()
	w.api.Write(chat, text)
	return w.says(chat, answer...)
}

func (w *world) press(chat int64, label string, answer ...string) telegramtest.Message {
	w.t.Helper()
	w.api.Press(chat, label)
	return w.says(chat, answer...)
}

// quiet checks that nothing more was said in a chat.
func (w *world) quiet(chat int64) {
	w.t.Helper()
	if said := w.api.Said(chat); len(said) != w.read[chat] {
		w.t.Errorf("chat %d: %d messages, want %d; the last:\n%s", chat, len(said), w.read[chat], said[len(said)-1].Text)
	}
}

// settled waits until all updates are acknowledged and nothing is to be sent.
func (w *world) settled() {
	w.t.Helper()
	for range 2000 {
		h, err := w.Health(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if w.api.Waiting() == 0 && h.Waiting == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.t.Fatalf("%d updates are not acknowledged", w.api.Waiting())
}

func (w *world) cases() []complaint.Docket {
	w.t.Helper()
	list, err := w.office.Book.List(w.t.Context(), complaint.Unscoped(), complaint.Query{Limit: 1000})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// token is the token of the one-time link in a message.
func token(m telegramtest.Message) string {
	_, after, _ := strings.Cut(m.Text, address+bot.SlipPath)
	token, _, _ := strings.Cut(after, "\n")
	return strings.TrimSpace(token)
}
