package site

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/a-h/templ"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/page"
)

// talkView is what is shown of a conversation.
type talkView struct {
	page.Frame
	*talking
	Record *content.Snapshot
	Talk   *content.Wording
	Now    time.Time
	// Help is whom to call, where a word of danger was written.
	Help []*content.Contact
	// Taken: complaints are taken here.
	Taken bool
	// Event is the nonce of the page's form.
	Event string
	// About is what somebody finds wrong, where Asked.
	About aboutWhat
	Asked bool
	// Telephone is how to complain without this site.
	Telephone complainPage
	// Filed is the case as its receipt shows it, once it was filed.
	Filed complaint.View
}

// takes reports whether complaints are taken here. Where that cannot be told
// soon, whoever writes is told when it is sent, with all that was typed.
func (s *Site) takes(ctx context.Context) bool {
	if s.clerk == nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	open, err := s.office.Receiving(ctx)
	return open || err != nil
}

// talkDocument is the page for where a conversation stands.
func (s *Site) talkDocument(ctx context.Context, pr page.Reading, t *talking) page.Document {
	r := s.read(pr, none)
	v := talkView{
		talking: t, Record: pr.Snapshot, Talk: pr.Snapshot.Wording("talk"), Now: s.now(), Event: rand.Text(), Taken: s.takes(ctx),
	}
	dangers := append(slices.Clone(t.dangers), t.turn.Dangers...)
	if len(dangers) > 0 {
		v.Help = pr.Snapshot.Help(dangers...)
	}
	about := t.sent.Get("about")
	if t.began {
		about = t.turn.Talk.Answers[bot.About].Value
		if done, ok := t.turn.Talk.Filed(); ok {
			if receipt, err := complaint.ParseReceipt(done.Receipt); err == nil {
				v.Filed, _ = s.office.Follow(ctx, receipt) // its dates; the number is known without
			}
		}
	}
	if v.About, v.Asked = askedAbout(pr.Snapshot, about); !v.Asked && about != "" && v.entry() {
		t.strange = true
	}
	v.Telephone = telephoneHelp(r)
	r.frame.Section, r.frame.Path = t.path, t.path
	r.frame.Back = t.path
	r.frame.Styles = s.Assets.Path("case.css")
	r.frame.Crumbs = nil
	r.frame.Title, r.frame.Description, r.frame.NoIndex = v.head()
	if t.path == chatFace.path {
		r.frame.Section = formFace.path
	}
	if !v.entry() {
		r.only() // what is told here rests on no document
	}
	v.Frame = r.framed()
	v.Frame.About = "" // one cannot find a mistake in the page about finding mistakes
	v.Telephone.Frame = v.Frame
	d := page.HTML(v.view())
	d.NoStore = true
	if t.problem != nil {
		d.Status = t.problem.Status
	}
	return d
}

// entry reports whether the page is that on which a conversation begins: there
// is none, or another page hands something over for a new one.
func (v talkView) entry() bool {
	act, _ := v.pressed()
	handed := !slices.Contains(pressable, act) && (v.sent.Get("about") != "" || v.sent.Get("words") != "")
	return !v.began || handed || v.strange
}

// typed are the words with which the entry begins.
func (v talkView) typed() string {
	return strings.TrimSpace(cmp.Or(v.sent.Get("text"), v.sent.Get("words"), v.sent.Get("f.words")))
}

// late are words that were sent to a conversation whose complaint had been
// filed, from a page that did not know: they are nowhere yet.
func (t *talking) late() string {
	_, filed := t.turn.Talk.Filed()
	if act, _ := t.pressed(); !filed || !t.over && act != bot.Submit && act != attachAct {
		return ""
	}
	var out []string
	for _, name := range []string{"text", "f.words", "f.wish"} {
		if words := strings.TrimSpace(t.sent.Get(name)); words != "" {
			out = append(out, words)
		}
	}
	return strings.Join(out, "\n")
}

// advert reports whether the words are an advert that /verify handed over.
func (v talkView) advert() bool { return v.sent.Get("words") != "" || v.sent.Get("advert") != "" }

// head is the title of the window, which says nothing of what is told, what
// searchers read, and whether it is hidden from them.
func (v talkView) head() (title, description string, hidden bool) {
	_, filed := v.turn.Talk.Filed()
	switch {
	case v.turn.Sheet != nil:
		return "带去的单子", "", true
	case filed:
		return "编号和查询码", "", true
	case !v.entry() || v.problem != nil:
		return "填写", "", true
	}
	hidden = v.sent.Get("about") != "" || v.typed() != ""
	if v.path == chatFace.path {
		return "说说遇到的事", "招生中遇到的事，直接写下来，一句一句地问您。可以不留姓名，凭查询码看结果。", hidden
	}
	return "怎么反映问题", "招生中遇到虚假宣传、代填志愿、收钱、学籍不对：在这里写下来，可以不留姓名；或者打电话。找谁管、怎么护住自己。", hidden
}

// view is the page.
func (v talkView) view() templ.Component {
	switch {
	case v.problem != nil:
		return talkTrouble(v)
	case v.left:
		return leftView(v)
	case v.turn.Sheet != nil:
		return sheetView(v)
	case v.began && v.turn.Talk.Over:
		return talkGone(v)
	case v.entry():
		return talkEntry(v)
	}
	if _, filed := v.turn.Talk.Filed(); filed {
		return doneView(v)
	}
	if v.path == chatFace.path {
		return chatView(v)
	}
	return formView(v)
}

func (v talkView) say(key string, args map[string]string) string { return v.Talk.Say(key, args) }

// label is what stands on a button.
func (v talkView) label(o bot.Option) string {
	if o.Text != "" {
		return o.Text
	}
	return v.say(o.Key, nil)
}

// told is the value of a line.
func (v talkView) told(l bot.Line) string {
	if l.Value != "" {
		return v.say(l.Value, nil)
	}
	return l.Text
}

// known are the answers so far, beside the story.
func (v talkView) known() []bot.Line {
	return slices.DeleteFunc(v.turn.Talk.Summary(), func(l bot.Line) bool { return l.Missing || l.Slot == bot.Words })
}

// story is what the citizen told.
func (v talkView) story() string { return v.turn.Talk.Answers[bot.Words].Text }

// said are the replies, and open the question with which they end.
func (v talkView) said() []bot.Reply {
	return slices.DeleteFunc(slices.Clone(v.turn.Replies), func(r bot.Reply) bool {
		return r.Prompt != "" || len(r.Dangers) > 0 || r.Key == "attached" && len(v.files) > 0
	})
}

func (v talkView) open() bot.Reply { return v.turn.Talk.Open(v.Now) }

func (v talkView) screen() bot.Screen { return v.turn.Talk.Screen(v.Now) }

// takesFiles reports whether files can be added here: once it is clear that it
// becomes a case.
func (v talkView) takesFiles() bool {
	p, ok := complaint.Kind(v.turn.Talk.Answers[bot.Kind].Value).Profile()
	return ok && p.Kept
}

// action is where the form goes.
func (v talkView) action(files bool) templ.SafeURL {
	path := v.path
	if files {
		path += "/files"
	}
	return templ.SafeURL(v.To(path))
}

// keptText is what was typed in the field for a free message and not taken.
func (v talkView) keptText() string {
	if act, _ := v.pressed(); act != bot.Say && act != bot.Start || v.long() {
		return strings.TrimSpace(v.sent.Get("text"))
	}
	return v.turn.Talk.Refused[v.open().Slot].Text
}

// long reports whether a story was sent that is longer than one can be. Of it
// only the beginning is kept; the answer holds it whole.
func (t *talking) long() bool {
	for _, name := range []string{"text", "f.words"} {
		if utf8.RuneCountInString(strings.TrimSpace(t.sent.Get(name))) > bot.LongestStory {
			return true
		}
	}
	return false
}

// typedSlots are those into which people write, in the order of the form.
var typedSlots = []bot.SlotName{bot.Words, bot.Named, bot.When, bot.Amount, bot.Wish, bot.Name, bot.Phone}

// kept are the fields of a screen that was sent and not taken, with what was
// sent. Where the draft cannot be read either, nobody knows what could be
// chosen: then they are those that were written, and what was chosen goes along.
func (v talkView) kept() (out []bot.Field) {
	sent := func(f bot.Field) {
		if values := v.sent["f."+string(f.Slot)]; len(values) > 0 {
			f.Value, f.Words, f.Problem = values[0], nil, ""
			out = append(out, f)
		}
	}
	if v.turn.Talk.ID() != "" && v.screen().Name == bot.ScreenName(v.sent.Get("screen")) {
		for _, f := range v.screen().Fields {
			sent(f)
		}
		return out
	}
	for _, slot := range typedSlots {
		if strings.TrimSpace(v.sent.Get("f."+string(slot))) != "" {
			sent(bot.Field{Slot: slot, Key: "line." + string(slot), Long: slot == bot.Words || slot == bot.Wish, Required: true})
		}
	}
	return out
}

// picked reports whether something goes along that is not in sight.
func (v talkView) picked(kept []bot.Field) bool {
	for name, values := range v.sent {
		if strings.HasPrefix(name, "f.") && values[0] != "" && !shownAgain(name, kept) {
			return true
		}
	}
	return false
}

// shownAgain reports whether something that was sent is in sight, or is not to
// be sent again.
func shownAgain(name string, kept []bot.Field) bool {
	return name == "text" || name == "press" || name == "files" ||
		slices.ContainsFunc(kept, func(f bot.Field) bool { return name == "f."+string(f.Slot) })
}

// valueOf is what stands in a field.
func (v talkView) valueOf(f bot.Field) string {
	if f.Slot == bot.Words && f.Problem != "" && v.long() {
		return cmp.Or(v.sent.Get("f.words"), v.sent.Get("text"))
	}
	return f.Value
}

// hiddenConv is the name of the conversation, which the form carries beside the
// cookie: a browser that loses the one goes on with the other.
func (v talkView) hiddenConv() string {
	if !v.began {
		return ""
	}
	return v.conv
}

// problems are the fields of a screen with which something is wrong.
func problems(fields []bot.Field) []bot.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f bot.Field) bool { return f.Problem == "" })
}

// firstChoices is how many choices of a long list stand open.
const firstChoices = 4

// splits divides the choices of a field into those that stand open and those
// that are unfolded; one that is chosen unfolds them.
func splits(f bot.Field) (first, more []bot.Option, unfolded bool) {
	if len(f.Options) <= 2*firstChoices {
		return f.Options, nil, false
	}
	first, more = f.Options[:firstChoices], f.Options[firstChoices:]
	unfolded = f.Problem != "" || slices.ContainsFunc(more, func(o bot.Option) bool { return f.Value == o.Value })
	return first, more, unfolded
}

// picked reports whether an option is the field's answer.
func picked(v talkView, f bot.Field, o bot.Option) bool {
	return f.Value != "" && (f.Value == o.Value || f.Value == v.label(o) || f.Value == o.Key)
}

// lined divides the options of a question into those that change a line, by
// slot, and the others.
func lined(options []bot.Option, lines []bot.Line) (edits map[bot.SlotName]bool, others []bot.Option) {
	edits = map[bot.SlotName]bool{}
	for _, o := range options {
		slot := bot.SlotName(o.Value)
		if o.Act == bot.Edit && slices.ContainsFunc(lines, func(l bot.Line) bool { return l.Slot == slot }) {
			edits[slot] = true
		} else {
			others = append(others, o)
		}
	}
	return edits, others
}

// press is the value of a button.
func press(o bot.Option) string { return strings.TrimSpace(string(o.Act) + " " + o.Value) }
