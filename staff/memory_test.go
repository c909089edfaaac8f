package staff_test

import (
	"testing"

	"yangguang/staff"
	"yangguang/staff/stafftest"
)

func TestMemory(t *testing.T) {
	stafftest.Run(t, func(*testing.T) staff.Roll { return staff.NewMemory() })
}
