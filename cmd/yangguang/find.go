package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"yangguang/search"
)

// find answers a query as /api/v1/search does.
func find(ctx context.Context, set settings, words []string, stdout io.Writer) (err error) {
	text := strings.TrimSpace(strings.Join(words, " "))
	if text == "" {
		return usage{"请写要找什么，例如：yangguang search \"卫校\""}
	}
	h, err := open(ctx, set, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.finder.Follow(ctx, h.board.Snapshot()); err != nil {
		return err
	}
	found, err := h.finder.Find(ctx, search.Query{Text: text})
	if err != nil {
		return err
	}
	enc := json.NewEncoder(stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(found)
}
