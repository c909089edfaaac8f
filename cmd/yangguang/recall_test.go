package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yangguang/realtest"
	"yangguang/staff"
	"yangguang/store"
)

// deskCopy is a site's officers, whose database is taken back to an older copy.
type deskCopy struct {
	*testing.T
	settings []string // of every command
	// copied takes the copy, back brings it back and returns what that says.
	copied func()
	back   func() string
}

func (d *deskCopy) officer(line string) string {
	d.Helper()
	code, says, said := once(append(strings.Fields("officer "+line), d.settings...)...)
	if code != 0 {
		d.Fatalf("officer %s: %d %s", line, code, said)
	}
	return says
}

// roll does something with the officers as the running site does.
func (d *deskCopy) roll(do func(ctx context.Context, roll *store.Roll)) {
	d.Helper()
	set, _, err := parse(d.settings, none)
	must(d.T, err)
	h, err := open(d.Context(), set, false)
	must(d.T, err)
	defer h.close()
	do(d.Context(), h.db.Roll())
}

func (d *deskCopy) account(id string) (a staff.Account) {
	d.Helper()
	d.roll(func(ctx context.Context, roll *store.Roll) {
		var err error
		a, err = roll.Account(ctx, id)
		must(d.T, err)
	})
	return a
}

func (d *deskCopy) save(id string, change func(*staff.Account)) {
	d.Helper()
	d.roll(func(ctx context.Context, roll *store.Roll) {
		a, err := roll.Account(ctx, id)
		must(d.T, err)
		change(&a)
		must(d.T, roll.Save(ctx, a))
	})
}

// served is a desk on PostgreSQL, which its own programs bring back.
func servedDesk(t *testing.T) *deskCopy {
	address, dump := realtest.Postgres(t), filepath.Join(t.TempDir(), "dump")
	d := &deskCopy{T: t, settings: []string{"--database-url", address, "--key-file", filepath.Join(t.TempDir(), "k"), "--data", t.TempDir()}}
	run := func(name string, args ...string) {
		if out, err := exec.Command(realtest.PostgresProgram(t, name), append(args, "-d", address)...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", name, err, out)
		}
	}
	d.copied = func() { run("pg_dump", "-Fc", "-f", dump) }
	d.back = func() string { run("pg_restore", "--clean", "--if-exists", dump); return "" }
	return d
}

// fileDesk is one in a file, which the program brings back.
func fileDesk(t *testing.T) *deskCopy {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "b.db")
	d := &deskCopy{T: t, settings: []string{"--data", data}}
	d.copied = func() {
		if code, _, said := once("backup", file, "--data", data); code != 0 {
			t.Fatal(said)
		}
	}
	d.back = func() string {
		for _, name := range []string{"yangguang.db", "yangguang.db-wal", "yangguang.db-shm", holdName} {
			os.Remove(filepath.Join(data, name))
		}
		code, says, said := once("restore", file, "--data", data)
		if code != 0 {
			t.Fatal(said)
		}
		return says
	}
	return d
}

// After an older copy of the database was brought back nobody is signed in, no
// link holds, and whoever was disabled since is out; what cannot be done again
// is said. Where the log is lost, that is said.
func TestOfficersOfAnOlderCopy(t *testing.T) {
	for name, made := range map[string]func(*testing.T) *deskCopy{"PostgreSQL": servedDesk, "SQLite": fileDesk} {
		t.Run(name, func(t *testing.T) { made(t).recalls() })
	}
}

func (d *deskCopy) recalls() {
	start(d.T, d.settings...).stop()
	for _, id := range []string{"a-gone", "b-reset", "c-code", "d-moved", "e-same", "f-link"} {
		d.officer("add " + id + " --name 王 --units 410800 --roles 登记,分派,经办")
		if id != "f-link" {
			d.save(id, func(a *staff.Account) {
				a.State, a.Passphrase, a.Recovery, a.Invitation = staff.Active, "hash", [][]byte{{1}, {2}}, nil
			})
		}
	}
	began := time.Now()
	session := staff.Session{Hash: []byte("token"), Officer: "e-same", Epoch: d.account("e-same").Epoch, Began: began, Seen: began}
	d.roll(func(ctx context.Context, roll *store.Roll) { must(d.T, roll.Begin(ctx, session)) })
	d.copied()

	d.officer("disable a-gone")
	d.officer("reset b-reset")
	d.save("c-code", func(a *staff.Account) { a.Recovery = a.Recovery[1:] })
	d.officer("change d-moved --roles 审核 --interests 410800-01")
	d.save("e-same", func(a *staff.Account) { a.Step = 9 }) // signed in
	d.officer("add g-new --name 李 --units 410800 --roles 登记")
	said := d.back()
	p := start(d.T, d.settings...)
	p.stop()
	said += p.out.String()
	for _, want := range []string{
		"全部退出了", "a-gone：备份以后停用过", "b-reset：备份以后重置过", "c-code：恢复码作废了", "d-moved：备份以后改过", "f-link：没用过的链接", "g-new：备份以后才加的",
	} {
		if strings.Count(said, want) != 1 {
			d.Errorf("it does not say once %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "e-same：") {
		d.Errorf("of whom nothing changed it says\n%s", said)
	}
	for id, want := range map[string]staff.State{
		"a-gone": staff.Disabled, "b-reset": staff.Disabled, "c-code": staff.Active, "d-moved": staff.Active, "e-same": staff.Active, "f-link": staff.Disabled,
	} {
		a := d.account(id)
		if a.State != want || len(a.Invitation) > 0 || want == staff.Disabled && a.Passphrase != "" {
			d.Errorf("%s: %s, link %q, passphrase %q", id, a.State, a.Invitation, a.Passphrase)
		}
		if a.Epoch <= session.Epoch {
			d.Errorf("%s: sessions go on", id)
		}
	}
	if a := d.account("c-code"); len(a.Recovery) != 0 {
		d.Errorf("used codes are back: %q", a.Recovery)
	}
	if a := d.account("d-moved"); !a.Is(staff.Reviewer) || len(a.Interests) != 1 {
		d.Errorf("the kin is forgotten: %+v", a.Officer)
	}

	again := start(d.T, d.settings...)
	if says := again.out.String(); strings.Contains(says, "退出") || strings.Contains(says, "作废") {
		d.Errorf("the next start says it again:\n%s", says)
	}
	again.stop()

	set, _, err := parse(d.settings, none)
	must(d.T, err)
	must(d.T, os.Remove(officersBeside(set.keys(), nil).Path()))
	if says := d.back() + d.officer("list"); !strings.Contains(says, "找不到 officers.log") {
		d.Errorf("without the log: %s", says)
	}
	if a := d.account("e-same"); len(a.Recovery) != 0 {
		d.Error("without the log recovery codes still open")
	}
}
