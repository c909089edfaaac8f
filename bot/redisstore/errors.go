package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"

	"yangguang/complaint"
)

// Errors an operator can do something about.
var (
	// ErrAddress: the address of Redis is none.
	ErrAddress = errors.New("redisstore: not an address of Redis")
	// ErrUnreachable: Redis cannot be reached, or does not answer. What was
	// under way may have been done.
	ErrUnreachable = errors.New("redisstore: Redis does not answer")
	// ErrDenied: Redis refuses the user or the password, or the user may not do
	// what is needed.
	ErrDenied = errors.New("redisstore: Redis refuses the user or the password")
	// ErrFull: Redis has no room in memory, or none on its disk.
	ErrFull = errors.New("redisstore: Redis has no room")
	// ErrReadOnly: this Redis is a copy that takes nothing.
	ErrReadOnly = errors.New("redisstore: this Redis is a read-only copy")
)

// answers are how Redis begins to say what is wrong.
var answers = []struct {
	says string
	err  error
}{
	{"NOAUTH", ErrDenied},
	{"WRONGPASS", ErrDenied},
	{"NOPERM", ErrDenied},
	{"ERR AUTH", ErrDenied},
	{"ERR Protocol error: unauthenticated", ErrDenied}, // a long question before the password
	{"OOM", ErrFull},
	{"MISCONF", ErrFull}, // its disk takes nothing
	{"READONLY", ErrReadOnly},
	{"LOADING", ErrUnreachable},
	{"BUSY", ErrUnreachable},
	{"MASTERDOWN", ErrUnreachable},
	{"ERR max number of clients", ErrUnreachable},
}

// explain turns what the client or Redis reports into one of the errors above.
func explain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, complaint.ErrNotKept) {
		return err
	}
	said, ok := errors.AsType[redis.Error](err)
	if !ok { // no answer
		return fmt.Errorf("%w: %v", ErrUnreachable, err)
	}
	for _, a := range answers {
		if strings.HasPrefix(said.Error(), a.says) {
			return fmt.Errorf("%w: %v", a.err, err)
		}
	}
	return err
}

// notKept says that nothing may be acknowledged.
func notKept(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", complaint.ErrNotKept, explain(err))
}
