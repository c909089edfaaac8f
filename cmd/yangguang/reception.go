package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"yangguang/bot"
	"yangguang/bot/redisstore"
	"yangguang/bot/telegram"
	"yangguang/complaint"
	"yangguang/complaint/evidence"
	"yangguang/complaint/seal"
	"yangguang/site/desk"
	"yangguang/site/page"
	"yangguang/staff"
)

// errNoBureau: nobody is there to receive a complaint.
var errNoBureau = errors.New("the record has no bureau")

// reception is the complaint office with all that a serving process needs of
// it: where citizens and officers come in, and what time does by itself.
type reception struct {
	office    *complaint.Office
	clerk     *bot.Clerk
	cabinet   *evidence.Cabinet
	desk      *desk.Desk
	links     []link
	clockwork *clockwork
	damage    *damage
	limiter   page.Limiter
	redis     *redisstore.Store // nil: none
	telegram  *telegram.Channel // nil: none
	slips     *bot.SlipBox      // nil: none
	// warnings are what whoever runs the site should change.
	warnings []string
	// again is how many cases were erased again, officers what became of them
	// where the database is an older copy.
	again    int
	officers recalled
}

// reception opens the office. Nothing is served before what was erased is.
func (h *house) reception(ctx context.Context, set settings, log *slog.Logger) (*reception, error) {
	bureau := bureauOf(h.board.Snapshot())
	if bureau == "" {
		return nil, errNoBureau
	}
	keys, err := openKeys(ctx, h.db, set.keys(), set.database != "")
	if err != nil {
		return nil, err
	}
	var trial *staff.Trial
	if !set.operated() {
		if trial, err = trialOf(bureau, set.demo); err != nil {
			return nil, err
		}
	}
	r := &reception{links: linksOf(trial), limiter: page.NewMeter(h.now)}
	sessions := bot.Sessions(h.db.Talks())
	if set.redis != "" {
		if r.redis, r.warnings, err = openRedis(ctx, set, keys, log); err != nil {
			return nil, err
		}
		sessions, r.limiter = r.redis.Sessions(), r.redis.Limits()
	}
	door := newDoor(h.db.Roll(), trial, keys, r.limiter, h.now)
	r.damage = &damage{log: log}
	h.db.PassOver(r.damage.met)
	r.office = h.office(keys, door.Officers)
	r.office.Damaged = r.damage.met
	r.cabinet = evidence.NewCabinet(h.db.Vault(), keys, h.db.Book(), h.now)
	r.clerk = h.clerk(sessions, keys, r.office, r.cabinet)
	r.desk = desk.New(desk.Config{
		Office: r.office, Door: door, Mint: keys.Mint, Files: r.cabinet, QR: qrCode, Identity: set.identity(),
		Damaged: r.damage.all, Log: log, Now: h.now,
	})
	r.clockwork = &clockwork{
		db: h.db, office: r.office, public: h.board.Snapshot, log: log,
		sweeps: []sweep{
			{"files that never arrived whole removed", r.cabinet.Sweep},
			{"conversations that ran out forgotten", r.clerk.Sweep},
		},
	}
	if set.telegram.token != "" {
		if err := r.openTelegram(h, set, keys, log); err != nil {
			return nil, errors.Join(err, r.close())
		}
	}
	if set.demo {
		if err := h.demoCases(ctx, r.office, keys.Mint); err != nil {
			return nil, errors.Join(err, r.close())
		}
	}
	if r.again, err = eraseAgain(ctx, r.office, seal.ErasuresBeside(set.keys())); err != nil {
		return nil, errors.Join(err, r.close())
	}
	if r.officers, err = recall(ctx, h.db, h.past); err != nil {
		return nil, errors.Join(err, r.close())
	}
	return r, nil
}

func (r *reception) close() error {
	if r.redis == nil {
		return nil
	}
	return r.redis.Close()
}

// clerk takes conversations down, with the files that come in them.
func (h *house) clerk(sessions bot.Sessions, keys *seal.Keys, office *complaint.Office, cabinet *evidence.Cabinet) *bot.Clerk {
	return &bot.Clerk{
		Sessions: sessions, Office: office, Site: h.finder, Sealer: keys, Mint: keys.Mint, MAC: keys.MACFor("conversation"),
		Record: h.board.Snapshot, Discard: cabinet.Drop, Now: h.now,
	}
}

// tell says where the officers come in.
func (r *reception) tell(w io.Writer, base string) {
	for _, l := range r.links {
		fmt.Fprintf(w, "%s: %s%s\n", l.name, base, l.path)
	}
	for _, warning := range r.warnings {
		fmt.Fprintln(w, "请注意："+warning)
	}
	if r.again > 0 {
		fmt.Fprintf(w, "有 %d 件删除过的投诉又出现在数据里，已经再次删除。\n", r.again)
	}
	r.officers.tell(w)
}
