package evidence_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"yangguang/complaint/evidence"
)

// marker stands for what a file may betray: a place, a name, a serial number.
const marker = "张三-N35.2391,E113.2418-SN0042"

// withEXIF returns a JPEG with a segment as cameras write it, of that
// orientation, with GPS coordinates, the marker as the owner's name and in a
// comment, and a page of the web in another.
func withEXIF(photo []byte, order binary.AppendByteOrder, orientation uint16) []byte {
	entry := func(b []byte, tag, kind uint16, count uint32, value []byte) []byte {
		b = order.AppendUint16(b, tag)
		b = order.AppendUint16(b, kind)
		b = order.AppendUint32(b, count)
		return append(b, append(value, 0, 0, 0, 0)[:4]...)
	}
	mark := map[bool]string{true: "II", false: "MM"}[order == binary.AppendByteOrder(binary.LittleEndian)]
	tiff := order.AppendUint16([]byte(mark), 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 3)
	tiff = entry(tiff, 0x010f, 2, uint32(len(marker)), order.AppendUint32(nil, 80)) // make
	tiff = entry(tiff, 0x0112, 3, 1, order.AppendUint16(nil, orientation))
	tiff = entry(tiff, 0x8825, 4, 1, order.AppendUint32(nil, 50)) // GPS directory
	tiff = append(tiff, make([]byte, 80-len(tiff))...)
	tiff = append(tiff, marker...)
	out := slices.Clone(photo[:2])
	for _, s := range []struct {
		marker  byte
		payload string
	}{
		{0xe1, "Exif\x00\x00" + string(tiff)},
		{0xfe, marker},
		{0xfe, "<html><script>alert('" + marker + "')</script>"},
		{0xe1, "http://ns.adobe.com/xap/1.0/\x00<x>" + marker + "</x>"},
	} {
		out = append(out, 0xff, s.marker)
		out = binary.BigEndian.AppendUint16(out, uint16(len(s.payload)+2))
		out = append(out, s.payload...)
	}
	return append(out, photo[2:]...)
}

// stored returns the painting as a camera stores it that notes how to turn it.
func stored(m image.Image, orientation int) image.Image {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation > 8 { // there is no such
		orientation = 1
	}
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			// EXIF 2.32, table 6: the side of the scene at the row 0 and the column 0.
			u, v := x, y
			if orientation >= 5 {
				u, v = y, x
			}
			if slices.Contains([]int{2, 3, 7, 6}, orientation) {
				u = w - 1 - u
			}
			if slices.Contains([]int{3, 4, 7, 8}, orientation) {
				v = h - 1 - v
			}
			if orientation == 6 { // row 0 is the right side, column 0 the top
				u, v = w-1-y, x
			}
			if orientation == 8 { // row 0 is the left side, column 0 the bottom
				u, v = y, h-1-x
			}
			out.Set(x, y, m.At(u, v))
		}
	}
	return out
}

// corners names the colours in the middle of the quarters, from the top left.
func corners(m image.Image) string {
	b, out := m.Bounds(), ""
	for _, at := range []image.Point{{b.Dx() / 4, b.Dy() / 4}, {b.Dx() * 3 / 4, b.Dy() / 4}, {b.Dx() / 4, b.Dy() * 3 / 4}, {b.Dx() * 3 / 4, b.Dy() * 3 / 4}} {
		c := color.NRGBAModel.Convert(m.At(b.Min.X+at.X, b.Min.Y+at.Y)).(color.NRGBA)
		name := "?"
		for _, known := range []struct {
			name    string
			r, g, b byte
		}{{"R", 255, 0, 0}, {"G", 0, 255, 0}, {"B", 0, 0, 255}, {"K", 0, 0, 0}, {"W", 255, 255, 255}} {
			if near(c.R, known.r) && near(c.G, known.g) && near(c.B, known.b) {
				name = known.name
			}
		}
		out += name
	}
	return out
}

func near(a, b byte) bool { return max(a, b)-min(a, b) < 40 }

func (r *room) cleaned(file []byte) image.Image {
	r.t.Helper()
	key := r.ring.Mint(fmt.Sprint("draft-", len(file)))
	e := r.take(key, file)
	b := r.clean(r.folder(key), e.ID)
	m, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		r.t.Fatal(err)
	}
	return m
}

func TestACleanCopyStandsUprightAndBetraysNothing(t *testing.T) {
	for orientation := range 10 {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			r := newRoom(t)
			key := r.ring.Mint("draft")
			photo := withEXIF(asJPEG(t, stored(painting(96, 64), orientation)), order, uint16(orientation))
			e := r.take(key, photo)
			f := r.folder(key)
			clean := r.clean(f, e.ID)
			m, err := jpeg.Decode(bytes.NewReader(clean))
			if err != nil {
				t.Fatal(err)
			}
			if got := corners(m); got != "RGBK" || m.Bounds().Size() != image.Pt(96, 64) {
				t.Errorf("orientation %d, %v: %s %v", orientation, order, got, m.Bounds())
			}
			for _, betrayed := range []string{marker, "Exif", "N35", "SN0042", "script", "adobe"} {
				if bytes.Contains(clean, []byte(betrayed)) {
					t.Errorf("the clean copy holds %q", betrayed)
				}
				if bytes.Contains(r.vault.Bytes(), []byte(betrayed)) {
					t.Errorf("the vault holds %q in plain text", betrayed)
				}
			}
			if !bytes.Equal(r.original(f, e.ID), photo) {
				t.Error("the original was changed")
			}
		}
	}
}

func TestEXIFThatMakesNoSense(t *testing.T) {
	photo := asJPEG(t, painting(96, 64))
	for name, exif := range map[string]string{
		"none": "", "short": "MM\x00*", "a directory elsewhere": "MM\x00*\xff\xff\xff\xff\x00\x01",
		"a directory cut off": "MM\x00*\x00\x00\x00\x08\x00\x09\x01\x0f\x00\x02",
		"a wrong type":        "MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x02\x00\x00\x00\x01\x00\x06\x00\x00",
		"65535 entries":       "MM\x00*\x00\x00\x00\x08\xff\xff",
	} {
		segment := "Exif\x00\x00" + exif
		file := slices.Concat(photo[:2], []byte{0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(segment)+2)), []byte(segment), photo[2:])
		if got := corners(newRoom(t).cleaned(file)); got != "RGBK" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withText returns a PNG with a chunk of text behind its header.
func withText(file []byte, text string) []byte {
	chunk := append([]byte("tEXt"), "Author\x00"+text...)
	out := binary.BigEndian.AppendUint32(slices.Clone(file[:33]), uint32(len(chunk)-4))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, file[33:]...)
}

// A picture in WebP, lossless, 75 × 100, black on white.
const webpPicture = "UklGRrIBAABXRUJQVlA4TKUBAAAvSsAYAA8w//M///MfeJAkbXvaSG7m8Q3GfYSBJekwQztm/IcZlgwnmWImn2BK7aFmBtnVir6q//8VOkFE/xm4baTIu8c48ArEo6+B3zFKYln3pqClSCKX0begFTAXFOLXHSyF8cCNcZEG4OywuA4KVVfJCiArU7GAgJI8+lJP/OKMT/fBAjevg1cYB7YVkFuWga2lyPi5I0HFy5YTpWIHg0RZpkniRVW9odHAKOwosWuOGdxIyn2OvaCDvhg/we6TwadPBPbqBV58MsLmMJ8yZnOWk8SRz4N+QoyPL+MnamzMvcE1rHNEr91F9GKZPVUcS9w7PhhH36suB9qPeYb/oLk6cuTiJ0wOK3m5h1cKjW6EVZCYMK7dxcKCBdgP9HkKr9gkAO2P8GKZGWVdIAatQa+1IDpt6qyorVwdy01xdW8Jkfk6xjEXmVQQ+HQdFr6OKhIN34dXWq0+0qr6EJSCeeVLH9+gvGTLyqM65PQ44ihzlTXxQKjKbAvshXgir7Lil9w4L2bvMycmjQcqXaMCO6BlY28i+FOLzbfI1vEqxAhotocAAA=="

func asWebP(t testing.TB) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(webpPicture)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPicturesOfAllKindsHaveACleanCopy(t *testing.T) {
	glass := image.NewNRGBA64(image.Rect(0, 0, 64, 64)) // nothing but clear
	paletted := image.NewPaletted(image.Rect(0, 0, 64, 64), color.Palette{color.White, color.Black})
	for name, c := range map[string]struct {
		file    []byte
		corners string
		size    image.Point
	}{
		"png":             {withText(asPNG(t, painting(64, 64)), marker), "RGBK", image.Pt(64, 64)},
		"png, clear":      {asPNG(t, glass), "WWWW", image.Pt(64, 64)},
		"png, palette":    {asPNG(t, paletted), "WWWW", image.Pt(64, 64)},
		"png, 16 bits":    {asPNG(t, deep(painting(64, 64))), "RGBK", image.Pt(64, 64)},
		"jpeg, one pixel": {asJPEG(t, painting(1, 1)), "KKKK", image.Pt(1, 1)},
		"jpeg, grey":      {asJPEG(t, image.NewGray(image.Rect(0, 0, 9, 7))), "KKKK", image.Pt(9, 7)},
		"webp":            {asWebP(t), "", image.Pt(75, 100)},
	} {
		r := newRoom(t)
		m := r.cleaned(c.file)
		if got := corners(m); m.Bounds().Size() != c.size || c.corners != "" && got != c.corners {
			t.Errorf("%s: %s %v, want %s %v", name, got, m.Bounds().Size(), c.corners, c.size)
		}
	}
}

func deep(m image.Image) image.Image {
	out := image.NewNRGBA64(m.Bounds())
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			out.Set(x, y, m.At(x, y))
		}
	}
	return out
}

// The long side is 2048 at most; of a long screenshot so much that it can be read.
func TestHowLargeACleanCopyIs(t *testing.T) {
	for from, want := range map[image.Point]image.Point{
		{100, 50}: {100, 50}, {2048, 2048}: {2048, 2048}, {2049, 100}: {2049, 100}, {4000, 3000}: {2048, 1536},
		{3000, 4000}: {1536, 2048}, {1080, 2400}: {921, 2048}, {1080, 9000}: {720, 6000}, {600, 9000}: {600, 9000}, {800, 20000}: {655, 16384},
	} {
		r := newRoom(t)
		m := r.cleaned(asPNG(t, image.NewGray(image.Rect(0, 0, from.X, from.Y))))
		if got := m.Bounds().Size(); got != want {
			t.Errorf("of %v: %v, want %v", from, got, want)
		}
	}
	if got := corners(newRoom(t).cleaned(asJPEG(t, painting(4321, 2777)))); got != "RGBK" {
		t.Errorf("shrunk: %s", got)
	}
}

// header returns the beginning of a PNG that promises so many pixels.
func header(w, h uint32, depth, kind byte) []byte {
	ihdr := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	ihdr = append(ihdr, depth, kind, 0, 0, 0)
	out := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	return binary.BigEndian.AppendUint32(append(out, ihdr...), crc32.ChecksumIEEE(ihdr))
}

// promising changes the size in the frame header of a JPEG, and its marker.
func promising(photo []byte, frame byte, w, h uint16) []byte {
	out := slices.Clone(photo)
	at := bytes.Index(out, []byte{0xff, 0xc0})
	out[at+1] = frame
	binary.BigEndian.PutUint16(out[at+5:], h)
	binary.BigEndian.PutUint16(out[at+7:], w)
	return out
}

func TestBombsAreRefusedByTheirHeader(t *testing.T) {
	photo := asJPEG(t, painting(64, 64))
	webp := asWebP(t)
	large := slices.Concat([]byte("RIFF\xff\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\x3f\x00\xff\x3f\x00"), webp[12:])
	lying := slices.Concat([]byte("RIFF\xff\x01\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x03\x00\x00"), webp[12:])
	for name, c := range map[string]struct {
		file []byte
		want evidence.Why
	}{
		"png of 3.6 gigapixels":              {header(60_000, 60_000, 8, 6), evidence.TooManyPixels},
		"png of 51 megapixels":               {header(7200, 7100, 8, 2), evidence.TooManyPixels},
		"png of 36 megapixels, 16 bits":      {header(6000, 6000, 16, 6), evidence.TooManyPixels},
		"png of 2^31 pixels a side":          {header(1<<31-1, 1<<31-1, 8, 6), evidence.Unreadable},
		"jpeg of 4.2 gigapixels":             {promising(photo, 0xc0, 65535, 65535), evidence.TooManyPixels},
		"progressive jpeg of 25 megapixels":  {promising(photo, 0xc2, 5000, 5000), evidence.TooManyPixels},
		"webp of 268 megapixels":             {large, evidence.TooManyPixels},
		"webp that says it is of 16 pixels":  {lying, evidence.Unreadable},
		"png of 48 megapixels without bytes": {header(6900, 6900, 8, 2), evidence.Unreadable},
	} {
		r := newRoom(t)
		_, err := r.Take(t.Context(), r.ring.Mint("draft"), bytes.NewReader(c.file))
		if got := refused(err); got != c.want || r.vault.Files() != 0 {
			t.Errorf("%s: %s, want %s; %d files", name, got, c.want, r.vault.Files())
		}
	}
}

func TestAPictureThatIsCutOffIsRefused(t *testing.T) {
	for name, file := range map[string][]byte{
		"jpeg": withEXIF(asJPEG(t, painting(64, 64)), binary.BigEndian, 6), "png": asPNG(t, painting(64, 64)), "webp": asWebP(t),
	} {
		r := newRoom(t)
		// Behind the picture data a few bytes may be missing without anything to see.
		for n := 12; n < len(file)-16; n += 1 + len(file)/60 {
			_, err := r.Take(t.Context(), r.ring.Mint("draft"), bytes.NewReader(file[:n]))
			if got := refused(err); got != evidence.Unreadable || r.vault.Files() != 0 {
				t.Errorf("%s cut at %d of %d: %s; %d files", name, n, len(file), got, r.vault.Files())
			}
		}
	}
}

// Whatever comes, it is refused, or kept to the byte with a clean copy that is
// a picture of our own making.
func FuzzTake(f *testing.F) {
	for _, seed := range [][]byte{
		withEXIF(asJPEG(f, painting(16, 8)), binary.LittleEndian, 6), promising(asJPEG(f, painting(16, 8)), 0xc2, 16, 8),
		withText(asPNG(f, painting(16, 8)), marker), asWebP(f), []byte(media("heic", "mif1")), []byte("%PDF-1.4"), []byte(zipped("a")), []byte("<svg>"),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		r := newRoom(t)
		key := r.ring.Mint("draft")
		e, err := r.Take(t.Context(), key, bytes.NewReader(file))
		if err != nil {
			if why := refused(err); !slices.Contains(evidence.Whys(), why) || r.vault.Files() != 0 {
				t.Fatalf("%s; %d files", why, r.vault.Files())
			}
			return
		}
		folder := r.folder(key)
		if got := r.original(folder, e.ID); !bytes.Equal(got, file) {
			t.Fatalf("the original is %d bytes, sent were %d", len(got), len(file))
		}
		if !e.Clean {
			return
		}
		clean := r.clean(folder, e.ID)
		if _, err := jpeg.Decode(bytes.NewReader(clean)); err != nil || bytes.Contains(clean, []byte(marker)) {
			t.Fatalf("the clean copy: %v", err)
		}
	})
}
