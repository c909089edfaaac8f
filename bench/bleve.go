package main

import (
	"context"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk" // the analyzer of that name
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"yangguang/search"
)

// bleveIndex is the corpus in a bleve: scorch in memory, cut into pairs of
// characters (cjk).
type bleveIndex struct{ bleve.Index }

// searched are the fields with text, and what a match in one counts.
var searched = map[string]float64{"title": 10, "names": 9, "text": 4}

func bleveMapping() mapping.IndexMapping {
	doc := bleve.NewDocumentStaticMapping()
	for name := range searched {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.IncludeInAll, f.DocValues = "cjk", false, false
		doc.AddFieldMappingsAt(name, f)
	}
	for _, name := range []string{"type", "year"} {
		f := bleve.NewKeywordFieldMapping()
		f.IncludeInAll, f.IncludeTermVectors = false, false
		doc.AddFieldMappingsAt(name, f)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	return m
}

func newBleve(docs []search.Doc) (bleveIndex, error) {
	x, err := bleve.NewUsing("", bleveMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return bleveIndex{}, err
	}
	batch := x.NewBatch()
	for i, d := range docs {
		fields := map[string]any{"title": d.Title, "names": d.Names, "text": d.Text, "type": d.Type, "year": strconv.Itoa(d.Year)}
		if err := batch.Index(d.ID, fields); err != nil {
			return bleveIndex{}, err
		}
		if batch.Size() == 1000 || i == len(docs)-1 {
			if err := x.Batch(batch); err != nil {
				return bleveIndex{}, err
			}
			batch.Reset()
		}
	}
	return bleveIndex{x}, nil
}

func (x bleveIndex) ask(ctx context.Context, q question) (reply, error) {
	var all []query.Query
	for _, term := range q.terms {
		var somewhere []query.Query
		for name, boost := range searched {
			phrase := bleve.NewMatchPhraseQuery(term)
			phrase.SetField(name)
			phrase.SetBoost(boost)
			somewhere = append(somewhere, phrase)
		}
		all = append(all, bleve.NewDisjunctionQuery(somewhere...))
	}
	r := bleve.NewSearchRequestOptions(bleve.NewConjunctionQuery(all...), search.MaxHits, 0, false)
	r.AddFacet("type", bleve.NewFacetRequest("type", 20))
	r.AddFacet("year", bleve.NewFacetRequest("year", 20))
	r.Highlight = bleve.NewHighlightWithStyle("html")
	r.Highlight.AddField("title")
	r.Highlight.AddField("text")
	began := time.Now()
	found, err := x.SearchInContext(ctx, r)
	took := time.Since(began)
	if err != nil {
		return reply{}, err
	}
	return reply{total: int(found.Total), took: took, own: found.Took}, nil
}
