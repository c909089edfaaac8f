package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"image"
	"io"
)

// The markers of a JPEG that matter here (ITU T.81, table B.1).
const (
	markerSOI  = 0xd8
	markerSOF2 = 0xc2 // progressive
	markerSOS  = 0xda
	markerEOI  = 0xd9
	markerAPP1 = 0xe1
)

// What a pixel takes while a JPEG is decoded: a progressive one keeps its
// coefficients, four bytes for each sample, until the end.
const (
	baselineBytes    = 4
	progressiveBytes = 20
)

// surveyJPEG walks the segments before the picture data. What it does not
// understand it takes for the costlier kind.
func surveyJPEG(r io.Reader, _ image.Config) (turn, int) {
	turned, in := upright, bufio.NewReader(r)
	if first, err := in.Peek(2); err != nil || first[0] != 0xff || first[1] != markerSOI {
		return turned, progressiveBytes
	}
	_, _ = in.Discard(2) // peeked
	perPixel := baselineBytes
	for {
		marker, segment, err := nextSegment(in)
		switch {
		case err != nil, marker == markerEOI:
			return turned, progressiveBytes
		case marker == markerSOS:
			return turned, perPixel
		case marker == markerSOF2:
			perPixel = progressiveBytes
		case marker == markerAPP1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")):
			turned = orientation(segment[6:])
		}
	}
}

// nextSegment reads a marker and what belongs to it.
func nextSegment(in *bufio.Reader) (marker byte, segment []byte, err error) {
	b, err := in.ReadByte()
	if err != nil || b != 0xff {
		return 0, nil, io.ErrUnexpectedEOF
	}
	for marker = 0xff; marker == 0xff; { // fill bytes
		if marker, err = in.ReadByte(); err != nil {
			return 0, nil, err
		}
	}
	if marker == markerSOS || marker == markerEOI {
		return marker, nil, nil
	}
	var size [2]byte
	if _, err := io.ReadFull(in, size[:]); err != nil {
		return 0, nil, err
	}
	n := int(binary.BigEndian.Uint16(size[:])) - len(size)
	if n < 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	segment = make([]byte, n)
	_, err = io.ReadFull(in, segment)
	return marker, segment, err
}

// orientation reads the tag of that name (0x0112) in the first directory of a
// TIFF header. Without a valid one the picture stands upright.
func orientation(tiff []byte) turn {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:8]))
	if at+2 > int64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return upright
		}
		const short = 3
		if order.Uint16(entries) == 0x0112 && order.Uint16(entries[2:]) == short {
			if t := turn(order.Uint16(entries[8:])); t >= upright && t <= leftBottom {
				return t
			}
			return upright
		}
		entries = entries[12:]
	}
	return upright
}
