package complaint

import "context"

// Try reports for each list of actions whether Act would take it now, with nil
// for those it would, and does nothing: it is what a desk may offer. Who does
// not see the case gets ErrNotFound.
func (o *Office) Try(ctx context.Context, who OfficerID, n Number, tries ...[]Action) ([]error, error) {
	roster, err := o.Roster(ctx)
	if err != nil {
		return nil, err
	}
	rec, err := o.Book.Record(ctx, roster.Scope(who), n)
	if err != nil {
		return nil, o.met(err)
	}
	at := o.moment()
	out := make([]error, len(tries))
	for i, actions := range tries {
		c, err := o.fold(rec) // anew, for moves change it
		if err != nil {
			return nil, err
		}
		w := &work{office: o, at: at, key: rec.Key, c: c}
		for _, a := range actions {
			if out[i] = o.officerMoves(ctx, roster, who, w, a); out[i] != nil {
				break
			}
		}
	}
	return out, nil
}
