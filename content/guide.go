package content

// FAQ is a question families ask, answered from the record. Asks are other
// ways to say it; they are searched, not shown.
type FAQ struct {
	Meta
	Question string   `json:"question"`
	Answer   string   `json:"answer"`
	Asks     []string `json:"asks,omitempty"`
	// Opens is where to go on from here, a path on this site.
	Opens string `json:"opens,omitempty"`
}

// Term is a word of the notice in plain words.
type Term struct {
	Meta
	Name    string   `json:"name"`
	Text    string   `json:"text"`
	Aliases []string `json:"aliases,omitempty"`
}

// Article is a page about the site itself (公开指南, 隐私 …).
type Article struct {
	Meta
	Title   string  `json:"title"`
	Summary string  `json:"summary,omitempty"`
	Blocks  []Block `json:"blocks"`
}

// Law is a law or regulation that pages refer to, with the articles quoted.
type Law struct {
	Meta
	Title string `json:"title"`
	// Names are how documents refer to it: 《中华人民共和国职业教育法》.
	Names []string `json:"names,omitempty"`
	Made  string   `json:"made,omitempty"`
	// Articles maps 二十四 to the article's text.
	Articles map[string]string `json:"articles,omitempty"`
}

// Word is a word families use for something the record calls otherwise: 卫校
// for 焦作卫生医药学校. It points one way: who types Word also means Means.
type Word struct {
	Meta
	Word  string   `json:"word"`
	Means []string `json:"means"`
	// Kind is synonym, typo, or other: a real name that only looks like one of
	// ours (泌阳 is not 沁阳), which is asked about and never rewritten.
	Kind string `json:"kind"`
}

// Phrase is a wording of adverts that a rule speaks about.
type Phrase struct {
	Meta
	// Patterns are the wordings, each searched for as it stands.
	Patterns []string `json:"patterns"`
	Topic    string   `json:"topic"`
	// Text is what may be said of it, with the law it resembles.
	Text    string `json:"text"`
	Law     string `json:"law,omitempty"`     // key of a Law record
	Article string `json:"article,omitempty"` // 二十四
}
