package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"yangguang/search"
)

// reindex brings what is published to the search server anew, beside a running
// site.
func reindex(ctx context.Context, set settings, stdout io.Writer) (err error) {
	if set.meili == "" {
		return usage{"没有设 --meili-url（YANGGUANG_MEILI_URL）。程序自带的搜索不用重建。"}
	}
	h, err := open(ctx, set, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	docs, began := search.Documents(h.board.Snapshot()), time.Now()
	if err := h.searchServer(set).Rebuild(ctx, docs); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "搜索重建好了：%d 条，用了 %.1f 秒。\n", len(docs), time.Since(began).Seconds())
	return nil
}
