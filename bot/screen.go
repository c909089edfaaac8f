package bot

import "yangguang/complaint"

// ScreenName names a screen of the form.
type ScreenName string

// The screens, in order. Those that a kind does not need are left out.
const (
	StoryScreen   ScreenName = "story"
	KindScreen    ScreenName = "kind"
	WhomScreen    ScreenName = "whom"
	DetailsScreen ScreenName = "details" // evidence is added here and at the summary
	YouScreen     ScreenName = "you"
	SummaryScreen ScreenName = "summary"
	// AnswerScreen is where a question that is no complaint ends, DoneScreen
	// shows number and receipt, LeaveScreen asks whether to give up.
	AnswerScreen ScreenName = "answer"
	DoneScreen   ScreenName = "done"
	LeaveScreen  ScreenName = "leave"
)

// Screen is one screen of the form as it stands: the page renders it, and posts
// its fields as one event (Act Fill, Screen, Fields by slot). Options of an
// answer, summary or leave screen are buttons that post their own act.
type Screen struct {
	Name ScreenName
	// Number of Of, for 第2步，共6步; both 0 on the last three.
	Number, Of int
	Fields     []Field
	// Lines and Options are those of the open question on screens without
	// fields, Lines also what was understood on the kind screen.
	Lines   []Line
	Options []Option
	Prompt  string
	// CanBack is false on the first screen.
	CanBack bool
	// Private are kinds of number found in the story that the citizen may want
	// to take out (complaint.PrivateKind), on the screens of the story, the kind
	// and the summary.
	Private []complaint.PrivateKind
}

// Field is one slot on a screen. Its label is the wording "ask." + Slot, with
// Args.
type Field struct {
	Slot SlotName
	Key  string
	Args map[string]string
	// Options make it a choice; without any it is a text, Long or not.
	Options []Option
	Long    bool
	// Value is the answer, the guess or what was typed and refused.
	Value string
	// Words are what a guess rests on; empty where it was chosen.
	Words []string
	// Problem is the wording of what is wrong with Value, with ProblemArgs.
	Problem     string
	ProblemArgs map[string]string
	// Required fields cannot be left empty; some only with another answer of
	// the same screen, which Next decides.
	Required bool
	// Limit is how many characters it takes.
	Limit int
}
