package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"yangguang/complaint"
	"yangguang/staff"
)

// lack is a kind of complaint that nobody can take in and handle; person: only
// where it is against a person.
type lack struct {
	complaint.Profile
	person bool
}

// lackedBy returns what a roster cannot take, even where nobody is excluded.
func lackedBy(roster *complaint.Roster) (all []lack) {
	refused := func(q complaint.Asked) bool {
		var no *complaint.Refusal
		_, err := roster.Route(q)
		return errors.As(err, &no) && no.Why == complaint.RefusedNobody
	}
	for _, kind := range complaint.Kinds() {
		p, _ := kind.Profile()
		switch {
		case !p.Kept:
		case refused(complaint.Asked{Kind: kind}):
			all = append(all, lack{p, false})
		case p.PersonTakes && refused(complaint.Asked{Kind: kind, Accused: []complaint.Accused{{Kind: complaint.Teacher}}}):
			p.Lane = complaint.Restricted
			all = append(all, lack{p, true})
		}
	}
	return all
}

// takers are who takes in and handles what lies in a lane.
var takers = []struct {
	lane complaint.Lane
	says string
}{
	{complaint.Ordinary, "分派员和承办人"}, {complaint.Restricted, "纪检联络员"}, {complaint.Editorial, "编辑"},
}

// sayLacks says what the site does not take while the officers are as they are.
// Who has not signed in yet does not count.
func (p personnel) sayLacks(ctx context.Context) error {
	accounts, err := p.Roll.Accounts(ctx)
	if err != nil {
		return err
	}
	roster, err := rosterOf(p.board.Snapshot(), officersOf(accounts))
	if err != nil {
		return err
	}
	when := "现在"
	if p.trial {
		when = "正式运行的话，"
	}
	if !roster.Receiving() {
		fmt.Fprintf(p.out, "注意：%s网站什么投诉都不收，只告诉来的人打哪个电话。教育局要有在用的%s（本人登录过才算）。\n", when, rolesSaid([]staff.Role{staff.Intake}))
		return nil
	}
	lacks := lackedBy(roster)
	if len(lacks) == 0 {
		return nil
	}
	names := map[complaint.Lane][]string{}
	for _, l := range lacks {
		name := l.Chinese
		if l.person {
			name += "（反映个人的）"
		}
		names[l.Lane] = append(names[l.Lane], name)
	}
	fmt.Fprintf(p.out, "注意：%s下面几类没有人能接，不收，只告诉来的人打哪个电话：\n", when)
	for _, t := range takers {
		if kinds := names[t.lane]; len(kinds) > 0 {
			fmt.Fprintf(p.out, "  %s。教育局要有在用的%s（本人登录过才算）。\n", strings.Join(kinds, "；"), t.says)
		}
	}
	return nil
}
