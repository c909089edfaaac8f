package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"yangguang/content"
)

// assetPath is where assets are served.
const assetPath = "/static/"

// Assets are the files that pages name, each under an address that changes
// with its bytes, so that a browser may keep it for good.
type Assets struct {
	paths  map[string]string // app.css → /static/app.AbCd1234.css
	byName map[string]Document
	marked map[string]Document
}

// assetTypes are the kinds of file that may be an asset; what the machine's
// own mime.types says is never asked.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml; charset=utf-8",
	".png": "image/png",
	".ico": "image/x-icon",
	".txt": "text/plain; charset=utf-8",
}

// NewAssets reads the files at the top of a folder.
func NewAssets(folder fs.FS) (*Assets, error) {
	a := &Assets{paths: map[string]string{}, byName: map[string]Document{}, marked: map[string]Document{}}
	files, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, fmt.Errorf("page: assets: %w", err)
	}
	for _, f := range files {
		b, err := whole(folder, f.Name())
		if err != nil {
			return nil, fmt.Errorf("page: assets: %w", err)
		}
		if err := a.Add(f.Name(), b); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// whole reads a file. The style sheet that another begins by importing is put
// in its place, so that a page asks for one sheet and it holds what that kind
// of page needs.
func whole(folder fs.FS, name string) ([]byte, error) {
	b, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, err
	}
	rest, imports := bytes.CutPrefix(b, []byte(`@import "`))
	if path.Ext(name) != ".css" || !imports {
		return b, nil
	}
	first, rest, _ := bytes.Cut(rest, []byte("\";\n"))
	b, err = fs.ReadFile(folder, string(first))
	return append(b, rest...), err
}

// Add adds a file, before anything is served.
func (a *Assets) Add(name string, b []byte) error {
	ext := path.Ext(name)
	mediaType, ok := assetTypes[ext]
	if !ok {
		return fmt.Errorf("page: assets: %s is of no known type", name)
	}
	sum := sha256.Sum256(b)
	marked := strings.TrimSuffix(name, ext) + "." + base64.RawURLEncoding.EncodeToString(sum[:9]) + ext
	d := Bytes(mediaType, b)
	a.paths[name], a.byName[name] = assetPath+marked, d
	d.forever = true
	a.marked[marked] = d
	return nil
}

// Path returns the address of an asset. It panics for one that is not there:
// a page that names it is wrong on every reading.
func (a *Assets) Path(name string) string {
	p, ok := a.paths[name]
	if !ok {
		panic("page: no asset " + name)
	}
	return p
}

// Document returns an asset for an address of its own, like /favicon.svg,
// where it is revalidated like a page.
func (a *Assets) Document(name string) (Document, error) {
	d, ok := a.byName[name]
	if !ok {
		return d, content.ErrNotFound
	}
	return d, nil
}

func (a *Assets) build(r Reading) (Document, error) {
	d, ok := a.marked[r.Param("name")]
	if !ok {
		return d, content.ErrNotFound
	}
	return d, nil
}
