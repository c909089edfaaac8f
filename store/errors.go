package store

import (
	"context"
	"crypto/tls"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"yangguang/complaint"
)

// Errors an operator can do something about. When a write returns one of them,
// nothing was stored.
var (
	// ErrFull: no space is left where the database is.
	ErrFull = errors.New("store: no space left for the database")
	// ErrLocked: another program has held the database for longer than we wait.
	ErrLocked = errors.New("store: another program is holding the database")
	// ErrDenied: the folder or the database may not be written.
	ErrDenied = errors.New("store: the database may not be written")
	// ErrDamaged: the file is not a database, or what it holds is not what was
	// stored.
	ErrDamaged = errors.New("store: the database is damaged")
	// ErrNewer: a newer version of the program has written to the database.
	ErrNewer = errors.New("store: the database is newer than this program")
	// ErrUnreachable: the database server cannot be reached, or refuses us. A
	// write that was under way may have been stored.
	ErrUnreachable = errors.New("store: the database server cannot be reached")
)

// What it is about a server, each also one of the errors above.
var (
	// ErrNoHost: nobody knows the name of its machine.
	ErrNoHost = fmt.Errorf("%w: its name is not known", ErrUnreachable)
	// ErrRefused: nothing listens there.
	ErrRefused = fmt.Errorf("%w: nothing listens there", ErrUnreachable)
	// ErrSilent: nothing answers in time.
	ErrSilent = fmt.Errorf("%w: it does not answer", ErrUnreachable)
	// ErrInsecure: the two do not agree on encryption or its certificate.
	ErrInsecure = fmt.Errorf("%w: no agreement on encryption", ErrUnreachable)
	// ErrSignIn: it refuses the user, the password or where we come from.
	ErrSignIn = fmt.Errorf("%w: it refuses the user or the password", ErrUnreachable)
	// ErrNoDatabase: it has no database of that name.
	ErrNoDatabase = fmt.Errorf("%w: it has no such database", ErrUnreachable)
	// ErrCrowded: it takes no more connections.
	ErrCrowded = fmt.Errorf("%w: it takes no more connections", ErrUnreachable)
	// ErrServerFull: its disk is full.
	ErrServerFull = fmt.Errorf("%w: the server's disk", ErrFull)
	// ErrServerDenied: the user may not write there, or nobody may.
	ErrServerDenied = fmt.Errorf("%w: by the server", ErrDenied)
)

// What is wrong with an address.
var (
	// ErrAddress: it is none of a PostgreSQL.
	ErrAddress = errors.New("store: not an address of a PostgreSQL")
	// ErrCertificate: what it says of encryption cannot be used.
	ErrCertificate = errors.New("store: the certificates or sslmode of the address")
)

// explain turns what a driver or the system reports into one of the errors
// above. What it does not know it returns as it is.
func explain(err error) error {
	known := knownError(err)
	if known == nil {
		return err
	}
	if errors.Is(known, ErrUnreachable) || errors.Is(known, ErrLocked) {
		return fmt.Errorf("%w: %w: %v", complaint.ErrAway, known, err)
	}
	return fmt.Errorf("%w: %v", known, err)
}

func knownError(err error) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return sqliteError(e.Code())
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return postgresError(e.Code)
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return connectError(err)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil // the caller's own doing, though it looks like a broken connection
	}
	if _, ok := errors.AsType[*net.OpError](err); ok || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) {
		return ErrUnreachable
	}
	return fileError(err)
}

// connectError says why there is no connection.
func connectError(err error) error {
	_, noHost := errors.AsType[*net.DNSError](err)
	_, noTLS := errors.AsType[tls.RecordHeaderError](err)
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case noHost:
		return ErrNoHost
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT): // of a port, of a socket
		return ErrRefused
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return ErrSilent
	case noTLS, certificate, strings.Contains(err.Error(), "tls error"): // the library has no name for what a server refused
		return ErrInsecure
	}
	return ErrUnreachable
}

// notKept marks an error of the world outside, or of a caller who gave up, as
// what a room can act on: nothing was received.
func notKept(err error) error {
	if isOperators(err) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", complaint.ErrNotKept, err)
	}
	return err
}

// isOperators reports whether it is one of the errors above.
func isOperators(err error) bool {
	for _, known := range []error{ErrFull, ErrLocked, ErrDenied, ErrDamaged, ErrNewer, ErrUnreachable} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

func sqliteError(code int) error {
	if code == sqlite3.SQLITE_IOERR_SHMSIZE { // the -shm file could not grow
		return ErrFull
	}
	switch code & 0xff { // the rest of the code is detail
	case sqlite3.SQLITE_FULL:
		return ErrFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return ErrLocked
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return ErrDenied
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return ErrDamaged
	}
	return nil
}

// postgresError reads the codes of PostgreSQL's manual, appendix A.
func postgresError(code string) error {
	switch code {
	case "53100":
		return ErrServerFull
	case "53300":
		return ErrCrowded
	case "55P03", "40P01": // lock_not_available, deadlock_detected
		return ErrLocked
	case "42501", "25006": // insufficient_privilege, read_only_sql_transaction
		return ErrServerDenied
	case "57014": // query_canceled: somebody's decision, not an outage
		return nil
	}
	switch code[:2] {
	case "28": // sign-in
		return ErrSignIn
	case "3D":
		return ErrNoDatabase
	case "XX": // internal_error, data_corrupted, index_corrupted
		return ErrDamaged
	case "08", "53", "57": // connection, resources, shutdown
		return ErrUnreachable
	}
	return nil
}

func fileError(err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); !ok {
		return nil
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return ErrFull
	}
	return ErrDenied
}
