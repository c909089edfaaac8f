package staff

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yangguang/pattern"
)

// Officer is somebody at the desk.
type Officer struct {
	// ID is what the officer signs in with and what the record of a case says:
	// a word for the post (vet-1), not the person's name. It is never given to
	// somebody else.
	ID string
	// Name is how colleagues call the officer. Only the desk shows it.
	Name string
	// Units are where the officer sits, Interests the units with which there is
	// a tie (kin, a former post): what concerns them the officer never sees.
	Units, Interests []string
	Roles            []Role
	State            State
	Added            time.Time
}

// State says whether an officer can get in.
type State string

// The states. Only an active officer receives complaints.
const (
	Invited  State = "invited" // has a link and no passphrase yet
	Active   State = "active"
	Disabled State = "disabled"
)

// Chinese returns the word that people read for s.
func (s State) Chinese() string {
	switch s {
	case Invited:
		return "等待首次登录"
	case Active:
		return "在用"
	case Disabled:
		return "已停用"
	}
	return ""
}

// Is reports whether the officer has the role.
func (o Officer) Is(r Role) bool { return slices.Contains(o.Roles, r) }

// idForm: what can be typed on any keyboard and read out on the telephone.
var idForm = pattern.New(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

const (
	maxID   = 32
	maxName = 40 // characters
)

func isID(s string) bool { return len(s) <= maxID && idForm.MatchString(s) }

// Wrong is what is wrong with an officer's entry, for the person who made it.
type Wrong struct {
	// Field is id, name, units, interests or roles; Value what does not do.
	Field, Value string
}

// Error implements error.
func (w *Wrong) Error() string { return fmt.Sprintf("staff: %s %q", w.Field, w.Value) }

// Check reports the first thing that is wrong with the entry. Whether the
// units exist is for the caller to say.
func (o Officer) Check() error {
	if !isID(o.ID) {
		return &Wrong{"id", o.ID}
	}
	if strings.TrimSpace(o.Name) == "" || utf8.RuneCountInString(o.Name) > maxName ||
		!utf8.ValidString(o.Name) || strings.ContainsFunc(o.Name, unicode.IsControl) {
		return &Wrong{"name", o.Name}
	}
	if len(o.Units) == 0 {
		return &Wrong{"units", ""}
	}
	if len(o.Roles) == 0 {
		return &Wrong{"roles", ""}
	}
	for _, u := range o.Units {
		if !code(u) {
			return &Wrong{"units", u}
		}
	}
	for _, u := range o.Interests {
		if !code(u) {
			return &Wrong{"interests", u}
		}
	}
	for _, r := range o.Roles {
		if !slices.Contains(Roles(), r) {
			return &Wrong{"roles", string(r)}
		}
	}
	return nil
}

// code reports whether u can be the code of a unit: 410800, 410800.vet, 410800-01.
func code(u string) bool {
	return u != "" && len(u) <= maxID && strings.Trim(u, "0123456789abcdefghijklmnopqrstuvwxyz.-") == ""
}
