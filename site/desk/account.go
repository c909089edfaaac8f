package desk

import (
	"encoding/hex"
	"errors"
	"net/netip"
	"strings"

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
}

func (d *Desk) account(v *visit) (templ.Component, error) {
	all, err := d.Door.Sessions(v.ctx, v.Seat)
	if err != nil {
		return nil, err
	}
	o := v.Seat.Officer
	v.frame.Title, v.frame.Here = "我的账号", accountPath
	return accountView(accountPage{
		frame: v.frame, Seat: v.Seat, Units: v.units(o.Units), Interests: v.units(o.Interests),
		Roles: roleWords(o.Roles), Combined: o.Combined(), Sessions: all,
	}), nil
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
