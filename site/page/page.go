// Package page is the machinery under every page of the site: what a request
// meets on its way in, and what an answer wears on its way out.
//
// A [Server] owns the Fiber app. What stands in the page cache is answered in
// front of it (front.go). Every other request goes through its edge (edge.go):
// security headers, a deadline on the user context, the cross-site check,
// recovered panics, metrics. A handler is made from a function that builds a
// [Document] from a [Reading], the snapshot, the civil date and the view:
//
//	app.Get("/targets/:year<int>", server.Cached(targets))     // the same for everybody
//	app.Get("/search", server.Limit(searches), server.Fresh(search)) // made for one request
//
// A trial answers to nobody but this machine (host.go). A code that opens
// something is tried through Guess, which counts wrong ones.
//
// A Document is written whole into a buffer before a byte is sent. An error
// goes through one table (problem.go) and becomes a sentence for people.
//
// Cached documents live in the page cache (cache.go). An entry stands under
// the canonical path and the view, and remembers the snapshot and the civil
// date it was made for. While both are the same, a hit is one look-up that
// writes ready bytes. When either has moved the page is built again, and if
// its bytes are the same, its compressed forms and ETag stay. A digest of the
// records used as key would need the page's dependencies to be declared right
// in every handler, and a forgotten one would show an old number for good;
// here nothing can be forgotten, and all an edition costs is one rendering of
// each page that is read again.
//
// A cached document can depend on nothing else of a request, because a Reading
// offers nothing else: no query, no header, no cookie. So nobody can poison an
// entry, and nobody can fill the cache, for an entry is only kept when its
// builder found the record that the path names.
package page
