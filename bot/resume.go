package bot

import (
	"context"
	"time"

	"yangguang/complaint"
)

// A complaint is kept before its conversation is: whoever is cut off between
// the two comes back to a summary that looks unsent. What happens next in the
// conversation finds the case, shows number and receipt, and adds to it what
// was changed meanwhile.

// interrupted reports whether a case was filed from a talk that doesn't know.
func (c *Clerk) interrupted(ctx context.Context, o open) (bool, error) {
	if o.talk.Receipt == "" || o.talk.Done != nil {
		return false, nil
	}
	return c.Office.Filed(ctx, o.Draft)
}

// resumed returns a talk as it is after one more event, with what was said; one
// that was interrupted ends as filed.
func (c *Clerk) resumed(ctx context.Context, was open, talk Talk, replies []Reply, now time.Time) (Talk, []Reply, error) {
	filed, err := c.interrupted(ctx, was)
	if err != nil || !filed {
		return talk, replies, err
	}
	erased := talk.Over
	if erased { // the draft was; the case stays
		talk = was.talk
	}
	draft, err := talk.draft()
	if err != nil {
		return talk, nil, err
	}
	if _, settled := talk.accused(); !settled { // whom it is against was being changed
		before, err := was.talk.draft()
		if err != nil {
			return talk, nil, err
		}
		draft.Kind, draft.Accused, draft.About = before.Kind, before.Accused, before.About
	}
	draft.Key = was.Key
	draft.Words = c.words(Effect{Draft: draft, Lines: talk.told()})
	e, err := c.amend(ctx, draft)
	if err != nil {
		return talk, nil, err
	}
	talk, last, _ := talk.Next(e, now)
	if erased {
		last = append([]Reply{{Key: "filed.kept"}}, last...)
	}
	return talk, append(remarksOf(replies), last...), nil
}

// amend adds to a case what its draft says by now.
func (c *Clerk) amend(ctx context.Context, d complaint.Draft) (Event, error) {
	amended, err := c.Office.Amend(ctx, d, c.Record().Wording("talk").Say("amended", nil)+"\n\n")
	return Event{Act: Filed, Again: true, Amended: amended}, err
}
