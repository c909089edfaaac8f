package content

import "testing"

func TestRestingOn(t *testing.T) {
	put := func(r Record, id ID, order int, policy ID) Change {
		m := r.Head()
		m.ID, m.Order, m.Source.Policy = id, order, policy
		return Change{Op: Put, ID: id, Record: r}
	}
	s, err := Fold([]Edition{{Number: 1, Changes: []Change{
		put(&FAQ{}, "faq/a", 1, "policy/x"),
		put(&Target{}, "target/2022/2", 2, "policy/x"),
		put(&Target{}, "target/2022/1", 1, "policy/x"),
		put(&Rule{}, "rule/2022/other", 1, "policy/y"),
		put(&Unit{}, "unit/1", 1, "policy/x"), // a name is no claim
	}}, {Number: 2, Changes: []Change{{Op: Withdraw, ID: "target/2022/2", Reason: "wrong"}}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []ID
	for _, r := range s.RestingOn("policy/x") {
		got = append(got, r.Head().ID)
	}
	if len(got) != 2 || got[0] != "target/2022/1" || got[1] != "faq/a" {
		t.Errorf("RestingOn = %v, want the target that still holds, then the question", got)
	}
}
