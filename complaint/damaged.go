package complaint

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
)

// ErrDamaged is what every [Damaged] is.
var ErrDamaged = errors.New("complaint: a case is damaged")

// Damaged is the error of a case that is not what was stored. The others are
// not kept waiting for it: whoever goes through many cases passes over it, and
// the office tells of it. It says no number, for errors end in logs.
type Damaged struct {
	Number Number
	Why    error
}

// Error implements error.
func (d *Damaged) Error() string {
	return ErrDamaged.Error() + ", " + d.Number.Alias() + ": " + d.Why.Error()
}

// Is makes every one an ErrDamaged.
func (d *Damaged) Is(target error) bool { return target == ErrDamaged }

// Unwrap returns what is wrong.
func (d *Damaged) Unwrap() error { return d.Why }

// Alias names a case where its number must not stand. It is the same wherever
// the case is met.
func (n Number) Alias() string {
	sum := sha256.Sum256([]byte("yangguang case " + string(n)))
	return hex.EncodeToString(sum[:6])
}

// fold is Fold for the record of a case.
func (o *Office) fold(rec Record) (Case, error) {
	c, err := Fold(rec.Events)
	if err != nil {
		return Case{}, o.met(&Damaged{rec.Number, err})
	}
	return c, nil
}

// met tells of a damaged case, and returns the error as it was.
func (o *Office) met(err error) error {
	if d, ok := errors.AsType[*Damaged](err); ok && o.Damaged != nil {
		o.Damaged(d)
	}
	return err
}
