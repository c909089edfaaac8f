package bot

import (
	"yangguang/complaint"
	"yangguang/content"
)

// Reply is something the conversation says: a key of the wording set "talk"
// with its arguments. One with a Prompt is a question.
type Reply struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
	// Prompt names this very question; a choice that names another is stale.
	Prompt string   `json:"prompt,omitempty"`
	Slot   SlotName `json:"slot,omitempty"`
	// Options are offered in this order, the likely one first. Typing is true
	// where a text is welcome too.
	Options []Option `json:"options,omitempty"`
	Typing  bool     `json:"typing,omitempty"`
	// Lines are what was understood, or the summary.
	Lines []Line `json:"lines,omitempty"`
	// Links are pages of this site that answer, Text an answer word for word.
	Text  string `json:"text,omitempty"`
	Links []Link `json:"links,omitempty"`
	// To are authorities to go to; their names are in the set "authority".
	To []complaint.Authority `json:"to,omitempty"`
	// Dangers: show whom to call at once (content.Snapshot.Help).
	Dangers []content.CrisisKind `json:"dangers,omitempty"`
}

// Option is a button. Its label is Text, or the wording of Key.
type Option struct {
	Act   Act    `json:"act"`
	Value string `json:"value,omitempty"`
	Key   string `json:"key,omitempty"`
	Text  string `json:"text,omitempty"`
}

// Line is one answer as it is shown. Its label is the wording of Key, its value
// Text, or the wording of Value where that is not empty.
type Line struct {
	Slot  SlotName `json:"slot"`
	Key   string   `json:"key"`
	Text  string   `json:"text,omitempty"`
	Value string   `json:"value,omitempty"`
	// Words are the citizen's own, on which a guess rests.
	Words []string `json:"words,omitempty"`
	// Missing: nothing was said of it; it may be added.
	Missing bool `json:"missing,omitempty"`
}

// Link is a page of this site.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}
