package store

import "context"

// Here names the tables that the database stands in now, and nothing where it
// is a file. A server's programs that bring a database back make new ones: what
// was named before stands in them, and is another name.
func (db *DB) Here(ctx context.Context) (name string, err error) {
	if db.exclude == "" {
		return "", nil
	}
	err = db.sql.QueryRowContext(ctx, `
		select string_agg(oid::text, ' ' order by oid) from pg_class
		where relname in ('officers', 'desk_sessions', 'cases') and relkind = 'r' and relnamespace = current_schema()::regnamespace`).Scan(&name)
	return name, explain(err)
}
