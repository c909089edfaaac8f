package bot

import (
	"yangguang/complaint"
	"yangguang/search"
	"yangguang/understand"
)

// Act is what somebody did.
type Act string

// What a citizen does. Those of a chat's buttons are named by the Act of the
// option that was pressed.
const (
	// Start begins: with Text from another page (an advert from /verify), with
	// About for a correction, with neither for a first question. Guided asks
	// step by step, optional questions too. In a talk with a draft it fills
	// what is empty and adds Text to the story; after filing it begins another.
	Start Act = "start"
	// Say is a free message in Text. Words such as 上一步 or 提交 are understood.
	Say Act = "say"
	// Choose takes the option whose value is Text, of the question Prompt.
	Choose Act = "choose"
	// Fill answers the fields of Screen with Fields; what is empty is skipped
	// where it may be.
	Fill Act = "fill"
	// Attach adds Evidence that is kept with the draft of that id; Detach takes
	// out the one with id Text.
	Attach Act = "attach"
	Detach Act = "detach"
	// Edit opens the slot or screen named in Text again, with its answer.
	Edit Act = "edit"
	Back Act = "back"
	Skip Act = "skip"
	// Revise is what stands in Text now in the Message that was taken before: it
	// changes the answer that was typed there, as far as that still stands.
	Revise Act = "revise"
	Help   Act = "help"
	Cancel Act = "cancel" // is asked about first
	Submit Act = "submit" // at the summary only
)

// The answers to effects. The clerk makes them.
const (
	Routed Act = "routed" // to AskOffice: Refusal says why not
	Found  Act = "found"  // to AskSite
	Filed  Act = "filed"  // to FileDraft: Again and Amended, of which a first filing has the number alone
)

// Event is one thing that happened to a conversation.
type Event struct {
	// ID names the event within its conversation for good: one that comes
	// again with the same id has no effect.
	ID  string
	Act Act

	Text   string
	Prompt string
	Screen ScreenName
	Fields map[SlotName]string
	About  string
	Guided bool
	// Advert: Text was checked on /verify and is somebody's advert.
	Advert   bool
	Evidence complaint.Evidence
	Draft    string
	// Message names the message that brought the Text in its chat, so that it can
	// be revised; empty where none can.
	Message string
	// Address is where its channel reaches who sent it; kept, sealed, with the
	// case that it files. Empty where nobody can be reached.
	Address string

	// Understood is what the texts of the event name: Text under "" (of a revised
	// part of the story the whole), a field under its slot. Receipt is a fresh one, kept when the summary is reached.
	// Both are handed in by the clerk.
	Understood map[SlotName]understand.Grievance
	Receipt    complaint.Receipt

	Refusal *complaint.Refusal
	Result  *search.Results
	Again   bool
	Amended complaint.Amended
}

// EffectKind is what has to be done outside.
type EffectKind string

// The effects. All but Erase are answered by an event.
const (
	None      EffectKind = ""
	AskOffice EffectKind = "ask_office" // may Kind against Accused be received?
	AskSite   EffectKind = "ask_site"   // what does the site answer to Text?
	FileDraft EffectKind = "file"       // Draft, with Lines put into its words
	// Erase: nothing of the talk is kept, its evidence neither. Where a Sheet
	// is given it is shown in this one answer.
	Erase EffectKind = "erase"
)

// Effect is what a step asks of the world.
type Effect struct {
	Kind    EffectKind
	About   complaint.Kind
	Accused []complaint.Accused
	Text    string
	Draft   complaint.Draft
	Lines   []Line
	Sheet   *Sheet
}

// Sheet is what somebody takes to another office: why it is not received here,
// where it belongs, and the own text. It is made from one request and kept
// nowhere.
type Sheet struct {
	Why   complaint.RefusalReason
	To    []complaint.Authority
	Kind  complaint.Kind
	Words string
	Lines []Line
}
