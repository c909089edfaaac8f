package main

import (
	"image/color"

	"github.com/boombuler/barcode/qr"
)

// qrCode draws a text as the squares of a QR code, dark ones true. Medium
// correction is read from a scratched screen, and stays coarse.
func qrCode(text string) ([][]bool, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	side := code.Bounds()
	mark := make([][]bool, side.Dy())
	for y := range mark {
		mark[y] = make([]bool, side.Dx())
		for x := range mark[y] {
			mark[y][x] = code.At(x, y) == color.Black
		}
	}
	return mark, nil
}
