package evidence_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/evidence"
	"yangguang/complaint/evidence/evidencetest"
	"yangguang/complaint/seal"
)

// room is a cabinet with what it stands on in hand.
type room struct {
	*evidence.Cabinet
	t     testing.TB
	vault *evidencetest.Vault
	ring  *seal.Ring
	book  *complainttest.Book
	now   time.Time
}

func newRoom(t testing.TB) *room {
	t.Helper()
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, vault: new(evidencetest.Vault), ring: ring, book: new(complainttest.Book), now: time.UnixMilli(1772416800000)}
	r.Cabinet = evidence.NewCabinet(r.vault, ring, r.book, func() time.Time { return r.now })
	return r
}

// folder returns what is kept of a draft, as the draft would name it.
func (r *room) folder(key complaint.Key) complaint.Folder {
	r.t.Helper()
	kept, err := r.vault.Kept(r.t.Context(), key.Of)
	if err != nil {
		r.t.Fatal(err)
	}
	return complaint.Folder{Key: key, Evidence: kept}
}

func (r *room) take(key complaint.Key, file []byte) complaint.Evidence {
	r.t.Helper()
	e, err := r.Take(r.t.Context(), key, bytes.NewReader(file))
	if err != nil {
		r.t.Fatalf("a file of %d bytes: %v", len(file), err)
	}
	return e
}

func (r *room) original(f complaint.Folder, id string) []byte {
	r.t.Helper()
	f.Opened = id
	o, err := r.Original(r.t.Context(), f)
	if err != nil {
		r.t.Fatal(err)
	}
	b, err := io.ReadAll(o)
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}

func (r *room) clean(f complaint.Folder, id string) []byte {
	r.t.Helper()
	in, err := r.Picture(r.t.Context(), f, id)
	if err != nil {
		r.t.Fatal(err)
	}
	b, err := io.ReadAll(in)
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}

// refused returns why a file was not taken.
func refused(err error) evidence.Why {
	no := new(evidence.Refused)
	if !errors.As(err, &no) {
		return evidence.Why(fmt.Sprint("taken or failed: ", err))
	}
	return no.Why
}

// painting returns a picture whose quarters are red, green, blue and black.
func painting(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{A: 255}
			switch {
			case x < w/2 && y < h/2:
				c.R = 255
			case y < h/2:
				c.G = 255
			case x < w/2:
				c.B = 255
			}
			m.Set(x, y, c)
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAPictureIsKeptInTwoCopies(t *testing.T) {
	r := newRoom(t)
	key := r.ring.Mint("draft")
	photo := asJPEG(t, painting(3000, 1500))
	e := r.take(key, photo)
	f := r.folder(key)
	if got := r.original(f, e.ID); !bytes.Equal(got, photo) {
		t.Errorf("the original is %d bytes, sent were %d", len(got), len(photo))
	}
	m, err := jpeg.Decode(bytes.NewReader(r.clean(f, e.ID)))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Bounds().Size(); got != image.Pt(2048, 1024) {
		t.Errorf("the clean copy is %v", got)
	}
}
