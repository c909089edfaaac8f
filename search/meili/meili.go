// Package meili keeps the documents of package search on a Meilisearch server.
//
// [Open] gives an [Index], which is a search.Index; cmd puts it into a
// search.Served, which answers from the process where the server does not:
//
//	served := search.NewServed(meili.Open(config), log)
//	finder := search.NewFinder(served)
//	go served.Run(ctx)
//
// A command that asks once calls Look in place of Run. Index.Rebuild is what
// yangguang reindex does.
//
// Opening asks the server nothing. Documents stand on the server as a
// generation: the settings of settings.json and the documents of one edition,
// named by their digest. Replace builds a generation beside the one that
// answers, reads it back, and swaps the two (build.go); of several instances
// one builds while the others wait for it. The one that answered before is kept
// until the next is built.
//
// A search asks the server where each text stands (ask.go): as a phrase over
// fields in which every character is a word of its own (spaced), so that a
// piece of a word is found exactly, whatever segmenter the server was built
// with. search.Listing counts and ranks what the server listed; the texts of
// the best are brought from the server once for each generation. Pinyin,
// abbreviations, slips and other names of things are understood before an index
// is asked, so that no field holds them: both engines find the same.
//
// The library's traps are avoided: it never retries (a retried body would be
// empty), settings go through our own request (its struct cannot hold them),
// and its errors, which carry the request, are cut down to status and code.
package meili

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"yangguang/search"
)

// Config says where the server is.
type Config struct {
	// URL is the address, such as http://127.0.0.1:7700.
	URL string
	// Key is the master key, an admin key or a key of ours. With a key that may
	// make keys two are made (keys.go), and the given one is used for nothing
	// else.
	Key string
	// Prefix begins the names of the two indexes: yangguang, for the demo another.
	Prefix string
	// Lease gives this instance the right to build for a term from now, gives it
	// back where the term is zero, and reports whether this instance has it. Nil
	// is for an instance alone.
	Lease func(ctx context.Context, term time.Duration) (mine bool, err error)
	// HTTP carries the requests; nil is a client of its own.
	HTTP *http.Client
}

// Index is the index on the server. It may be used by many at once.
type Index struct {
	config Config
	http   *http.Client
	// live is the index that answers, spare the one that is built and then swapped
	// with it.
	live, spare string

	doors sync.Mutex // held while keys are looked up
	keys  atomic.Pointer[keys]
	// held are the generations whose answers are taken: the newest one that was
	// given to Replace, and while it is built the one before.
	held  atomic.Pointer[[]generation]
	shelf shelf
}

// longest is how long one request of a build may take.
const longest = 30 * time.Second

// Open returns the index. The server is asked first when it is needed.
func Open(c Config) *Index {
	if c.Lease == nil {
		c.Lease = func(context.Context, time.Duration) (bool, error) { return true, nil }
	}
	if c.HTTP == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConnsPerHost = 64
		transport.DisableCompression = true // the server stands beside us
		c.HTTP = &http.Client{Transport: transport, Timeout: longest}
	}
	return &Index{config: c, http: c.HTTP, live: c.Prefix + "_records", spare: c.Prefix + "_records_spare"}
}

// Name implements search.Index.
func (*Index) Name() string { return "meilisearch" }

var _ search.Server = (*Index)(nil)

func (x *Index) client(key string) meilisearch.ServiceManager {
	return meilisearch.New(x.config.URL, meilisearch.WithAPIKey(key), meilisearch.WithCustomClient(x.http), meilisearch.DisableRetries())
}

// refusal is an answer of the server that is not the one wanted.
type refusal struct {
	status int
	code   string
}

func (r *refusal) Error() string { return fmt.Sprintf("meilisearch: %d %s", r.status, r.code) }

// plain cuts an error of the library down to what may be logged.
func plain(err error) error {
	var e *meilisearch.Error
	if !errors.As(err, &e) {
		return err
	}
	if e.StatusCode != 0 && e.ErrCode != meilisearch.ErrCodeResponseUnmarshalBody {
		return &refusal{e.StatusCode, e.MeilisearchApiError.Code}
	}
	if e.OriginError != nil {
		return fmt.Errorf("meilisearch: %w", e.OriginError)
	}
	return fmt.Errorf("meilisearch: %s: error %d", e.Function, e.ErrCode)
}

// What whoever runs the program can do something about.
var (
	// ErrUnreachable: the server does not answer.
	ErrUnreachable = errors.New("meilisearch: it does not answer")
	// ErrDenied: it does not know the key, or the key may not do this.
	ErrDenied = errors.New("meilisearch: it refuses the key")
)

// explain says which of them an error is.
func explain(err error) error {
	if _, ok := errors.AsType[net.Error](err); ok {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if refused(err, "invalid_api_key", "missing_authorization_header") {
		return fmt.Errorf("%w: %w", ErrDenied, err)
	}
	return err
}

// refused reports whether the server refused with one of the codes.
func refused(err error, codes ...string) bool {
	var r *refusal
	return errors.As(err, &r) && slices.Contains(codes, r.code)
}
