package evidencetest_test

import (
	"testing"

	"yangguang/complaint/evidence"
	"yangguang/complaint/evidence/evidencetest"
)

func TestMemory(t *testing.T) {
	evidencetest.Run(t, func(*testing.T) evidence.Vault { return new(evidencetest.Vault) })
}
