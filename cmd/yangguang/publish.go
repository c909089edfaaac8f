package main

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// publish publishes the content pack it is given; a running server follows within a second.
func publish(ctx context.Context, set settings, stdout io.Writer) (err error) {
	h, err := open(ctx, set, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	h.tell(stdout)
	if h.outcome.Edition == 0 && len(h.outcome.Conflicts) == 0 && !h.kept {
		fmt.Fprintf(stdout, "内容包和已发布的第 %d 版一样，没有要发布的。\n", h.board.Snapshot().Edition)
	}
	return nil
}
