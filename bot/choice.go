package bot

import (
	"slices"

	"yangguang/complaint"
)

// details are the particulars that are asked of a kind; their wording is
// detail.KIND.VALUE.
var details = map[complaint.Kind][]string{
	complaint.FalseAdvertising: {"flyer", "phone", "online", "visit", "teacher"},
	complaint.Interference:     {"filled", "forced", "exam", "withheld", "password"},
	complaint.FeeDemand:        {"asked", "took", "list", "goods"},
	complaint.Blockade:         {"entry", "choice", "files", "hidden"},
	complaint.IllegalFee:       {"reserve", "job", "extra", "refund", "receipt"},
	complaint.Unqualified:      {"unlicensed", "stopped", "branch", "agent"},
	complaint.Irregular:        {"early", "over", "switched", "refused", "outside"},
	complaint.Registration:     {"missing", "empty", "double", "taken", "elsewhere"},
	complaint.Fraud:            {"letter", "site", "posing", "quota"},
	complaint.AidUnpaid:        {"grant", "tuition", "scholarship", "yulu"},
	complaint.Privacy:          {"list", "calls", "card", "grades"},
	complaint.Internship:       {"mismatch", "forced", "agency", "pay", "hours"},
	complaint.Other:            {"praise", "withdraw", "urge", "unrelated"},
}

func choice(key, value string) Option {
	return Option{Act: Choose, Value: value, Key: key + "." + value}
}

func choicesOf(key string, values ...string) []Option {
	out := make([]Option, len(values))
	for i, v := range values {
		out[i] = choice(key, v)
	}
	return out
}

// likelyFirst puts the options that were guessed in front.
func likelyFirst(options []Option, likely ...string) []Option {
	out := slices.Clone(options)
	slices.SortStableFunc(out, func(a, b Option) int { return rankIn(likely, a.Value) - rankIn(likely, b.Value) })
	return out
}

func rankIn(list []string, v string) int {
	if i := slices.Index(list, v); i >= 0 {
		return i
	}
	return len(list)
}

// kindChoices offers all kinds that somebody can choose, those that the story
// speaks of first. A correction comes from the page it is about.
func kindChoices(t Talk) []Option {
	if t.Answers[About].Value != "" {
		return choicesOf("kind", string(complaint.Correction))
	}
	var all, likely []string
	for _, k := range complaint.Kinds() {
		if k != complaint.Correction {
			all = append(all, string(k))
		}
	}
	for _, k := range t.Heard.Kinds {
		likely = append(likely, string(k.Kind))
	}
	return likelyFirst(choicesOf("kind", all...), likely...)
}

// againstChoices always has the bureau among them: whoever wants to complain
// of it must be able to say so before anything is kept.
func againstChoices(t Talk) []Option {
	if t.kind() == complaint.AgainstBureau {
		return choicesOf("against", string(complaint.BureauItself))
	}
	var all, likely []string
	for _, a := range t.profile().Against {
		all = append(all, string(a))
	}
	for _, p := range t.Heard.Parties {
		likely = append(likely, string(p.Kind))
	}
	return append(likelyFirst(choicesOf("against", all...), likely...), choice("against", string(complaint.BureauItself)))
}

func places(list []Place) []Option {
	out := make([]Option, len(list))
	for i, p := range list {
		out[i] = Option{Act: Choose, Value: p.Code, Text: p.Name}
	}
	return out
}

func schoolChoices(t Talk) []Option {
	return append(places(t.dir.Schools), choice("school", Unlisted))
}

func payerChoices(t Talk) []Option {
	return append(places(t.dir.Schools), choice("school", Unlisted))
}

func areaChoices(t Talk) []Option { return places(t.dir.Areas) }

func detailChoices(t Talk) []Option {
	var likely []string
	for _, d := range t.Heard.Details {
		if d.Kind == t.kind() {
			likely = append(likely, d.Value)
		}
	}
	return likelyFirst(choicesOf("detail."+string(t.kind()), details[t.kind()]...), likely...)
}

func paidChoices(Talk) []Option { return choicesOf("paid", "account", "person", "cash", "unpaid") }

func identityChoices(Talk) []Option {
	return choicesOf("identity", string(complaint.Anonymous), string(complaint.Sealed), string(complaint.ByName))
}

func personChoices(Talk) []Option { return choicesOf("who", Parent, Pupil, Child, Teacher, Adult) }
