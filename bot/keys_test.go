package bot

import (
	"maps"
	"slices"
	"testing"

	"yangguang/complaint"
	"yangguang/content"
)

// said are the keys of remarks, problems and buttons as the code names them;
// the others follow from slots, kinds and choices.
var said = []string{
	"hello", "resume", "notice", "danger", "help", "stale", "first", "added", "named", "private", "attached", "detached", "files.full",
	"revised", "revised.not", "revised.late", "abroad.private", "abroad.receipt", "abroad.name", "abroad.late", "abroad.identity", "abroad.given", "done.abroad", "option.filled", "option.unnamed",
	"not_yet", "gone", "enough", "edit.how", "progress", "privacy", "trouble", "site.answer", "site.links", "site.none", "done",
	"filed.again", "filed.added", "filed.apart", "filed.kept", "filed.who", "amended",
	"ask.card", "ask.summary", "ask.answer", "ask.leave", "ask.kind.danger", "ask.answer.danger",
	"option.skip", "kind.all", "against.other", "card.yes", "leave.yes", "leave.no", "answer.enough", "answer.complain",
	"summary.submit", "summary.cancel", "school.unlisted",
	tooShort, tooLong, notChoice, isMissing, isFuture, noMoment, noPhone, noName, cannotSkip,
}

// Every key that the conversation can say has a text, and no text is left over.
func TestWordingsAreWhole(t *testing.T) {
	want := map[string]bool{}
	for _, key := range said {
		want[key] = true
	}
	for _, s := range slots {
		want["line."+string(s.Name)], want["edit."+string(s.Name)] = true, true
		if s.Name != Detail {
			want["ask."+string(s.Name)] = true
		}
	}
	for _, k := range complaint.Kinds() {
		want["kind."+string(k)] = true
		for _, o := range againstOptions[k] {
			want[o.Key] = true
		}
		for _, s := range ownQuestions[k] {
			want["ask."+string(s)+"."+string(k)] = true
		}
	}
	for kind, values := range details {
		for _, v := range values {
			if kind == complaint.Other {
				want["ask.answer."+v] = true
				continue
			}
			want["detail."+string(kind)+"."+v], want["ask.detail."+string(kind)] = true, true
		}
	}
	for _, o := range slices.Concat(paidOptions, identityOptions, personOptions) {
		want[o.Key] = true
	}
	for _, key := range firstWords {
		want[key] = true
	}
	for _, r := range []complaint.RefusalReason{complaint.RefusedBureau, complaint.RefusedNobody, complaint.RefusedNoCase, complaint.RefusedHigher} {
		want["refused."+string(r)] = true
		if content.BundledWordings()["refusal"][string(r)] == "" {
			t.Errorf("refusal: no text for %s", r)
		}
	}
	texts := content.BundledWordings()["talk"]
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if texts[key] == "" {
			t.Errorf("no text for %s", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if !want[key] {
			t.Errorf("nothing says %s", key)
		}
	}
}

// The other pages' wordings have a text for each word of room complaint.
func TestWordingsOfTheOffice(t *testing.T) {
	words := map[string][]string{
		"letter": {
			string(complaint.LetterFiled), string(complaint.LetterAsked), string(complaint.LetterMerged), string(complaint.LetterReferred),
			string(complaint.LetterDeclined), string(complaint.LetterAccepted), string(complaint.LetterAssigned), string(complaint.LetterExtended),
			string(complaint.LetterReplied), string(complaint.LetterRedone), string(complaint.LetterClosed), string(complaint.LetterWithdrawn),
			string(complaint.LetterDecided), string(complaint.LetterWritten),
		},
		"authority": {
			string(complaint.Hotline), string(complaint.Police), string(complaint.AntiFraud), string(complaint.MarketRegulation),
			string(complaint.Cyberspace), string(complaint.HumanResources), string(complaint.CivilAffairs), string(complaint.ProvinceBureau), string(complaint.Inspection),
			string(complaint.HigherAuthority),
		},
		"reason": {
			string(complaint.NotCompetent), string(complaint.Repeated), string(complaint.InCourt), string(complaint.NoFacts), string(complaint.Complex),
			string(complaint.WrongUnit), string(complaint.KinOrInterest), string(complaint.Named), string(complaint.MustContact),
			string(complaint.MustVerify), string(complaint.AskedByCitizen), string(complaint.Danger), string(complaint.Overdue), string(complaint.NobodyLeft),
		},
		"outcome": {string(complaint.Substantiated), string(complaint.PartlySubstantiated), string(complaint.Unsubstantiated), string(complaint.Unverifiable)},
		"rating":  {string(complaint.Satisfied), string(complaint.Neutral), string(complaint.Dissatisfied)},
	}
	for _, term := range complaint.Defaults().Terms {
		words["clock"] = append(words["clock"], string(term.Clock))
	}
	for subject, keys := range words {
		texts := content.BundledWordings()[subject]
		for _, key := range keys {
			if texts[key] == "" {
				t.Errorf("%s: no text for %s", subject, key)
			}
			if subject == "authority" && texts[key+".contact"] == "" {
				t.Errorf("authority: nobody to call for %s", key)
			}
		}
	}
}
