package sheet

import "yangguang/content"

// readLaws reads laws.csv, and the articles quoted of each from
// law_articles.csv, one a row.
func (r *reader) readLaws() {
	items := map[string]content.Item{}
	var order []string
	for i, w := range r.rows("laws.csv", []column{
		must("key", "编号"), must("title", "名称"), may("names", "叫法"), may("made", "公布"), must("url", "网址"), may("in", "可查"),
	}) {
		key := w.word("key")
		law := &content.Law{
			Meta: w.meta(content.TypeLaw, 0, key), Title: w.word("title"),
			Names: w.list("names"), Made: w.text("made"), Articles: map[string]string{},
		}
		law.Order, law.Source = i+1, content.Source{Title: law.Title, URL: w.word("url"), In: w.text("in")}
		if r.laws[key] != nil {
			w.problem("key", "“%s”写了两次。", key)
		}
		r.found = append(r.found, w.found...)
		r.laws[key] = law
		items[key], order = content.Item{Record: law, Place: w.place()}, append(order, key)
	}
	r.readLawArticles()
	for _, key := range order {
		r.pack.Items = append(r.pack.Items, items[key])
	}
}

func (r *reader) readLawArticles() {
	for _, w := range r.rows("law_articles.csv", []column{must("law", "法律"), must("article", "条"), must("text", "条文")}) {
		key, article := w.word("law"), w.word("article")
		law := r.laws[key]
		switch {
		case law == nil:
			w.problem("law", "laws.csv 里没有“%s”。", key)
		case law.Articles[article] != "":
			w.problem("article", "%s第%s条写了两次。", law.Title, article)
		default:
			law.Articles[article] = w.word("text")
		}
		r.found = append(r.found, w.found...)
	}
}
