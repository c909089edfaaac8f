package content

import "testing"

func TestListsSchools(t *testing.T) {
	target := &Target{}
	target.ID, target.Year = TargetID(2022, "410800-01"), 2022
	s, err := Fold([]Edition{{Number: 1, Changes: []Change{{Op: Put, ID: target.ID, Record: target}}}})
	if err != nil {
		t.Fatal(err)
	}
	// A target is no proof that a school may recruit.
	if s.ListsSchools(2022) {
		t.Error("a list of schools is reported, and only a target is published")
	}
}
