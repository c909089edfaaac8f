package desk_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// photo is a picture with a marker in its metadata.
func photo(t *testing.T, marker string) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for x := range 40 {
		img.Set(x, 10, color.RGBA{200, 30, 30, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0xff, 0xfe, 0, byte(len(marker) + 2)}, marker...)
	return append(append(bytes.Clone(b.Bytes()[:2]), comment...), b.Bytes()[2:]...)
}

func TestEvidenceIsSeenCleanAndItsOriginalForAReason(t *testing.T) {
	r := newRoom(t, complainttest.Staffed())
	draft := r.draft()
	original := photo(t, "taken at home")
	e, err := r.files.Take(t.Context(), draft.Key, bytes.NewReader(original))
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := r.files.Take(t.Context(), draft.Key, strings.NewReader("%PDF-1.4 <script>"))
	if err != nil {
		t.Fatal(err)
	}
	draft.Evidence = []complaint.Evidence{e, pdf}
	n := r.file(draft)
	path := casePath(n) + "/files/"

	seen := r.get("first", path+e.ID)
	if seen.StatusCode != 200 || seen.Header.Get("Content-Type") != "image/jpeg" || seen.Header.Get("Cache-Control") != "no-store" || strings.Contains(seen.body, "taken at home") {
		t.Errorf("clean copy: %d %v", seen.StatusCode, seen.Header)
	}
	if page := r.get("first", casePath(n)).body; !strings.Contains(page, `src="`+path+e.ID+`"`) || strings.Contains(page, `src="`+path+pdf.ID+`"`) {
		t.Error("the picture is not shown, or something else is")
	}
	got := r.do("first", "POST", path+e.ID, url.Values{"reason": {"must_examine"}})
	if got.StatusCode != 200 || got.body != string(original) || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") || !strings.Contains(got.Header.Get("Content-Disposition"), string(n)+"-1.jpg") {
		t.Errorf("original: %d %v", got.StatusCode, got.Header)
	}
	c := r.fold(n)
	if last := c.Timeline[len(c.Timeline)-1]; last.Move != complaint.OpenOriginal {
		t.Errorf("opening was noted as %s", last.Move)
	}
	for name, a := range map[string]answer{
		"without a reason": r.do("first", "POST", path+pdf.ID, url.Values{}),
		"by no role":       r.do("second-", "POST", path+pdf.ID, url.Values{"reason": {"must_examine"}}),
		"a PDF in place":   r.get("first", path+pdf.ID),
		"no file":          r.get("first", path+"nothing"),
		"excluded":         r.get("county", path+e.ID),
		"excluded, whole":  r.do("county", "POST", path+e.ID, url.Values{"reason": {"must_examine"}}),
	} {
		if a.StatusCode < 400 || strings.Contains(a.body, "%PDF") {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
}

// What an advert's telephone is, no program can tell from a parent's: every
// number is masked, and one press opens them, with its reason on record.
func TestAHiddenNumberIsOneTapAway(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	d := r.draft()
	d.Words = []byte("传单上写：招生热线13912345678，包就业")
	n := r.file(d)
	page := r.get("first", casePath(n))
	if strings.Contains(page.body, "13912345678") {
		t.Error("a number is shown without a reason")
	}
	press := page.page(t).all(func(n *html.Node) bool { return n.Data == "button" && attr(n, "value") == "in_advert" })
	if len(press) != 1 || attr(press[0], "name") != "reason" {
		t.Fatalf("%d presses", len(press))
	}
	a := r.do("first", "POST", casePath(n)+"/words", url.Values{"reason": {"in_advert"}})
	if a.StatusCode != 200 || !strings.Contains(a.body, "13912345678") {
		t.Errorf("%d: not opened", a.StatusCode)
	}
	rec, err := r.book.Record(t.Context(), complaint.Unscoped(), n)
	if err != nil || !slices.ContainsFunc(rec.Events, func(e complaint.Event) bool {
		return e.Move == complaint.OpenOriginal && e.Facts.Reason == complaint.InAdvert
	}) {
		t.Error("the reason is not on record")
	}
	if again := r.get("first", casePath(n)); strings.Contains(again.body, "13912345678") {
		t.Error("it stays open")
	}
}
