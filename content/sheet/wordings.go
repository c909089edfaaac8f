package sheet

import (
	"io/fs"
	"slices"

	"yangguang/content"
)

var wordingColumns = []column{must("key", "编号"), must("text", "说法"), may("note", "备注")}

// readWordings reads what the program says, a record for each file. A pack
// without them says it as the program does.
func (r *reader) readWordings() {
	files, err := fs.Glob(r.fsys, "wordings/*.csv")
	if err != nil {
		return // the pattern is a constant
	}
	slices.Sort(files)
	for i, file := range files {
		text, ok := r.file(file)
		if !ok {
			continue
		}
		lines, found := rows(file, text, wordingColumns)
		w := &content.Wording{Meta: content.Meta{Order: i + 1}, Texts: map[string]string{}}
		w.ID = content.ID(string(content.TypeWording) + "/" + keyOf(file))
		item := content.Item{Record: w, Place: content.Place{File: file}, Parts: map[string]content.Place{}}
		for _, line := range lines {
			key := line.word("key")
			if _, twice := w.Texts[key]; twice {
				line.problem("key", "编号“%s”写了两次。", key)
			}
			w.Texts[key] = line.word("text")
			item.Parts[key] = line.place()
			found = append(found, line.found...)
		}
		r.found = append(r.found, found...)
		if len(found) == 0 {
			r.pack.Items = append(r.pack.Items, item)
		}
	}
}
