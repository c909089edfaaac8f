package evidence

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"yangguang/complaint"
)

// What a picture may need to be decoded. Its header says so, before a byte is
// unpacked.
const (
	maxPixels = 50_000_000
	maxMemory = 256 << 20
)

// quality is that of the JPEG of a clean copy.
const quality = 85

// decoder reads one format of picture.
type decoder struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	// survey says what the other two do not: how the picture is to be turned,
	// and how much memory a pixel takes while it is decoded.
	survey func(io.Reader, image.Config) (turn turn, perPixel int)
}

var (
	jpegDecoder = &decoder{jpeg.DecodeConfig, jpeg.Decode, surveyJPEG}
	pngDecoder  = &decoder{png.DecodeConfig, png.Decode, surveyPNG}
	webpDecoder = &decoder{webp.DecodeConfig, webp.Decode, func(io.Reader, image.Config) (turn, int) { return upright, 10 }}
)

func surveyPNG(_ io.Reader, c image.Config) (turn, int) {
	switch c.ColorModel {
	case color.NRGBA64Model, color.RGBA64Model, color.Gray16Model:
		return upright, 8
	}
	return upright, 5
}

// clean makes the clean copy of a picture whose original is in the vault. It
// reads it from there, so that nobody who waits for the lamp holds a picture in
// memory.
func (c *Cabinet) clean(ctx context.Context, key complaint.Key, file string, f Format) error {
	select {
	case c.lamp <- struct{}{}:
		defer func() { <-c.lamp }()
	case <-ctx.Done():
		return ctx.Err()
	}
	m, err := f.decode.picture(func() (*chunkReader, error) { return c.reader(ctx, key, file, Original) })
	if err != nil {
		return err
	}
	w := c.writer(ctx, key, file, Clean)
	if err := jpeg.Encode(w, m, &jpeg.Options{Quality: quality}); err != nil {
		return err
	}
	return w.Close()
}

// picture decodes a picture and makes it what its clean copy shows: turned
// upright, on white, not larger than it need be. A picture that cannot be
// decoded whole is refused: whoever sent it can still send another.
func (d *decoder) picture(open func() (*chunkReader, error)) (m image.Image, err error) {
	var config image.Config
	err = d.read(open, func(r io.Reader) (err error) { config, err = d.config(r); return err })
	if err != nil {
		return nil, err
	}
	turned, perPixel := upright, 0
	err = d.read(open, func(r io.Reader) error { turned, perPixel = d.survey(r, config); return nil })
	if err != nil {
		return nil, err
	}
	pixels := int64(config.Width) * int64(config.Height)
	if pixels > maxPixels || pixels*int64(perPixel) > maxMemory {
		return nil, &Refused{TooManyPixels}
	}
	err = d.read(open, func(r io.Reader) (err error) { m, err = d.decode(r); return err })
	if err != nil {
		return nil, err
	}
	if m.Bounds().Dx() != config.Width || m.Bounds().Dy() != config.Height || m.Bounds().Empty() {
		return nil, &Refused{Unreadable}
	}
	return turned.apply(shrunk(m)), nil
}

// read lets do read the picture from its beginning. What do makes of the bytes,
// a panic too, is the picture's fault; that they did not come is not.
func (d *decoder) read(open func() (*chunkReader, error), do func(io.Reader) error) (err error) {
	r, err := open()
	if err != nil {
		return err
	}
	defer func() {
		if v := recover(); v != nil {
			err = errors.New(fmt.Sprint(v))
		}
		if failed := r.failed(); failed != nil {
			err = failed
		} else if err != nil {
			err = &Refused{Unreadable}
		}
	}()
	return do(r)
}
