package search

import (
	_ "embed"
	"encoding/csv"
	"strings"
)

//go:embed pages.csv
var pageRows string

// pages are the pages and tools of the site itself. Their words stand in
// pages.csv: path, title, text and names.
func pages() []Doc {
	rows, err := csv.NewReader(strings.NewReader(pageRows)).ReadAll()
	if err != nil {
		panic("search: pages.csv: " + err.Error()) // it is part of the program
	}
	var docs []Doc
	for _, row := range rows[1:] {
		docs = append(docs, Doc{
			ID: TypePage + row[0], Type: TypePage, Title: row[1], Text: row[2], URL: row[0],
			Names: strings.Split(row[3], "|"), Weight: weights[TypePage],
		})
	}
	return docs
}
