package complaint

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Way is how a citizen is reached with letters: the plain text of the part
// WayBack.
type Way struct {
	Channel Channel `json:"channel"`
	Address string  `json:"address"`
}

// Bytes returns w as a draft carries it.
func (w Way) Bytes() []byte {
	b, err := json.Marshal(w)
	if err != nil {
		panic(err) // two strings
	}
	return b
}

// Courier takes letters from the book to those who carry them, in order. It
// follows the book from a cursor that moves on once a letter was taken over, so
// that a crash repeats letters and loses none: whoever carries knows a letter
// again by its position.
//
// One courier runs at a time. A letter that nobody can carry, because the
// citizen left no way back, the case was erased or the channel is not there any
// more, is passed over.
type Courier struct {
	Book   Book
	Sealer Sealer
	Marks  Marks
	// Carry takes over a letter to a citizen, by the channel of the way back.
	Carry map[Channel]func(ctx context.Context, l Letter, address string) error
	// Desk takes over what the desk is told; nil: nobody listens.
	Desk func(ctx context.Context, l Letter) error
}

// Marks is where the courier keeps its cursor; *store.DB is one.
type Marks interface {
	Mark(ctx context.Context, name string) (string, error)
	SetMark(ctx context.Context, name, value string) error
}

// courierMark holds the position of the last letter that was dealt with.
const courierMark = "courier"

// mostLetters is how many letters are read at a time.
const mostLetters = 100

// Step takes over what is new and returns how many letters were carried. The
// first step of an installation only notes where the book ends: nobody is told
// of what is long past. What cannot be taken over now stays for the next step.
// A letter that does not read, or whose case does not open, is passed over and
// reported, once.
func (c *Courier) Step(ctx context.Context) (int, error) {
	at, err := c.Marks.Mark(ctx, courierMark)
	if err != nil {
		return 0, err
	}
	if at == "" {
		return 0, c.begin(ctx)
	}
	cursor, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("complaint: the courier's mark: %w", err)
	}
	return c.follow(ctx, cursor)
}

// begin notes where the letters end.
func (c *Courier) begin(ctx context.Context) error {
	for end := int64(0); ; {
		letters, err := c.Book.Letters(ctx, end, 10*mostLetters)
		if err != nil {
			return err
		}
		if len(letters) == 0 {
			return c.Marks.SetMark(ctx, courierMark, strconv.FormatInt(end, 10))
		}
		end = letters[len(letters)-1].Position
	}
}

func (c *Courier) follow(ctx context.Context, cursor int64) (carried int, err error) {
	var damaged error
	for {
		letters, err := c.Book.Letters(ctx, cursor, mostLetters)
		if err != nil || len(letters) == 0 {
			return carried, errors.Join(damaged, err)
		}
		began, failed := cursor, error(nil)
		for _, l := range letters {
			did, broken, err := c.deliver(ctx, l)
			if failed = err; failed != nil {
				break
			}
			if broken != nil {
				damaged = errors.Join(damaged, fmt.Errorf("complaint: letter %d: %w", l.Position, broken))
			}
			if cursor = l.Position; did {
				carried++
			}
		}
		if cursor > began {
			failed = errors.Join(failed, c.Marks.SetMark(ctx, courierMark, strconv.FormatInt(cursor, 10)))
		}
		if failed != nil {
			return carried, errors.Join(damaged, failed)
		}
	}
}

// errUnread is no business of a caller: what was kept of a letter is damage.
var errUnread = errors.New("complaint: it cannot be read")

// deliver hands a letter over, if somebody carries it. What is broken about it
// will be so tomorrow.
func (c *Courier) deliver(ctx context.Context, l Letter) (did bool, broken, err error) {
	if l.Key == "" {
		return false, errUnread, nil
	}
	if l.To == ToDesk {
		if c.Desk == nil {
			return false, nil, nil
		}
		return true, nil, c.Desk(ctx, l)
	}
	if l.Key == LetterFiled || len(c.Carry) == 0 { // who files is told at once
		return false, nil, nil
	}
	way, broken, err := c.way(ctx, l)
	carry := c.Carry[way.Channel]
	if broken != nil || err != nil || carry == nil {
		return false, broken, err
	}
	return true, nil, carry(ctx, l, way.Address)
}

// way finds where a letter goes; nowhere, where there is no way or where it
// tells of what the citizen did.
func (c *Courier) way(ctx context.Context, l Letter) (w Way, broken, err error) {
	rec, err := c.Book.Record(ctx, Unscoped(), l.Number)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return Way{}, err, nil
	}
	if err != nil || len(rec.Key.Wrapped) == 0 {
		return Way{}, nil, err
	}
	if l.Seq < 1 || l.Seq > len(rec.Events) {
		return Way{}, errBroken, nil
	}
	if rec.Events[l.Seq-1].By.Role == Citizen {
		return Way{}, nil, nil
	}
	for _, p := range rec.Parts {
		if p.Kind != WayBack {
			continue
		}
		plain, err := c.Sealer.Open(rec.Key, place(p.Seq, p.Kind), p.Sealed)
		if err == nil {
			err = json.Unmarshal(plain, &w)
		}
		if err != nil {
			return Way{}, err, nil
		}
	}
	return w, nil, nil
}
