package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// acts are all forms, by their names in addresses.
var acts = []string{
	"take", "pass", "hand", "decline", "own", "pass-on", "assign", "ask", "answer", "proceed", "refer", "merge", "propose", "conclude",
	"sign-for", "return", "recall", "take-over", "reply", "draft", "present", "sign", "send-back", "extend", "rate", "redo", "close", "decide",
	"report", "note", "write", "supervise", "add", "reroute", "recuse", "withdraw", "reopen", "erase-propose", "erase", "identity-ask", "identity-grant",
	"decline-refuse", "identity-refuse", "erase-refuse",
	"identity", "words",
}

// standing are cases in every state that is not passed through at once.
var standing = map[string]func(*room, complaint.Draft) complaint.Number{
	"submitted": func(r *room, d complaint.Draft) complaint.Number { return r.file(d) },
	"need_info": pressed("first", "ask"),
	"need_info, late": func(r *room, d complaint.Draft) complaint.Number {
		n := pressed("first", "ask")(r, d)
		r.now = r.now.Add(11 * 24 * time.Hour)
		return n
	},
	"decline proposed": pressed("first", "propose"),
	"declined":         pressed("first", "propose", "second", "decline"),
	"referred":         pressed("first", "refer"),
	"merged": func(r *room, d complaint.Draft) complaint.Number {
		n, lead := r.file(d), r.file(r.draft())
		r.must("first", n, "merge", "lead", string(lead))
		return n
	},
	"accepted":      pressed("first", "hand", "first", "recall"),
	"assigned":      pressed("first", "hand"),
	"investigating": pressed("first", "take"),
	"reply_draft":   pressed("first", "take", "first", "draft"),
	"reviewing":     pressed("first", "take", "first", "reply"),
	"callback":      pressed("first", "take", "first", "reply", "second", "sign"),
	"not satisfied": rated(complaint.Dissatisfied),
	"satisfied":     rated(complaint.Satisfied),
	"rework":        rated(complaint.Dissatisfied, "redo"),
	"closed":        rated(complaint.Satisfied, "close"),
	"of a county": func(r *room, d complaint.Draft) complaint.Number {
		d.Accused[0].Unit = "410823-01"
		return r.file(d)
	},
	"of a county, accepted": func(r *room, d complaint.Draft) complaint.Number {
		d.Accused[0].Unit = "410823-01"
		return pressed("first", "pass", "first", "recall")(r, d)
	},
	"withdrawn":          pressed("second", "withdraw"),
	"erasure proposed":   pressed("second", "withdraw", "first", "erase-propose"),
	"erased":             pressed("second", "withdraw", "first", "erase-propose", "second", "erase"),
	"identity asked":     pressed("first", "identity-ask"),
	"identity granted":   pressed("first", "identity-ask", "second", "identity-grant"),
	"asked by the unit":  pressed("first", "take", "first", "ask"),
	"recused, passed on": pressed("first", "hand", "first", "recuse"),
}

// pressed files a case and presses one form after the other.
func pressed(whoForm ...string) func(*room, complaint.Draft) complaint.Number {
	return func(r *room, d complaint.Draft) complaint.Number {
		n := r.file(d)
		for i := 0; i < len(whoForm); i += 2 {
			r.quick(whoForm[i], n, whoForm[i+1])
		}
		return n
	}
}

// quick sends a form without looking at the page first.
func (r *room) quick(who string, n complaint.Number, form string) {
	r.t.Helper()
	v := url.Values{
		"turn": {itoa(r.fold(n).Turn)}, "words": {"话"}, "reason": {reasonFor[form]}, "to": {"police"}, "outcome": {"substantiated"},
		"unit": {r.fold(n).Route.Unit}, "officer": {"first"},
	}
	if a := r.do(who, "POST", casePath(n)+"/"+form, v); a.StatusCode != 303 {
		r.t.Fatalf("%s sends %s: %d\n%s", who, form, a.StatusCode, a.page(r.t).text())
	}
}

var reasonFor = map[string]string{"propose": "no_facts", "recuse": "kin_or_interest", "erase-propose": "asked_by_citizen", "identity-ask": "must_contact"}

func rated(rating complaint.Rating, then ...string) func(*room, complaint.Draft) complaint.Number {
	return func(r *room, d complaint.Draft) complaint.Number {
		n := pressed("first", "take", "first", "reply", "second", "sign")(r, d)
		r.say(d.Receipt, complaint.Action{Move: complaint.Rate, Facts: complaint.Facts{Rating: rating}})
		for _, form := range then {
			r.quick("second", n, form)
		}
		return n
	}
}

// byHand is what somebody sends who was not offered the form.
func byHand(r *room, n, other complaint.Number) url.Values {
	return url.Values{
		"turn": {itoa(r.fold(n).Turn)}, "words": {"话"}, "reason": {"must_verify"}, "to": {"police"}, "outcome": {"substantiated"},
		"lead": {string(other)}, "days": {"5"}, "rating": {"satisfied"}, "unit": {"410800.vet"}, "officer": {"first"},
		"kind": {"irregular"}, "accused1": {"vocational_school"}, "place1": {"unit:410800-02"},
	}
}

// Every button that is shown works, and what is not shown is refused when it is
// sent by hand: in every state, for every officer, seeing the case or not.
func TestWhatIsOfferedWorksAndNothingElse(t *testing.T) {
	offered := map[string]bool{}
	for state, stand := range standing {
		t.Run(state, func(t *testing.T) {
			base := newRoom(t, complainttest.Staffed())
			n := stand(base, base.draft())
			other := base.file(base.draft())
			for _, who := range []string{"first", "second", "vet", "county", "school", "analyst"} {
				var shows []string
				if a := base.get(who, casePath(n)); a.StatusCode == 200 {
					shows = a.page(t).forms(n)
				} else if a.StatusCode != 404 {
					t.Fatalf("%s: %d", who, a.StatusCode)
				}
				for _, act := range shows {
					if who != "first" && who != "second" && offered[act] {
						continue // as for the others
					}
					offered[act] = true
					if !slices.Contains(acts, act) {
						t.Errorf("the form %s is not in the table", act)
					}
					r := newRoom(t, complainttest.Staffed())
					n := stand(r, r.draft())
					with := []string{}
					if act == "merge" {
						lead := r.draft()
						lead.Accused = r.fold(n).Accused
						with = []string{"lead", string(r.file(lead))}
					}
					if a := r.press(who, n, act, with...); a.StatusCode != 303 && (a.StatusCode != 200 || act != "identity" && act != "words") {
						t.Errorf("%s is offered %s, and gets %d: %s", who, act, a.StatusCode, a.page(t).text())
					}
				}
				tried := acts
				if shows == nil || who != "first" && who != "second" {
					tried = []string{"take", "sign-for", "sign", "note", "recuse", "identity", "words"} // the others have the same answers
				}
				for _, act := range tried {
					if slices.Contains(shows, act) || quiet(act, shows) {
						continue
					}
					before := base.fold(n).Version
					a := base.do(who, "POST", casePath(n)+"/"+act, byHand(base, n, other))
					if shows == nil && a.StatusCode != 404 || a.StatusCode < 400 || a.StatusCode >= 500 {
						t.Errorf("%s sends %s by hand: %d", who, act, a.StatusCode)
					}
					if after := base.fold(n); after.Version > before+1 || after.Version == before+1 && after.Timeline[before].Move != complaint.Look {
						t.Errorf("%s did %s by hand", who, act)
					}
				}
			}
		})
	}
	for _, act := range acts {
		if !offered[act] && act != "decide" { // for the level above, which a city has not
			t.Errorf("%s was never offered", act)
		}
	}
}

// quiet reports whether a form is not shown because another one stands for it.
func quiet(act string, shows []string) bool {
	return act == "pass" && slices.Contains(shows, "take") || act == "pass-on" && slices.Contains(shows, "own") || act == "words"
}

func TestASupervisorTriagesWithFewKeys(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	queue := r.get("first", "/desk")
	if !strings.Contains(queue.body, `href="`+casePath(n)+`"`) {
		t.Fatal("the case is not in the queue")
	}
	// Enter opens the first, a takes it: the form has no field.
	v := r.get("first", casePath(n)).page(t).filled(casePath(n) + "/take")
	if len(v) != 1 || v.Get("turn") == "" {
		t.Errorf("taking asks for %v", v)
	}
	r.must("first", n, "take")
	r.stands(n, complaint.Investigating)
}
