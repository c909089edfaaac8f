package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// What database/sql needs of a PostgreSQL connection, on the part of pgx that
// speaks its protocol. Of the types of PostgreSQL this program has five; pgx
// itself brings all of them, in every combination, which is a ninth of the
// program.

// The two formats of the protocol.
const (
	inText  = 0
	inBytes = 1
)

// The types that are not read as text.
const (
	oidBool   = 16
	oidBytea  = 17
	oidBigint = 20
	oidSmall  = 21
	oidInt    = 23
	oidDouble = 701
)

type pgConnector struct{ config *pgconn.Config }

func (c pgConnector) Driver() driver.Driver { return pgDriver{} }

func (c pgConnector) Connect(ctx context.Context) (driver.Conn, error) {
	wire, err := pgconn.ConnectConfig(ctx, c.config)
	if err != nil {
		return nil, err
	}
	conn := &pgConn{wire: wire, prepared: map[string]*pgconn.StatementDescription{}, used: time.Now()} //nolint:forbidigo // how long it was idle, no time of the domain
	if _, err := conn.run(ctx, settle); err != nil {
		wire.Close(ctx)
		return nil, err
	}
	return conn, nil
}

type pgDriver struct{}

var errNoName = errors.New("store: a connection is opened from its configuration")

func (pgDriver) Open(string) (driver.Conn, error) { return nil, errNoName }

// mostPrepared is how many statements the server keeps for a connection.
const mostPrepared = 512

// pgConn is a connection. The server keeps each statement prepared.
type pgConn struct {
	wire     *pgconn.PgConn
	prepared map[string]*pgconn.StatementDescription
	made     int // how many were prepared, which names them
	used     time.Time
}

var (
	_ driver.QueryerContext  = (*pgConn)(nil)
	_ driver.ExecerContext   = (*pgConn)(nil)
	_ driver.ConnBeginTx     = (*pgConn)(nil)
	_ driver.SessionResetter = (*pgConn)(nil)
	_ driver.Validator       = (*pgConn)(nil)
)

func (c *pgConn) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return c.wire.Close(ctx)
}

func (c *pgConn) IsValid() bool { return !c.wire.IsClosed() }

// ResetSession lets a connection be used again: one that was idle is asked
// whether its server is still there.
func (c *pgConn) ResetSession(ctx context.Context) error {
	idle := time.Since(c.used)
	c.used = time.Now() //nolint:forbidigo // as in Connect
	if c.wire.IsClosed() || c.wire.TxStatus() != 'I' || idle > time.Second && c.wire.Ping(ctx) != nil {
		return driver.ErrBadConn
	}
	return nil
}

// run runs statements without arguments, and says what the last of them did.
func (c *pgConn) run(ctx context.Context, text string) (did pgconn.CommandTag, err error) {
	results, err := c.wire.Exec(ctx, text).ReadAll()
	if n := len(results); n > 0 {
		did = results[n-1].CommandTag
	}
	return did, unsentIsBad(err)
}

// unsentIsBad lets database/sql try again on another connection what never
// reached the server.
func unsentIsBad(err error) error {
	if err != nil && pgconn.SafeToRetry(err) && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return driver.ErrBadConn
	}
	return err
}

func (c *pgConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 { // a migration has several statements
		did, err := c.run(ctx, text)
		return driver.RowsAffected(did.RowsAffected()), err
	}
	rows, err := c.ask(ctx, text, args)
	if err != nil {
		return nil, err
	}
	tag, err := rows.Close()
	return driver.RowsAffected(tag.RowsAffected()), c.failed(text, err)
}

func (c *pgConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	reader, err := c.ask(ctx, text, args)
	if err != nil {
		return nil, err
	}
	rows := &pgRows{conn: c, text: text, reader: reader, first: reader.NextRow()}
	if !rows.first { // database/sql tries again what was not sent only where it is told here
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	for _, f := range c.prepared[text].Fields {
		rows.names, rows.types = append(rows.names, f.Name), append(rows.types, f.DataTypeOID)
	}
	return rows, nil
}

// ask sends a statement, which the server prepares at its first time.
func (c *pgConn) ask(ctx context.Context, text string, args []driver.NamedValue) (*pgconn.ResultReader, error) {
	s, known := c.prepared[text]
	if !known {
		if len(c.prepared) == mostPrepared {
			if _, err := c.run(ctx, "deallocate all"); err != nil {
				return nil, err
			}
			clear(c.prepared)
		}
		var err error
		c.made++ // a name is used once, whatever becomes of it
		if s, err = c.wire.Prepare(ctx, "s"+strconv.Itoa(c.made), text, nil); err != nil {
			return nil, unsentIsBad(err)
		}
		c.prepared[text] = s
	}
	values, formats := make([][]byte, len(args)), make([]int16, len(args))
	for i, a := range args {
		var err error
		if values[i], formats[i], err = written(a.Value, i < len(s.ParamOIDs) && s.ParamOIDs[i] == oidBytea); err != nil {
			return nil, err
		}
	}
	results := make([]int16, len(s.Fields))
	for i, f := range s.Fields {
		if f.DataTypeOID == oidBytea {
			results[i] = inBytes
		}
	}
	return c.wire.ExecPrepared(ctx, s.Name, values, formats, results), nil
}

// otherTables is what the server says of a statement whose tables have changed
// since it was prepared.
const otherTables = "0A000"

// failed has a statement prepared again where its tables have changed.
func (c *pgConn) failed(text string, err error) error {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == otherTables {
		delete(c.prepared, text)
	}
	return unsentIsBad(err)
}

// written is a value as it is sent, and in which of the two formats.
func written(v driver.Value, raw bool) ([]byte, int16, error) {
	switch v := v.(type) {
	case nil:
		return nil, inText, nil
	case int64:
		return strconv.AppendInt(nil, v, 10), inText, nil
	case float64:
		return strconv.AppendFloat(nil, v, 'g', -1, 64), inText, nil
	case bool:
		return strconv.AppendBool(nil, v), inText, nil
	case []byte:
		return v, inBytes, nil
	case string:
		if raw {
			return []byte(v), inBytes, nil
		}
		return []byte(v), inText, nil
	}
	return nil, 0, fmt.Errorf("store: a %T is not written: times are numbers here", v)
}

// Prepare and Begin are what database/sql used to need.
func (c *pgConn) Prepare(text string) (driver.Stmt, error) { return pgStatement{c, text}, nil }

func (c *pgConn) Begin() (driver.Tx, error) {
	return c.BeginTx(context.Background(), driver.TxOptions{})
}

func (c *pgConn) BeginTx(ctx context.Context, how driver.TxOptions) (driver.Tx, error) {
	if how != (driver.TxOptions{}) {
		return nil, errors.New("store: transactions are as settle has them")
	}
	_, err := c.run(ctx, "begin")
	return pgTx{c}, err
}

type pgTx struct{ *pgConn }

var errRolledBack = errors.New("store: the server rolled the transaction back")

// Commit says so where the server rolled back: it does of a transaction in
// which a statement has failed.
func (t pgTx) Commit() error {
	did, err := t.end("commit")
	if err == nil && did.String() != "COMMIT" {
		return errRolledBack
	}
	return err
}

func (t pgTx) Rollback() error {
	_, err := t.end("rollback")
	return err
}

// end ends a transaction. Nobody's patience ends it half-way, for then it would
// not be known how; a server that is gone is not waited for for ever.
func (t pgTx) end(text string) (pgconn.CommandTag, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*patience)
	defer cancel()
	did, err := t.run(ctx, text)
	if ctx.Err() != nil && err != nil {
		err = fmt.Errorf("%w: %v", ErrUnreachable, err)
	}
	return did, err
}

// pgStatement is a statement by its text.
type pgStatement struct {
	conn *pgConn
	text string
}

func (s pgStatement) Close() error  { return nil }
func (s pgStatement) NumInput() int { return -1 }

func (s pgStatement) Exec(args []driver.Value) (driver.Result, error) {
	return s.conn.ExecContext(context.Background(), s.text, named(args))
}

func (s pgStatement) Query(args []driver.Value) (driver.Rows, error) {
	return s.conn.QueryContext(context.Background(), s.text, named(args))
}

func (s pgStatement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.conn.ExecContext(ctx, s.text, args)
}

func (s pgStatement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return s.conn.QueryContext(ctx, s.text, args)
}

func named(args []driver.Value) []driver.NamedValue {
	out := make([]driver.NamedValue, len(args))
	for i, a := range args {
		out[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return out
}

// pgRows are the rows of an answer as they arrive.
type pgRows struct {
	conn   *pgConn
	text   string
	reader *pgconn.ResultReader
	names  []string
	types  []uint32
	first  bool // a row was read that is not yet asked for
}

func (r *pgRows) Columns() []string { return r.names }

func (r *pgRows) Close() error {
	_, err := r.reader.Close()
	return r.conn.failed(r.text, err)
}

func (r *pgRows) Next(dest []driver.Value) (err error) {
	if !r.first && !r.reader.NextRow() {
		return cmp.Or(r.Close(), io.EOF)
	}
	r.first = false
	for i, v := range r.reader.Values() {
		if dest[i], err = read(v, r.types[i]); err != nil {
			return err
		}
	}
	return nil
}

// read is a value that was sent, of that type.
func read(v []byte, oid uint32) (driver.Value, error) {
	if v == nil {
		return nil, nil
	}
	switch oid {
	case oidBytea:
		return bytes.Clone(v), nil
	case oidBool:
		return string(v) == "t", nil
	case oidBigint, oidInt, oidSmall:
		return strconv.ParseInt(string(v), 10, 64)
	case oidDouble:
		return strconv.ParseFloat(string(v), 64)
	}
	return string(v), nil
}
