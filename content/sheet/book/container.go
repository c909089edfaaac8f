package book

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// Bounds of a file. A sheet is read as a stream, so it may be long; every other
// part must be small.
const (
	mostParts = 2000
	mostTotal = 192 << 20
	mostSmall = 16 << 20
	mostRatio = 250 // of a part's size to its size in the file
	ratioFrom = 1 << 20
)

// container is an .xlsx file: parts in a zip file, by their names in small
// letters.
type container struct {
	parts map[string]*zip.File
	names []string // as in the file
}

var (
	errBroken = refuse("这个 .xlsx 文件不完整，或者坏了。请重新传一次，或在 WPS 里打开后另存为 .xlsx")
	errBomb   = refuse("这个 .xlsx 文件展开以后大得不正常，没有读。请把需要的表格复制到新的文件里，另存为 .xlsx")
)

// openContainer believes the sizes in the file's directory: the zip reader
// holds every part to them.
func openContainer(b []byte) (*container, error) {
	if bytes.Count(b, []byte("PK\x01\x02")) > mostParts {
		return nil, errBomb
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, errBroken
	}
	c := &container{parts: make(map[string]*zip.File, len(z.File))}
	var total uint64
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		name := strings.ToLower(f.Name)
		if _, twice := c.parts[name]; twice || !plainName(f.Name) {
			return nil, errBroken
		}
		if err := bounded(f, name); err != nil {
			return nil, err
		}
		if total += f.UncompressedSize64; total > mostTotal {
			return nil, errBomb
		}
		c.parts[name] = f
		c.names = append(c.names, f.Name)
	}
	return c, c.otherKind()
}

// plainName: a name that leads out of the file is no name of a part.
func plainName(name string) bool {
	return name != "" && !strings.ContainsAny(name, "\\\x00") && path.Clean("/"+name) == "/"+name
}

func bounded(f *zip.File, name string) error {
	switch {
	case f.Flags&1 != 0:
		return errPassword
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return errBroken
	case f.UncompressedSize64 > mostTotal:
		return errBomb
	case f.UncompressedSize64 > ratioFrom && f.UncompressedSize64 > mostRatio*f.CompressedSize64:
		return errBomb
	case f.UncompressedSize64 > mostSmall && isXML(name) && !strings.HasPrefix(name, "xl/worksheets/") && name != "xl/sharedstrings.xml":
		return errBomb
	}
	return nil
}

func isXML(name string) bool {
	return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") || strings.HasSuffix(name, ".vml")
}

// otherKind says what a zip file is that is no .xlsx file.
func (c *container) otherKind() error {
	for _, k := range []struct{ part, ext string }{
		{"word/document.xml", ".docx"},
		{"xl/workbook.bin", ".xlsb"},
		{"xl/vbaproject.bin", ".xlsm"},
		{"ofd.xml", ".ofd"},
		{"content.xml", ".ods"},
	} {
		if c.parts[k.part] != nil {
			return refuse("%s", named[k.ext])
		}
	}
	if c.parts["[content_types].xml"] == nil || c.parts["_rels/.rels"] == nil {
		return refuse("这是压缩包，不是 .xlsx 表格。请解压以后，把里面的 .xlsx 文件拿来")
	}
	return nil
}

// read calls f with the part of a name, and not at all where there is none.
func (c *container) read(name string, f func(*scanner) error) error {
	part := c.parts[strings.ToLower(name)]
	if part == nil {
		return nil
	}
	r, err := part.Open()
	if err != nil {
		return errBroken
	}
	defer func() { _ = r.Close() }() // nothing was written
	if err := f(newScanner(r)); err != nil {
		return err
	}
	// The rest of the part: its checksum stands at the end.
	if _, err := io.CopyN(io.Discard, r, mostTotal); !errors.Is(err, io.EOF) {
		return errBroken
	}
	return nil
}

// link is a relation of a part to another one, or to something outside.
type link struct {
	id, kind, target string
	outside          bool
}

// links returns the relations of a part, their targets as names in the file.
func (c *container) links(part string) ([]link, error) {
	dir, base := path.Split(part)
	var out []link
	err := c.read(dir+"_rels/"+base+".rels", func(s *scanner) error {
		return s.each("Relationship", func() error {
			l := link{id: s.attr("Id"), kind: path.Base(s.attr("Type")), target: s.attr("Target"), outside: s.attr("TargetMode") == "External"}
			if !l.outside {
				if !strings.HasPrefix(l.target, "/") {
					l.target = "/" + dir + l.target
				}
				l.target = path.Clean(l.target)[1:]
			}
			out = append(out, l)
			return nil
		})
	})
	return out, err
}
