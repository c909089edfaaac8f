package desk

import (
	"encoding/hex"
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yangguang/complaint"
	"yangguang/staff"
)

const accountPath = "/desk/account"

// accountPage is what an officer sees of the own account.
type accountPage struct {
	frame
	staff.Seat
	Units, Interests, Roles string
	Combined                []staff.Pair
	Sessions                []staff.Session
	// Wrong is what was wrong with the change of the passphrase, Wait how long
	// until another try; Changed: it was changed just now.
	Wrong   passphraseWrong
	Wait    time.Duration
	Changed bool
}

func (d *Desk) account(v *visit) (templ.Component, error) {
	return d.showAccount(v, accountPage{Changed: v.query("done") == "passphrase"})
}

// refused is that the old passphrase or the code is wrong.
const refused passphraseWrong = "refused"

// changePassphrase gives the officer another one, and the browser a new session.
func (d *Desk) changePassphrase(v *visit) (templ.Component, error) {
	c := staff.Change{Old: posted(v.c, "old"), New: posted(v.c, "passphrase"), Code: posted(v.c, "code"), From: d.from(v.c)}
	p := accountPage{}
	if c.New != posted(v.c, "again") {
		p.Wrong = differ
	} else {
		in, err := d.Door.ChangePassphrase(v.ctx, v.Seat, c)
		switch p.Wrong, p.Wait = wrongPassphrase(err); {
		case p.Wrong != "":
		case errors.Is(err, staff.ErrRefused):
			p.Wrong = refused
		case err != nil:
			return nil, err
		default:
			d.server.SetCookie(v.c, session, in.Token, 0)
			return nil, goes{accountPath + "?done=passphrase"}
		}
	}
	v.status = http.StatusUnprocessableEntity
	return d.showAccount(v, p)
}

func (d *Desk) showAccount(v *visit, p accountPage) (templ.Component, error) {
	all, err := d.Door.Sessions(v.ctx, v.Seat)
	if err != nil {
		return nil, err
	}
	o := v.Seat.Officer
	v.frame.Title, v.frame.Here = "我的账号", accountPath
	p.frame, p.Seat, p.Units, p.Interests = v.frame, v.Seat, v.units(o.Units), v.units(o.Interests)
	p.Roles, p.Combined, p.Sessions = roleWords(o.Roles), o.Combined(), all
	return accountView(p), nil
}

func (v *visit) units(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = v.unit(code)
	}
	return strings.Join(names, "、")
}

func roleWord(r staff.Role) string { return complaint.Role(r).Chinese() }

func roleWords(roles []staff.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = roleWord(r)
	}
	return strings.Join(words, "、")
}

// end ends one of the officer's sessions; the one that asks, too.
func (d *Desk) end(v *visit) (templ.Component, error) {
	hash, err := hex.DecodeString(v.form("session"))
	if err == nil {
		err = d.Door.End(v.ctx, v.Seat, hash)
	}
	// What is not there any more has ended as well.
	if err != nil && !errors.Is(err, staff.ErrNotFound) && !errors.As(err, new(hex.InvalidByteError)) && !errors.Is(err, hex.ErrLength) {
		return nil, err
	}
	return nil, goes{accountPath}
}

func (d *Desk) endOthers(v *visit) (templ.Component, error) {
	if err := d.Door.EndOthers(v.ctx, v.Seat); err != nil {
		return nil, err
	}
	return nil, goes{accountPath}
}

// placeWord says where a session began.
func placeWord(place string) string {
	if a, err := netip.ParseAddr(place); err == nil && a.IsLoopback() {
		return "这台电脑"
	}
	return place
}
