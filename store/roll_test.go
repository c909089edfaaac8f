package store

import (
	"testing"

	"yangguang/staff"
	"yangguang/staff/stafftest"
)

func TestSQLiteRoll(t *testing.T)   { runRoll(t, newSQLite) }
func TestPostgresRoll(t *testing.T) { runRoll(t, newPostgres) }

func runRoll(t *testing.T, database func(testing.TB) Config) {
	stafftest.Run(t, func(t *testing.T) staff.Roll { return open(t, database(t)).Roll() })
}
