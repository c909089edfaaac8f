package understand

import (
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/pattern"
)

// Of kinds.csv each line is a kind, how much its cues weigh, and the cues; of
// details.csv a kind, a particular and its cues.
var (
	//go:embed kinds.csv
	kindWords string
	//go:embed details.csv
	detailWords string
)

// cue is a wording that speaks for a kind.
type cue struct {
	kind   complaint.Kind
	weight float64
}

var kindCues = sync.OnceValue(func() *gazetteer[cue] {
	g := newGazetteer[cue]()
	for line := range strings.Lines(kindWords) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), ",")
		weight, words, _ := strings.Cut(rest, ",")
		w, _ := strconv.ParseFloat(weight, 64)
		for word := range strings.SplitSeq(words, "|") {
			g.add(word, cue{complaint.Kind(kind), w})
		}
	}
	return g
})

var detailCues = sync.OnceValue(func() *gazetteer[Detail] {
	g := newGazetteer[Detail]()
	for line := range strings.Lines(detailWords) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), ",")
		value, words, _ := strings.Cut(rest, ",")
		for word := range strings.SplitSeq(words, "|") {
			g.add(word, Detail{Kind: complaint.Kind(kind), Value: value})
		}
	}
	return g
})

// How much counts: what the model says of a kind at most, against its cues; a
// further cue of the same kind; what a question without a grievance gets; from
// where on a kind is offered, and from what lead on it is sure.
const (
	modelSays    = 16.0
	cuesSay      = 0.4
	furtherCue   = 0.5
	questionSays = 4.0
	leastScore   = 1.0
	sureLead     = 6
	mostKinds    = 3
)

// kindsOf returns the kinds that a story may be of in which that was read.
func kindsOf(t *text, m *model, r Reading) ([]Likely, bool) {
	e := evidenceOf(m.heard(t), len(r.Amounts) > 0)
	for i, s := range m.shares(m.traits(e, false)) {
		l := e.of(m.kinds[i])
		l.Score = cuesSay*l.Score + modelSays*float64(s)
	}
	harmed := readHarm(r.Crisis, e.of)
	readDespair(r.Crisis, e.of)
	var out []Likely
	for _, l := range e.kinds {
		if l.Score >= leastScore {
			out = append(out, *l)
		}
	}
	slices.SortFunc(out, func(a, b Likely) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Kind, b.Kind))
	})
	if len(out) == 0 {
		return nil, false
	}
	sure := len(out[0].Words) > 0 && (len(out) == 1 || out[0].Score-out[1].Score >= sureLead)
	if i := slices.IndexFunc(out, func(l Likely) bool { return l.Kind == complaint.Harm }); harmed && i > 0 {
		out, sure = slices.Insert(slices.Delete(out, i, i+1), 0, *e.of(complaint.Harm)), false // whatever else it tells of
	}
	return out[:min(len(out), mostKinds)], sure
}

// evidence is what speaks for the kinds in a story: how much its cues say of
// each, and whether it names a sum.
type evidence struct {
	*text
	kinds map[complaint.Kind]*Likely
	sum   bool
}

func (e evidence) of(k complaint.Kind) *Likely {
	if e.kinds[k] == nil {
		e.kinds[k] = &Likely{Kind: k}
	}
	return e.kinds[k]
}

func evidenceOf(t *text, sum bool) evidence {
	e := evidence{t, map[complaint.Kind]*Likely{}, sum}
	readCues(t, e.of)
	readQuestion(t, e.of)
	return e
}

// harmSays is what the first word of harm gets, a further one half; despairSays
// what somebody in a danger that nobody else makes gets for telling of nothing
// that could be complained of.
const (
	harmSays    = 5.0
	despairSays = 5.0
)

// readDespair says how much a text tells of nothing else.
func readDespair(dangers []Crisis, at func(complaint.Kind) *Likely) {
	if slices.ContainsFunc(dangers, func(d Crisis) bool { return d.Kind == content.Suicide || d.Kind == content.Missing }) {
		at(complaint.Other).Score += despairSays
	}
}

// readHarm says how much a text tells of somebody who is hurt by others, and
// whether it does.
func readHarm(dangers []Crisis, at func(complaint.Kind) *Likely) bool {
	score := harmSays
	seen := map[string]bool{}
	for _, d := range dangers {
		if !d.Kind.Harms() || seen[d.Words] {
			continue
		}
		seen[d.Words] = true
		l := at(complaint.Harm)
		l.Score += score
		score = harmSays * furtherCue
		if len(l.Words) < 3 {
			l.Words = append(l.Words, d.Span)
		}
	}
	return len(seen) > 0
}

// readCues adds up the cues: the strongest of a kind whole, every further one
// in part, each wording once.
func readCues(t *text, at func(complaint.Kind) *Likely) {
	type hit struct {
		place
		weight float64
	}
	hits := map[complaint.Kind][]hit{}
	seen := map[string]bool{}
	for _, f := range kindCues().all(t.Norm) {
		words := string(f.value.kind) + t.Norm[f.from:f.to]
		if seen[words] {
			continue
		}
		seen[words] = true
		hits[f.value.kind] = append(hits[f.value.kind], hit{f.place, f.value.weight})
	}
	for kind, list := range hits {
		slices.SortStableFunc(list, func(a, b hit) int { return cmp.Compare(b.weight, a.weight) })
		var taken []place
		l := at(kind)
		for _, h := range list {
			if slices.ContainsFunc(taken, h.overlaps) {
				continue
			}
			weight := h.weight
			if len(taken) > 0 {
				weight *= furtherCue
			}
			taken = append(taken, h.place)
			l.Score += weight
			if len(l.Words) < 3 && h.weight > 1 {
				l.Words = append(l.Words, t.span(h.place))
			}
		}
	}
}

var (
	questionEnd  = pattern.New(`(?:[?？]|吗|呢|嘛|么|不)[。！!~～]*$`)
	questionWord = pattern.New(`请问|咨询|想问|问一下|问下|问问|想了解|了解一下|打听|想知道|多少|几年|几号|几月|什么时候|啥时候|哪天|怎么(?:报|办理|申请|查|走|去|填|算|选|才|联系)|如何|哪里|哪儿|在哪|哪个|哪些|什么(?:条件|材料|手续|专业|时间|意思|区别|要求|是)|有什么|有啥|是啥|还是|(?:正不正|好不好|难不难|远不远|要不要)|怎么领|几点|有几|几[趟次]|够不够|够得着|找谁|怎么补|有.{1,8}没有(?:[,.?!。]|$)|还是.{1,8}[就都也]行|有没有|能不能|可不可以|可以.{0,8}吗|能.{0,8}吗|要不要|需要.{0,6}吗|是不是|区别|好不好|怎么样`)
	// happened: something was done, so a question at the end asks what to do
	// about it.
	happened = pattern.New(`[被逼骗扣]|(?:收|交|改|换|拿|转|关|赶|卖|填|占|挂|删|退)走?了|不给|不让|不退|不发|不管|没发|没有?给|没退|还没|强制|强迫|非让|非要|不就|凭什么|要求我|要求每`)
)

// readQuestion says how much a text is a question.
func readQuestion(t *text, at func(complaint.Kind) *Likely) {
	score := 0.0
	var words []Span
	for _, form := range []*pattern.Pattern{questionWord, questionEnd} {
		if found := form.FindStringIndex(t.Norm); found != nil {
			score += questionSays
			words = append(words, t.span(place{found[0], found[1]}))
		}
	}
	if score > 0 && happened.MatchString(t.Norm) {
		score -= questionSays
	}
	if score > 0 {
		l := at(complaint.Question)
		l.Score += score
		l.Words = words[:1]
	}
}
