package store

import (
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func TestSQLiteBook(t *testing.T)   { runBook(t, newSQLite) }
func TestPostgresBook(t *testing.T) { runBook(t, newPostgres) }

func runBook(t *testing.T, database func(testing.TB) Config) {
	complainttest.Run(t, func(t *testing.T) complaint.Book { return open(t, database(t)).Book() })
}
