package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// migrating is the number of the advisory lock that migrations take: “阳光” in
// Unicode. It only has to be the same in every version of the program.
const migrating = `select pg_advisory_xact_lock(2519945545)`

// openPostgres prepares connections to the database at the address; the first
// statement opens one.
func openPostgres(address string) (*DB, error) {
	config, err := pgconn.ParseConfig(address)
	if err != nil {
		return nil, addressError(err)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = patience
	}
	db := &DB{sql: sql.OpenDB(pgConnector{config}), exclude: migrating, unsent: unsent{most: unsentMost}}
	db.sql.SetMaxOpenConns(8)
	db.sql.SetMaxIdleConns(8)
	return db, nil
}

// CheckAddress reports an ErrAddress or an ErrCertificate. What it says does not
// hold the address, in which there may be a password.
func CheckAddress(address string) error {
	_, err := pgconn.ParseConfig(address)
	return addressError(err)
}

func addressError(err error) error {
	if err == nil {
		return nil
	}
	if strings.Contains(err.Error(), "failed to configure TLS") {
		return fmt.Errorf("%w: %v", ErrCertificate, errors.Unwrap(err))
	}
	return ErrAddress
}

// settle makes a connection keep our promises whatever the server's defaults
// are: a commit is on disk, a stale append finds no row, nobody waits for ever.
var settle = fmt.Sprintf(`
	set default_transaction_isolation = 'read committed';
	set lock_timeout = %d;
	select set_config('synchronous_commit', 'on', false)
	where current_setting('synchronous_commit') = 'off'`, patience.Milliseconds())
