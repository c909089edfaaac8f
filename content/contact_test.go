package content

import "testing"

func TestContact(t *testing.T) {
	put := func(id ID, year int, phone string) Change {
		c := &Contact{Phone: phone}
		c.ID, c.Year = id, year
		return Change{Op: Put, ID: id, Record: c}
	}
	s, err := Fold([]Edition{{Number: 1, Changes: []Change{
		put("contact/2022/office", 2022, "old"), put("contact/office", 0, "now"),
		put("contact/2023/platform", 2023, "newest"), put("contact/2021/platform", 2021, "older"),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"office": "now", "platform": "newest", "nobody": ""} {
		c, ok := s.Contact(key)
		if ok != (want != "") || ok && c.Phone != want {
			t.Errorf("Contact(%q) = %+v, %v; want %q", key, c, ok, want)
		}
	}
}
