package complaint

import "fmt"

// work is a case on the desk while moves are made, until all of them are
// appended as one entry.
type work struct {
	office *Office
	at     moment
	key    Key
	sealer func(place string, plain []byte) ([]byte, error) // of that key, once it is needed
	c      Case
	Entry
}

// move makes one move if table and terms allow it.
func (w *work) move(m Move, by Actor, f Facts, words []byte) error {
	found, err := w.c.find(m, by, f)
	if err != nil {
		return err
	}
	r := found[0]
	if err := w.inTime(&r, found, by); err != nil {
		return err
	}
	if err := r.carries(words, f); err != nil && m != File { // whose parts are checked with the draft
		return err
	}
	e, err := Event{Seq: w.c.Version + 1, At: w.at.now, Move: m, By: by, Rules: w.at.rules.Version, Facts: f}.Chained(w.c.sum)
	if err != nil {
		return err
	}
	w.c.step(found[0], e)
	w.Events = append(w.Events, e)
	if r.letter != "" {
		w.Letters = append(w.Letters, Letter{Seq: e.Seq, Key: r.letter, At: e.At})
	}
	if key := deskLetter(w.c, e); key != "" {
		w.Letters = append(w.Letters, Letter{Seq: e.Seq, Key: key, To: ToDesk, At: e.At})
	}
	w.Erase = w.Erase || m == Erase
	return w.seal(Words, words)
}

// inTime takes the first line whose term holds now.
func (w *work) inTime(r *row, found []row, by Actor) error {
	for _, line := range found {
		if line.term == nil || line.term(w.c, by, w.at) {
			*r = line
			return nil
		}
	}
	return fmt.Errorf("%w: %s", ErrNotNow, r.move)
}

// carries checks what a move must say.
func (r row) carries(words []byte, f Facts) error {
	for _, n := range r.needs {
		if n.word == wordsNeeded && len(words) == 0 || n.word == wordsOrEvidenceNeeded && len(words) == 0 && len(f.Evidence) == 0 {
			return fmt.Errorf("%w: %s without %s", ErrIncomplete, r.move, n.word)
		}
	}
	return nil
}

// seal adds words to the last event; none need no part.
func (w *work) seal(kind PartKind, plain []byte) error {
	if len(plain) == 0 {
		return nil
	}
	var err error
	if w.sealer == nil {
		w.sealer, err = w.office.Sealer.Sealing(w.key)
	}
	if err != nil {
		return fmt.Errorf("complaint: sealing: %w", err)
	}
	sealed, err := w.sealer(place(w.c.Version, kind), plain)
	if err != nil {
		return fmt.Errorf("complaint: sealing: %w", err)
	}
	w.Parts = append(w.Parts, Part{w.c.Version, kind, sealed})
	return nil
}

// place is where a part stands in its case.
func place(seq int, kind PartKind) string { return fmt.Sprintf("%d/%s", seq, kind) }

// entry returns what is to be appended.
func (w *work) entry(n Number) Entry {
	for i := range w.Letters {
		w.Letters[i].Number = n
	}
	w.Docket = docket(n, w.c, Deadlines(w.c, w.at.rules, w.at.cal))
	return w.Entry
}
