package evidence

import (
	"image"
	"image/draw"

	xdraw "golang.org/x/image/draw"
)

// turn is how a stored picture is to be turned to stand upright, in the numbers
// of EXIF: where row 0 and column 0 of what is stored belong.
type turn uint16

const (
	upright    turn = 1
	leftBottom turn = 8
)

// apply returns the picture turned. From 5 on width and height change places.
func (t turn) apply(m *image.RGBA) *image.RGBA {
	if t <= upright || t > leftBottom {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if t >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			u, v := t.to(x, y, w, h)
			copy(out.Pix[out.PixOffset(u, v):][:4], m.Pix[m.PixOffset(x, y):])
		}
	}
	return out
}

// to returns where the pixel at x, y of a stored picture belongs.
func (t turn) to(x, y, w, h int) (u, v int) {
	switch t {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case leftBottom:
		return y, w - 1 - x
	case upright:
	}
	return x, y
}

// How large a clean copy is: its longer side, unless that would leave less than
// legible of the shorter one, as of a long screenshot of a chat.
const (
	longSide = 2048
	legible  = 720
	mostSide = 16 << 10
)

// cleanSize returns the size of the clean copy of a picture of w × h.
func cleanSize(w, h int) (int, int) {
	long, short := max(w, h), min(w, h)
	to := min(long, longSide)
	if short*to/long < legible {
		to = min(long, max(to, legible*long/short), mostSide)
	}
	return max(1, w*to/long), max(1, h*to/long)
}

// shrunk returns the picture on white in the size of its clean copy. Whole
// blocks are averaged first, strip by strip, so that the large picture is never
// in memory a second time; what is left is less than one half.
func shrunk(m image.Image) *image.RGBA {
	b := m.Bounds()
	w, h := cleanSize(b.Dx(), b.Dy())
	if f := min(b.Dx()/w, b.Dy()/h); f > 1 {
		m = averaged(m, f)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	if m.Bounds().Size() == out.Rect.Size() {
		draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Over)
		return out
	}
	xdraw.ApproxBiLinear.Scale(out, out.Rect, m, m.Bounds(), draw.Over, nil)
	return out
}

// averaged returns the picture on white with each block of f × f pixels as one.
func averaged(m image.Image, f int) *image.RGBA {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, (b.Dx()+f-1)/f, (b.Dy()+f-1)/f))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), f))
	for v := range out.Rect.Dy() {
		draw.Draw(strip, strip.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, strip.Rect, m, image.Pt(b.Min.X, b.Min.Y+v*f), draw.Over)
		rows := min(f, b.Dy()-v*f)
		for u := range out.Rect.Dx() {
			columns := min(f, b.Dx()-u*f)
			var sum [4]int
			for y := range rows {
				for i, p := range strip.Pix[strip.PixOffset(u*f, y):][:4*columns] {
					sum[i&3] += int(p)
				}
			}
			at := out.Pix[out.PixOffset(u, v):][:4]
			for i := range at {
				at[i] = byte(sum[i] / (rows * columns))
			}
		}
	}
	return out
}
