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
	complaint.Harm:             {"ongoing", "near", "safe"},
	complaint.Other:            {"praise", "withdraw", "urge", "correction", "unrelated"},
}

// ownAgainst are who is called otherwise in complaints of a kind; their wording
// is against.KIND.WHO.
var ownAgainst = map[complaint.Kind][]complaint.AccusedKind{complaint.Harm: {complaint.Teacher, complaint.UnknownPerson}}

func choice(key, value string) Option {
	return Option{Act: Choose, Value: value, Key: key + "." + value}
}

func choicesOf[T ~string](key string, values ...T) []Option {
	out := make([]Option, len(values))
	for i, v := range values {
		out[i] = choice(key, string(v))
	}
	return out
}

// The choices that are the same in every talk. Nobody changes them: what is
// shown with the likely ones first is a copy.
var (
	profiles       = map[complaint.Kind]*complaint.Profile{}
	noProfile      complaint.Profile
	kindOptions    []Option
	correctionOnly = choicesOf("kind", complaint.Correction)
	againstOptions = map[complaint.Kind][]Option{}
	detailOptions  = map[complaint.Kind][]Option{}
	paidOptions    = choicesOf("paid", "account", "person", "cash", "unpaid")
	cardYes        = choice("card", "yes")
	// How to be known, and who somebody is.
	identityOptions = choicesOf("identity", complaint.Anonymous, complaint.Sealed, complaint.ByName)
	personOptions   = choicesOf("who", Parent, Pupil, Child, Teacher, Adult)
)

func init() {
	for _, k := range complaint.Kinds() {
		p, _ := k.Profile()
		profiles[k] = &p
		if k != complaint.Correction {
			kindOptions = append(kindOptions, choice("kind", string(k)))
		}
		detailOptions[k] = choicesOf("detail."+string(k), details[k]...)
		// The bureau is always among them: whoever wants to complain of it must
		// be able to say so before anything is kept.
		for _, a := range p.Against {
			key := "against"
			if slices.Contains(ownAgainst[k], a) {
				key += "." + string(k)
			}
			againstOptions[k] = append(againstOptions[k], choice(key, string(a)))
		}
		if !slices.Contains(p.Against, complaint.BureauItself) {
			againstOptions[k] = append(againstOptions[k], choice("against", string(complaint.BureauItself)))
		}
	}
}

// kindChoices are all kinds that somebody can choose. A correction comes from
// the page it is about.
func kindChoices(t *Talk) []Option {
	if t.Answers[About].Value != "" {
		return correctionOnly
	}
	return kindOptions
}

func againstChoices(t *Talk) []Option { return againstOptions[t.kind()] }
func schoolChoices(t *Talk) []Option  { return t.dir.schools }
func areaChoices(t *Talk) []Option    { return t.dir.areas }
func detailChoices(t *Talk) []Option  { return detailOptions[t.kind()] }
func paidChoices(*Talk) []Option      { return paidOptions }
func identityChoices(*Talk) []Option  { return identityOptions }
func personChoices(*Talk) []Option    { return personOptions }

// offered are the choices of a slot with those in front that the story speaks
// for, or what it offers beside typing.
func (t *Talk) offered(s *Slot) []Option {
	if s.Choices == nil {
		if s.Offers == nil {
			return nil
		}
		return s.Offers(t)
	}
	var likely []string
	switch s.Name {
	case Kind:
		for _, k := range t.Heard.Kinds {
			likely = append(likely, string(k.Kind))
		}
	case Against:
		for _, p := range t.Heard.Parties {
			likely = append(likely, string(p.Kind))
		}
	case Detail:
		for _, d := range t.Heard.Details {
			if d.Kind == t.kind() {
				likely = append(likely, d.Value)
			}
		}
	}
	out := slices.Clone(s.Choices(t))
	slices.SortStableFunc(out, func(a, b Option) int { return rankIn(likely, a.Value) - rankIn(likely, b.Value) })
	return out
}

func rankIn(list []string, v string) int {
	if i := slices.Index(list, v); i >= 0 {
		return i
	}
	return len(list)
}

func places(list []Place) []Option {
	out := make([]Option, len(list))
	for i, p := range list {
		out[i] = Option{Act: Choose, Value: p.Code, Text: p.Name}
	}
	return out
}
