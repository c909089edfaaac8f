package meili_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"yangguang/realtest"
	"yangguang/search"
	"yangguang/search/meili"
	"yangguang/search/searchtest"
)

// prefixes are of tests, which share a server.
var prefixes atomic.Int64

func open(t testing.TB, url, key string) *meili.Index {
	t.Helper()
	return meili.Open(meili.Config{URL: url, Key: key, Prefix: fmt.Sprintf("test%d", prefixes.Add(1))})
}

func TestReal(t *testing.T) {
	server := realtest.StartMeilisearch(t)
	searchtest.Run(t, func(t *testing.T) search.Index { return open(t, server.URL, server.Key) })
}
