package understand

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed topics.csv
var topicWords string

// topics are the words that say what is asked, whatever the record holds.
var topics = sync.OnceValue(func() *gazetteer[string] {
	g := newGazetteer[string]()
	for line := range strings.Lines(topicWords) {
		topic, words, _ := strings.Cut(strings.TrimSpace(line), ",")
		for w := range strings.SplitSeq(words, "|") {
			g.add(w, topic)
		}
	}
	return g
})
