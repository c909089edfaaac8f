package content

import (
	"encoding/csv"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"yangguang/pattern"
)

// Wording is what the program says on one subject, by key: the conversation,
// the letters, why something is refused. {name} in a text stands for what is
// put there. The bundled wordings are the list of keys: an office may say each
// otherwise, with the same names in it.
type Wording struct {
	Meta
	Texts map[string]string `json:"texts"`
}

// Wording returns the wording of that subject. What the record lacks is said as
// bundled, so every key has a text.
func (s *Snapshot) Wording(subject string) *Wording {
	w, _ := s.records[ID("wording/"+subject)].(*Wording)
	base := BundledWordings()[subject]
	if w == nil || w.Withdrawn {
		return &Wording{Meta: Meta{ID: ID("wording/" + subject)}, Texts: base}
	}
	return w.over(base)
}

// over returns w with what it lacks from base.
func (w *Wording) over(base map[string]string) *Wording {
	for key := range base {
		if w.Texts[key] == "" {
			out := *w
			out.Texts = make(map[string]string, len(base))
			for key, text := range base {
				out.Texts[key] = text
				if own := w.Texts[key]; own != "" {
					out.Texts[key] = own
				}
			}
			return &out
		}
	}
	return w
}

// Say returns a text of the wording with its names filled in; nothing for a
// key that there is not. A name without an argument stays as it is written.
func (w *Wording) Say(key string, args map[string]string) string {
	text := w.Texts[key]
	if !strings.Contains(text, "{") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		if v, ok := args[name[1:len(name)-1]]; ok {
			return v
		}
		return name
	})
}

// Say returns a text of the subject: s.Say("letter", "replied", nil).
func (s *Snapshot) Say(subject, key string, args map[string]string) string {
	return s.Wording(subject).Say(key, args)
}

// Authority returns how an office outside this site is called, and its
// telephone where the record has one: its own, or that of the hotline that
// puts people through. The words of room complaint name it.
func (s *Snapshot) Authority(key string) (name string, call *Contact) {
	w := s.Wording("authority")
	if c, ok := s.Contact(w.Texts[key+".contact"]); ok {
		call = c
	}
	return w.Texts[key], call
}

var placeholder = pattern.New(`\{[a-z_]+\}`)

// BundledWordings are the wordings that the program carries: the keys there
// are, by subject, and what is said where an office says nothing else.
var BundledWordings = sync.OnceValue(func() map[string]map[string]string {
	out := map[string]map[string]string{}
	names, err := fs.Glob(files, "pack/wordings/*.csv")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		f, err := files.Open(name)
		if err != nil {
			panic(err) // embedded in this room
		}
		lines, err := csv.NewReader(f).ReadAll()
		if err != nil {
			panic(err) // held by the tests
		}
		texts := map[string]string{}
		for _, line := range lines[1:] {
			texts[line[0]] = line[1]
		}
		out[strings.TrimSuffix(path.Base(name), ".csv")] = texts
	}
	return out
})

// The longest text, and the longest on a button.
const (
	longestText   = 400
	longestButton = 24
)

// buttons are the keys, up to the first point, that are labels of buttons.
var buttons = []string{"option", "kind", "against", "school", "detail", "paid", "identity", "who", "card", "leave", "edit", "summary", "line"}

// wording: a text says what the bundled one of its key does, with the same
// names, on a button in a few words.
func (c *checker) wording(i Item, w *Wording) {
	base, known := BundledWordings()[w.ID.Key()]
	if !known {
		c.add(i, "", "没有“%s”这一组说法。文件名不要改。", w.ID.Key())
		return
	}
	for key, text := range w.Texts {
		first, _, _ := strings.Cut(key, ".")
		most := longestText
		if w.ID.Key() == "talk" && slices.Contains(buttons, first) {
			most = longestButton
		}
		switch want, known := base[key]; {
		case !known:
			c.add(i, key, "不认识编号“%s”。", key)
		case !slices.Equal(bracedNames(text), bracedNames(want)):
			c.add(i, key, "花括号里的名称要和原来的一样：%s。", strings.Join(bracedNames(want), "、"))
		case utf8.RuneCountInString(text) > most:
			c.add(i, key, "太长了，最多%d个字。", most)
		}
		c.telephones(i, key, text)
	}
	if w.ID.Key() == "authority" {
		c.authorities(i, w)
	}
}

// bracedNames are the different names in braces in a text, sorted.
func bracedNames(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// authorities: whom to call is in the list of telephones.
func (c *checker) authorities(i Item, w *Wording) {
	for key, text := range w.Texts {
		if _, is := strings.CutSuffix(key, ".contact"); !is {
			continue
		}
		if _, ok := c.byID[ID("contact/"+text)]; !ok {
			c.add(i, key, "contacts.csv 里没有“%s”。", text)
		}
	}
}
