package complaint

import (
	"context"
	"slices"
)

// Folder is how the files of a draft or case are reached: the key they are
// sealed under, which opens nothing by itself, and what is known of them. Room
// complaint/evidence seals and opens with it.
type Folder struct {
	Key      Key
	Evidence []Evidence
	// Opened is the file whose original somebody gave a reason to open.
	Opened string
}

// Find returns what is known of a file in the folder.
func (f Folder) Find(id string) (Evidence, bool) {
	i := slices.IndexFunc(f.Evidence, func(e Evidence) bool { return e.ID == id })
	if i < 0 {
		return Evidence{}, false
	}
	return f.Evidence[i], true
}

// Folder returns the folder of a case for an officer who sees it, and notes
// like Open that this role looked. Who does not see the case gets ErrNotFound.
func (o *Office) Folder(ctx context.Context, who OfficerID, n Number) (Folder, error) {
	return o.folder(ctx, who, n, func(w *work, roster *Roster) error { return w.look(roster, who) })
}

// OpenOriginal is the officer's move of that name: it notes the reason and the
// file in the events, and returns the folder in which that original can be
// opened. ErrNotFound: no such case for this officer, or no such file in it.
func (o *Office) OpenOriginal(ctx context.Context, who OfficerID, n Number, id string, why Reason) (Folder, error) {
	f, err := o.folder(ctx, who, n, func(w *work, roster *Roster) error {
		e, ok := w.folder().Find(id)
		if !ok {
			return ErrNotFound
		}
		return o.officerMoves(ctx, roster, who, w, Action{Move: OpenOriginal, Facts: Facts{Reason: why, Evidence: []Evidence{e}}})
	})
	if err == nil {
		f.Opened = id
	}
	return f, err
}

func (o *Office) folder(ctx context.Context, who OfficerID, n Number, do func(*work, *Roster) error) (Folder, error) {
	var f Folder
	_, err := o.change(ctx, func(roster *Roster) (Record, func(*work) error, error) {
		rec, err := o.Book.Record(ctx, roster.Scope(who), n)
		if err != nil {
			return Record{}, nil, err
		}
		return rec, func(w *work) error {
			f = w.folder()
			return do(w, roster)
		}, nil
	})
	if err != nil {
		return Folder{}, err
	}
	return f, nil
}

func (w *work) folder() Folder {
	return Folder{Key: w.key, Evidence: slices.Clone(w.c.Evidence)}
}

// OwnFolder returns the folder of the case for the citizen who has its receipt.
// For any other code it returns ErrNotFound.
func (o *Office) OwnFolder(ctx context.Context, receipt Receipt) (Folder, error) {
	rec, err := o.Book.ByReceipt(ctx, o.MAC(receipt.Bytes()))
	if err != nil {
		return Folder{}, err
	}
	c, err := o.fold(rec)
	if err != nil {
		return Folder{}, err
	}
	return Folder{Key: rec.Key, Evidence: c.Evidence}, nil
}
