package desk

import (
	"os"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
)

func TestEveryCodeHasAWord(t *testing.T) {
	for _, s := range complaint.States()[1:] {
		if stateWords[s] == "" {
			t.Errorf("no word for the state %s", s)
		}
	}
	for _, m := range complaint.Moves() {
		if moveWords[m] == "" {
			t.Errorf("no word for the move %s", m)
		}
	}
	called := map[string]complaint.Role{}
	for _, r := range append(complaint.Roles(), complaint.Citizen, complaint.Clockwork) {
		if other, twice := called[r.Chinese()]; r.Chinese() == "" || twice {
			t.Errorf("the role %s is called %q, as %q is", r, r.Chinese(), other)
		}
		called[r.Chinese()] = r
	}
	for _, m := range []complaint.Move{
		complaint.Accept, complaint.Decline, complaint.Assign, complaint.SignFor, complaint.DraftReply, complaint.PresentReply, complaint.TakeOver,
		complaint.Proceed, complaint.Sign, complaint.Redo, complaint.Decide, complaint.GrantIdentity, complaint.Erase, complaint.Look,
	} {
		if awaitWords[m] == "" {
			t.Errorf("no word for who waits for %s", m)
		}
	}
	for _, k := range complaint.Kinds() {
		p, _ := k.Profile()
		if kindWords[k] == "" {
			t.Errorf("no word for the kind %s", k)
		}
		for _, a := range p.Against {
			if accusedWords[a] == "" {
				t.Errorf("no word for a %s", a)
			}
		}
	}
	for _, rule := range complaint.Defaults().Terms {
		if clockWords[rule.Clock] == "" || countWords[rule.Count] == "" {
			t.Errorf("no word for the term %s of %s", rule.Clock, rule.Count)
		}
	}
}

func TestFormsHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{"identity": true, "words": true}
	for _, f := range forms {
		if seen[f.Name] || f.Word == "" || f.Done == "" {
			t.Errorf("the form %q", f.Name)
		}
		seen[f.Name] = true
	}
}

func TestTimeLeftInWords(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, calendar.China)
	for _, c := range []struct {
		due  time.Duration
		want string
	}{
		{30 * time.Minute, "剩 30 分"},
		{3*time.Hour + 20*time.Minute, "剩 3 小时 20 分"},
		{14 * time.Hour, "剩 14 小时"}, // the end of the day
		{25 * time.Hour, "明天 11:00"},
		{38 * time.Hour, "明天到期"},
		{62 * time.Hour, "剩 2 天"},
		{0, "超 1 分"},
		{-5 * time.Hour, "超 5 小时"},
		{-30 * time.Hour, "超 1 天"},
	} {
		if got := leftWords(now.Add(c.due), now); got != c.want {
			t.Errorf("due in %v: %s, not %s", c.due, got, c.want)
		}
	}
}

// The desk has a sheet of its own and the colours of the public pages.
func TestTheColoursAreThoseOfTheSite(t *testing.T) {
	site, err := os.ReadFile("../static/base.css")
	if err != nil {
		t.Fatal(err)
	}
	own, err := static.ReadFile("static/desk.css")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(own)) {
		if strings.HasPrefix(line, "--paper") || strings.HasPrefix(line, "--blue") {
			if !strings.Contains(string(site), strings.TrimRight(strings.TrimSpace(line), "}")) {
				t.Errorf("not of the site: %s", line)
			}
		}
	}
}

func TestAPositionInAnAddress(t *testing.T) {
	p := complaint.Position{Rank: 2, At: 1795500000000, Filed: 1795400000000, Number: "202604888945C"}
	if got := parsePosition(positionText(p)); got != p {
		t.Errorf("%+v", got)
	}
	for _, wrong := range []string{"", "x", "MiAx", positionText(complaint.Position{Number: "1"})} {
		if got := parsePosition(wrong); got != (complaint.Position{}) {
			t.Errorf("%q: %+v", wrong, got)
		}
	}
}
