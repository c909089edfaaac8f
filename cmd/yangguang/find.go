package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"yangguang/search"
)

// find answers a query as /api/v1/search does.
func find(ctx context.Context, set settings, words []string, stdout, stderr io.Writer) (err error) {
	text := strings.TrimSpace(strings.Join(words, " "))
	if text == "" {
		return usage{"请写要找什么，例如：yangguang search \"卫校\""}
	}
	h, err := open(ctx, set, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	look := func(context.Context) error { return nil }
	if set.meili != "" {
		look = h.findOn(set, slog.New(slog.DiscardHandler)).Look
	}
	if err := h.finder.Follow(ctx, h.board.Snapshot()); err != nil {
		return err
	}
	if err := waiting(ctx, look); err != nil {
		fmt.Fprintf(stderr, "Meilisearch 没有回答，用程序自带的搜索。（%v）\n", err)
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

// waiting asks a server, for a few seconds.
func waiting(ctx context.Context, ask func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	return ask(ctx)
}
