package understand

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"yangguang/complaint"
	"yangguang/pattern"
	"yangguang/search/hanzi"
)

// Of kinds.csv each line is a kind, how much its cues weigh, and the cues; of
// stories.tsv a kind and a story of it, of grievances.tsv a kind, what else a
// story names, and the story; of details.csv a kind, a particular and its cues.
var (
	//go:embed kinds.csv
	kindWords string
	//go:embed stories.tsv
	stories string
	//go:embed grievances.tsv
	labelled string
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

// bayes counts pairs of characters in the stories of each kind.
type bayes struct {
	kinds []complaint.Kind
	// log is how likely a pair is in a story of each kind; none for a pair that
	// no story has.
	log map[string][]float64
}

var learned = sync.OnceValue(func() *bayes { return learn(lessons()) })

// lesson is a story with its kind.
type lesson struct {
	kind  complaint.Kind
	story string
}

func lessons() []lesson {
	var out []lesson
	for line := range strings.Lines(stories + labelled) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) > 1 && line[0] != '#' {
			kind, _, _ := strings.Cut(f[0], "/")
			out = append(out, lesson{complaint.Kind(kind), f[len(f)-1]})
		}
	}
	return out
}

func learn(from []lesson) *bayes {
	b := &bayes{log: map[string][]float64{}}
	seen := map[string]map[complaint.Kind]float64{}
	total := map[complaint.Kind]float64{}
	for _, l := range from {
		k := l.kind
		if !slices.Contains(b.kinds, k) {
			b.kinds = append(b.kinds, k)
		}
		for _, pair := range pairs(hanzi.Fold(l.story)) {
			if seen[pair] == nil {
				seen[pair] = map[complaint.Kind]float64{}
			}
			seen[pair][k]++
			total[k]++
		}
	}
	const smooth = 0.3
	vocabulary := float64(len(seen))
	for pair, in := range seen {
		row := make([]float64, len(b.kinds))
		for i, k := range b.kinds {
			row[i] = math.Log((in[k] + smooth) / (total[k] + smooth*vocabulary))
		}
		b.log[pair] = row
	}
	return b
}

// pairs are the different pairs of neighbouring characters in a folded text.
func pairs(folded string) []string {
	var out []string
	last := -1
	for i, r := range folded {
		if !hanRune(r) {
			last = -1
			continue
		}
		if last >= 0 {
			out = append(out, folded[last:i+len(string(r))])
		}
		last = i
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func hanRune(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r >= 'a' && r <= 'z' }

// score returns how much the pairs of a text speak for each kind, as shares.
func (b *bayes) score(folded string) []float64 {
	sums := make([]float64, len(b.kinds)) // no kind is likelier before a word is read
	n := 0
	for _, pair := range pairs(folded) {
		row, ok := b.log[pair]
		if !ok {
			continue
		}
		n++
		for i, l := range row {
			sums[i] += l
		}
	}
	if n == 0 {
		return make([]float64, len(sums))
	}
	// The pairs of a text are not independent: tempered, so that a long text
	// is not surer than it should be.
	temper := 1 / math.Sqrt(float64(n))
	best := slices.Max(sums)
	whole := 0.0
	for i, s := range sums {
		sums[i] = math.Exp((s - best) * temper)
		whole += sums[i]
	}
	for i := range sums {
		sums[i] /= whole
	}
	return sums
}

// How much counts: what the stories say against the cues; a further cue
// of the same kind; what a question without a grievance gets; from where on a
// kind is offered, and from what lead on it is sure.
const (
	bayesWeight  = 16.0
	furtherCue   = 0.5
	questionSays = 4.0
	leastScore   = 2.0
	sureLead     = 5
	mostKinds    = 3
)

// kindsOf returns the kinds that a story with those words of danger may be of.
func kindsOf(t *text, b *bayes, dangers []Crisis) ([]Likely, bool) {
	by := map[complaint.Kind]*Likely{}
	at := func(k complaint.Kind) *Likely {
		if by[k] == nil {
			by[k] = &Likely{Kind: k}
		}
		return by[k]
	}
	readCues(t, at)
	harmed := readHarm(dangers, at)
	for i, s := range b.score(t.Norm) {
		if s > 0.02 {
			at(b.kinds[i]).Score += bayesWeight * s
		}
	}
	readQuestion(t, at)
	var out []Likely
	for _, l := range by {
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
		out, sure = slices.Insert(slices.Delete(out, i, i+1), 0, *by[complaint.Harm]), false // whatever else it tells of
	}
	return out[:min(len(out), mostKinds)], sure
}

// harmSays is what the first word of harm gets, a further one half.
const harmSays = 5.0

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
