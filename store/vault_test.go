package store

import (
	"testing"

	"yangguang/complaint/evidence"
	"yangguang/complaint/evidence/evidencetest"
)

func TestSQLiteVault(t *testing.T)   { runVault(t, newSQLite) }
func TestPostgresVault(t *testing.T) { runVault(t, newPostgres) }

func runVault(t *testing.T, database func(testing.TB) Config) {
	evidencetest.Run(t, func(t *testing.T) evidence.Vault { return open(t, database(t)).Vault() })
}
