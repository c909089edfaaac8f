package complaint

import "slices"

// need is what a move must state. What it says in words is sealed, so words
// are looked for by the office, not in the facts.
type need struct {
	word string
	met  func(Facts) bool
}

var (
	aFiling = need{"the filing", func(f Facts) bool {
		p, ok := f.Kind.profile()
		return ok && p.Kept && p.check(f.Accused, f.About) == nil && f.Route != nil && f.Identity.valid() && f.Channel.valid()
	}}
	lead      = need{"the case it follows", func(f Facts) bool { return f.Lead.Valid() }}
	authority = need{"the authority", func(f Facts) bool { return f.To.valid() }}
	reason    = need{"the reason", func(f Facts) bool { return f.Reason.valid() }}
	outcome   = need{"the outcome", func(f Facts) bool { return f.Outcome.valid() }}
	rating    = need{"the rating", func(f Facts) bool { return f.Rating.valid() }}
	days      = need{"the days", func(f Facts) bool { return f.Days > 0 }}
	route     = need{"the route", func(f Facts) bool { return f.Route != nil && f.Route.Unit != "" }}
	officer   = need{"the officer", func(f Facts) bool { return f.Officer != "" }}
	letter    = need{"the letter", func(f Facts) bool { return f.Letter > 0 }}

	words           = need{wordsNeeded, always}
	wordsOrEvidence = need{wordsOrEvidenceNeeded, always}
)

const (
	wordsNeeded           = "words"
	wordsOrEvidenceNeeded = "words or evidence"
)

func always(Facts) bool { return true }

func because(want Reason) need {
	return need{"the reason " + string(want), func(f Facts) bool { return f.Reason == want }}
}

// condition is what must hold of the case and the person. err is what the
// caller acts on when it does not.
type condition struct {
	word  string
	err   error
	holds func(c Case, by Actor, f Facts) bool
}

var (
	isHandler  = condition{"only who handles it", ErrNotYours, func(c Case, by Actor, _ Facts) bool { return by.Officer == c.Handler }}
	notHandler = condition{"not who handles it", ErrNotYours, func(c Case, by Actor, _ Facts) bool { return by.Officer != c.Handler }}
	// neverHandled: nobody reviews an answer to which they put a hand.
	neverHandled = condition{"not who ever handled it", ErrNotYours, func(c Case, by Actor, _ Facts) bool { return !c.handledBy(by.Officer) }}
	// neverActed: who looks again is nobody who took part before.
	neverActed = condition{"not who took part", ErrNotYours, func(c Case, by Actor, _ Facts) bool {
		return !c.handledBy(by.Officer) && !slices.Contains(c.Signers, by.Officer)
	}}
	notProposer     = condition{"a second person confirms", ErrNotYours, func(c Case, by Actor, _ Facts) bool { return by.Officer != c.Decliner }}
	notEraser       = condition{"a second person confirms", ErrNotYours, func(c Case, by Actor, _ Facts) bool { return by.Officer != c.Eraser }}
	declineProposed = condition{"declining was not proposed", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return c.Decliner != "" }}
	notErased       = condition{"erased", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return !c.Erased }}
	erasureProposed = condition{"erasing was not proposed", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return c.Eraser != "" && !c.Erased }}

	notReopened       = condition{"only once", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return !c.Reopened }}
	withdrawnByOffice = condition{"closed by a withdrawal that an officer entered", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return c.Withdrawn && c.WithdrawnBy != "" }}
	notExtended       = condition{"only once", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return c.Extended == 0 }}
	isRequest         = condition{"only a request has this term", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return c.Class == Request }}
	wasAnswered       = condition{"not answered", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return len(c.Signers) > 0 && !c.Withdrawn }}
	noTermLeft        = condition{"the citizen can still come back to it", ErrWrongState, func(c Case, _ Actor, _ Facts) bool {
		if c.Withdrawn {
			return c.WithdrawnBy == ""
		}
		return c.Class != Request || len(c.Signers) == 0
	}}

	rated        = condition{"not rated", ErrNotNow, func(c Case, _ Actor, _ Facts) bool { return c.Rating != "" }}
	unrated      = condition{"rated", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return c.Rating == "" }}
	dissatisfied = condition{"not rated dissatisfied", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return c.Rating == Dissatisfied }}

	hasIdentity  = condition{"anonymous", ErrWrongState, func(c Case, _ Actor, _ Facts) bool { return c.Identity != Anonymous }}
	askedByOther = condition{"nobody approves their own look", ErrNotYours, func(c Case, by Actor, f Facts) bool { return c.Asking[f.Officer] && f.Officer != by.Officer }}
	isGranted    = condition{"not approved", ErrNotYours, func(c Case, by Actor, _ Facts) bool { return !c.Granted[by.Officer].IsZero() }}
)
