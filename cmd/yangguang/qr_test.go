package main

import (
	"strings"
	"testing"
)

// The three eyes stand in their corners, the right way round.
func TestQRCode(t *testing.T) {
	mark, err := qrCode("otpauth://totp/%E9%98%B3%E5%85%89:vet-1?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=x")
	must(t, err)
	const eye = "####### #.....# #.###.# #.###.# #.###.# #.....# #######"
	n := len(mark)
	look := func(x, y int) string {
		rows := make([]string, 7)
		for i := range rows {
			for j := range 7 {
				rows[i] += map[bool]string{true: "#", false: "."}[mark[y+i][x+j]]
			}
		}
		return strings.Join(rows, " ")
	}
	for _, corner := range [][2]int{{0, 0}, {n - 7, 0}, {0, n - 7}} {
		if got := look(corner[0], corner[1]); got != eye {
			t.Errorf("at %v: %s", corner, got)
		}
	}
	if look(n-7, n-7) == eye {
		t.Error("an eye in the fourth corner")
	}
}
