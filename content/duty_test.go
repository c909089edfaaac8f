package content

import "testing"

func TestMet(t *testing.T) {
	put := func(r Record, id ID, year int) Change {
		m := r.Head()
		m.ID, m.Year = id, year
		return Change{Op: Put, ID: id, Record: r}
	}
	s, err := Fold([]Edition{
		{Number: 1, Changes: []Change{
			put(&Policy{}, "policy/a", 2022), put(&School{}, "school/a", 0), put(&Term{}, "term/a", 0), put(&Target{}, "target/2022", 2022), put(&Target{}, "target/2024", 2024),
		}},
		{Number: 2, Changes: []Change{{Op: Withdraw, ID: "target/2024", Reason: "登错了"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		met  Type
		year int
		want bool
	}{
		{"published for its year", TypePolicy, 2022, true},
		{"published for an earlier year only", TypePolicy, 2023, false},
		{"published for a later year only", TypeTarget, 2021, false},
		{"published and withdrawn", TypeTarget, 2024, false},
		{"a type of which nothing is published", TypeQualification, 2022, false},
		{"of no year by its nature", TypeSchool, 2022, true},
		{"of no year, and wanted for one", TypeTerm, 2022, false},
		{"a duty that no record can meet", "", 2022, false},
	} {
		d := &Duty{Met: test.met}
		d.Year = test.year
		if got := s.Met(d); got != test.want {
			t.Errorf("%s: Met = %v, want %v", test.name, got, test.want)
		}
	}
}
