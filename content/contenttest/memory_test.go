package contenttest_test

import (
	"testing"

	"yangguang/content"
	"yangguang/content/contenttest"
)

func TestMemory(t *testing.T) {
	contenttest.Run(t, func(*testing.T) content.Shelf { return new(contenttest.Shelf) })
}
