package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"yangguang/bot"
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
	// again is how many cases were erased again.
	again int
}

// reception opens the office. Nothing is served before what was erased is.
func (h *house) reception(ctx context.Context, set settings, log *slog.Logger) (*reception, error) {
	bureau := bureauOf(h.board.Snapshot())
	if bureau == "" {
		return nil, errNoBureau
	}
	keys, err := openKeys(ctx, h.db, set.keys())
	if err != nil {
		return nil, err
	}
	var trial *staff.Trial
	if !set.operated() {
		if trial, err = trialOf(bureau); err != nil {
			return nil, err
		}
	}
	door := newDoor(h.db.Roll(), trial, keys, page.NewMeter(h.now), h.now)
	hurt := &damage{log: log}
	h.db.PassOver(hurt.met)
	office := h.office(keys, door.Officers)
	office.Damaged = hurt.met
	cabinet := evidence.NewCabinet(h.db.Vault(), keys, h.db.Book(), h.now)
	clerk := h.clerk(keys, office, cabinet)
	again, err := eraseAgain(ctx, office, seal.ErasuresBeside(set.keys()))
	if err != nil {
		return nil, err
	}
	return &reception{
		office: office, clerk: clerk, cabinet: cabinet, links: linksOf(trial), damage: hurt, again: again,
		desk: desk.New(desk.Config{
			Office: office, Door: door, Mint: keys.Mint, Files: cabinet, QR: qrCode, Identity: set.identity(),
			Damaged: hurt.all, Log: log, Now: h.now,
		}),
		clockwork: &clockwork{
			db: h.db, office: office, public: h.board.Snapshot, log: log,
			sweeps: []sweep{
				{"files that never arrived whole removed", cabinet.Sweep},
				{"conversations that ran out forgotten", clerk.Sweep},
			},
		},
	}, nil
}

// clerk takes conversations down, with the files that come in them.
func (h *house) clerk(keys *seal.Keys, office *complaint.Office, cabinet *evidence.Cabinet) *bot.Clerk {
	return &bot.Clerk{
		Sessions: h.db.Talks(), Office: office, Site: h.finder, Sealer: keys, Mint: keys.Mint, MAC: keys.MACFor("conversation"),
		Record: h.board.Snapshot, Discard: cabinet.Drop, Now: h.now,
	}
}

// tell says where the officers come in.
func (r *reception) tell(w io.Writer, base string) {
	for _, l := range r.links {
		fmt.Fprintf(w, "%s: %s%s\n", l.name, base, l.path)
	}
	if r.again > 0 {
		fmt.Fprintf(w, "有 %d 件删除过的投诉又出现在数据里，已经再次删除。\n", r.again)
	}
}
