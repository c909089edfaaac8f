package complainttest_test

import (
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func TestMemory(t *testing.T) {
	complainttest.Run(t, func(*testing.T) complaint.Book { return new(complainttest.Book) })
}
