package bot

import (
	"maps"
	"slices"
	"time"

	"yangguang/complaint"
	"yangguang/content"
)

// Talk is one conversation as a value. A step returns another one; the talk it
// was taken from stays as it is.
//
//nolint:recvcheck // what changes a talk changes a step's own copy
type Talk struct {
	state
	dir *Directory
}

// state is what is kept of a talk, sealed.
type state struct {
	Version int               `json:"v"`
	Draft   string            `json:"draft"`
	Channel complaint.Channel `json:"channel"`
	Touched time.Time         `json:"touched"`

	Answers  map[SlotName]Answer  `json:"answers,omitempty"`
	Refused  map[SlotName]Refused `json:"refused,omitempty"`
	Evidence []complaint.Evidence `json:"evidence,omitempty"`
	Heard    *heard               `json:"heard"` // never changed, only replaced
	// Guided asks for optional things too; Editing is the slot or screen that
	// was opened again; Leaving: whether to give up is being asked; Answered:
	// a question was answered from the site; Passed are the form's screens that
	// were sent; Advised: what is said first of a kind was said.
	Guided   bool         `json:"guided,omitempty"`
	Editing  SlotName     `json:"editing,omitempty"`
	Leaving  bool         `json:"leaving,omitempty"`
	Answered bool         `json:"answered,omitempty"`
	Advised  bool         `json:"advised,omitempty"`
	Passed   []ScreenName `json:"passed,omitempty"`
	// Advert: it began with an advert that somebody found wrong.
	Advert bool `json:"advert,omitempty"`
	// Turn counts what changed the open question; Misses are answers in a row
	// that were not understood.
	Turn   int `json:"turn,omitempty"`
	Misses int `json:"misses,omitempty"`
	// Dangers are the kinds of danger that were written of. They are never
	// taken back: a word that was deleted was still written.
	Dangers []content.CrisisKind `json:"dangers,omitempty"`
	// Receivable is the question that the office said yes to.
	Receivable string `json:"receivable,omitempty"`
	// Receipt is made when the summary is first reached.
	Receipt string `json:"receipt,omitempty"`
	Past    []past `json:"past,omitempty"`
	Done    *Done  `json:"done,omitempty"`
	Over    bool   `json:"over,omitempty"`
}

// Answer is what is known of a slot.
type Answer struct {
	// Value is the canonical form: a code, a kind, a day. Text is what was
	// typed, where it is no code.
	Value string `json:"value,omitempty"`
	Text  string `json:"text,omitempty"`
	// Words are the citizen's own words on which it rests.
	Words []string `json:"words,omitempty"`
	How   How      `json:"how"`
	// From are the messages in which Text was typed, as far as they can be
	// revised.
	From []origin `json:"from,omitempty"`
}

// How says how an answer came.
type How string

// The ways. What is guessed is shown and confirmed before it counts.
const (
	Guessed How = "guessed"
	Chosen  How = "chosen"
	Skipped How = "skipped"
)

// Refused is what was typed and not taken, to be shown again.
type Refused struct {
	Text string `json:"text"`
	// Problem is a key of the wording set "talk".
	Problem string            `json:"problem"`
	Args    map[string]string `json:"args,omitempty"`
}

// Done is a filed complaint, as the citizen is shown it.
type Done struct {
	Number  complaint.Number `json:"number"`
	Receipt string           `json:"receipt"`
	Kind    complaint.Kind   `json:"kind"`
	At      time.Time        `json:"at"`
	Urgent  bool             `json:"urgent,omitempty"`
	// Apart are words that came after it was filed and are in no case: they are
	// about something else.
	Apart string `json:"apart,omitempty"`
	// Files are the ids of its evidence.
	Files []string `json:"files,omitempty"`
}

// Begin returns a talk to which nothing was said.
func Begin(dir *Directory, draft string, channel complaint.Channel, now time.Time) Talk {
	return Talk{state{Version: 1, Draft: draft, Channel: channel, Touched: now, Heard: &heard{}}, dir}
}

// ID returns the id of the draft, under which its evidence is kept.
func (t Talk) ID() string { return t.Draft }

// Filed returns number and receipt once it was filed.
func (t Talk) Filed() (Done, bool) {
	if t.Done == nil {
		return Done{}, false
	}
	return *t.Done, true
}

// Files returns the evidence that hangs on the draft.
func (t Talk) Files() []complaint.Evidence { return slices.Clone(t.Evidence) }

// Has reports whether a file hangs on the draft, or on what was filed from it.
func (t Talk) Has(file string) bool {
	return slices.ContainsFunc(t.Evidence, func(e complaint.Evidence) bool { return e.ID == file }) ||
		t.Done != nil && slices.Contains(t.Done.Files, file)
}

// Danger returns the kinds of danger that were written of, for the numbers to
// call that stay in view.
func (t Talk) Danger() []content.CrisisKind { return slices.Clone(t.Dangers) }

// clone makes t safe to change.
func (t Talk) clone() Talk {
	t.Answers, t.Refused = maps.Clone(t.Answers), maps.Clone(t.Refused)
	if t.Answers == nil {
		t.Answers = map[SlotName]Answer{}
	}
	t.Passed, t.Past = slices.Clone(t.Passed), slices.Clone(t.Past)
	t.Evidence, t.Dangers = slices.Clone(t.Evidence), slices.Clone(t.Dangers)
	return t
}

// heard is what the story names, kept until the kind is known for which it
// means something.
type heard struct {
	Kinds   []heardKind   `json:"kinds,omitempty"`
	Sure    bool          `json:"sure,omitempty"`
	Parties []heardParty  `json:"parties,omitempty"`
	Details []heardDetail `json:"details,omitempty"`
	// Sums are the sums of money, the likeliest first.
	Sums []heardSum `json:"sums,omitempty"`
	// Bureau are the words that name the city's bureau.
	Bureau []string `json:"bureau,omitempty"`
	Age    int      `json:"age,omitempty"`
}

type heardKind struct {
	Kind  complaint.Kind `json:"kind"`
	Words []string       `json:"words,omitempty"`
}

type heardParty struct {
	Kind   complaint.AccusedKind `json:"kind"`
	Words  string                `json:"words"`
	Beside bool                  `json:"beside,omitempty"` // a word of harm
}

type heardSum struct {
	Yuan     float64 `json:"yuan"`
	Words    string  `json:"words"`
	Demanded bool    `json:"demanded,omitempty"`
}

type heardDetail struct {
	Kind  complaint.Kind `json:"kind"`
	Value string         `json:"value"`
	Words string         `json:"words"`
}
