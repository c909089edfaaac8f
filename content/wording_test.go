package content_test

import (
	"testing"

	"yangguang/content"
)

func TestWordings(t *testing.T) {
	own := &content.Wording{Meta: content.Meta{ID: "wording/rating"}, Texts: map[string]string{"satisfied": "很满意"}}
	police := &content.Contact{Meta: content.Meta{ID: "contact/police-110"}, Name: "报警电话", Phone: "110"}
	s, err := content.Fold([]content.Edition{{Number: 1, Changes: []content.Change{
		{Op: content.Put, ID: own.ID, Record: own}, {Op: content.Put, ID: police.ID, Record: police},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	bundled := content.BundledWordings()
	for _, c := range []struct{ subject, key, want string }{
		{"rating", "satisfied", "很满意"},
		{"rating", "neutral", bundled["rating"]["neutral"]}, // the office says nothing of it
		{"outcome", "substantiated", "属实"},                  // nor of these
		{"outcome", "no such key", ""},
		{"no such subject", "satisfied", ""},
	} {
		if got := s.Say(c.subject, c.key, nil); got != c.want {
			t.Errorf("%s %s = %q, want %q", c.subject, c.key, got, c.want)
		}
	}
	w := &content.Wording{Texts: map[string]string{"done": "编号 {number}，{number} 和 {other}"}}
	if got := w.Say("done", map[string]string{"number": "7", "none": "8"}); got != "编号 7，7 和 {other}" {
		t.Errorf("filled in: %s", got)
	}
	if len(own.Texts) != 1 || len(bundled["rating"]) != 3 {
		t.Error("filling in changed the record or the bundled wordings")
	}
	if name, call := s.Authority("police"); name != "公安机关" || call == nil || call.Phone != "110" {
		t.Errorf("the police: %s %+v", name, call)
	}
	if name, call := s.Authority("market_regulation"); name == "" || call != nil {
		t.Errorf("no hotline in the record: %s %+v", name, call)
	}
}
