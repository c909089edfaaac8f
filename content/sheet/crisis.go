package sheet

import "yangguang/content"

// crisisSheet is what people in danger write. It has no origin: the words are
// how people talk.
var crisisSheet = sheet{"crisis.csv", []column{
	must("key", "编号"), must("kind", "类别"), must("words", "词语"), may("not", "不算"),
}, crisis}

var crisisKinds = map[string]content.CrisisKind{
	"轻生": content.Suicide, "被打": content.Beaten, "受欺负": content.Bullied, "性侵": content.Abused,
	"被关": content.Confined, "失联": content.Missing, "受伤": content.Injured, "求救": content.Calling,
}

func crisis(w *row) content.Record {
	return &content.Crisis{
		Meta: w.meta(content.TypeCrisis, 0, w.word("key")), Kind: choice(w, "kind", crisisKinds),
		Words: w.list("words"), Not: w.list("not"),
	}
}
