package meili_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"yangguang/realtest"
	"yangguang/search"
	"yangguang/search/meili"
	"yangguang/search/meili/meilitest"
	"yangguang/search/searchtest"
)

// prefixes are of tests, which share a server.
var prefixes atomic.Int64

func config(url, key string) meili.Config {
	return meili.Config{URL: url, Key: key, Prefix: fmt.Sprintf("test%d", prefixes.Add(1))}
}

func TestFake(t *testing.T) {
	searchtest.Run(t, func(t *testing.T) search.Index {
		server := meilitest.Start(t)
		return meili.Open(config(server.URL, server.Key))
	})
}

func TestReal(t *testing.T) {
	server := realtest.StartMeilisearch(t)
	searchtest.Run(t, func(*testing.T) search.Index { return meili.Open(config(server.URL, server.Key)) })
}
