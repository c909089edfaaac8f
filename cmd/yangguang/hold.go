package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// holdName is the file that a serving process holds while it runs, and in which
// it says where it answers. Commands that run beside it leave it alone.
const holdName = "serving.lock"

// holding is that file, held by this process or by another that says in it
// where it answers.
type holding struct {
	file   *os.File
	second bool
	other  string
}

// hold takes the data folder for serving. The lock ends with the process, if it
// was killed too. Instances on a server's database share nothing here. What
// cannot be held holds nothing up: a second process does no harm, but whoever
// starts it should know.
func (s *settings) hold() *holding {
	if s.database != "" {
		return &holding{}
	}
	if err := os.MkdirAll(s.data, 0o700); err != nil { //nolint:gosec // the folder is whoever starts it to name
		return &holding{} // the database says why, and better
	}
	file, err := os.OpenFile(filepath.Join(s.data, holdName), os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // as above
	if err != nil {
		return &holding{}
	}
	h := &holding{file: file, second: lockFile(file)}
	if h.second {
		b, _ := io.ReadAll(file) // without it the sentence names no address
		h.other = strings.TrimSpace(string(b))
	}
	return h
}

// tell warns whoever started a second site on the same data; the first notes
// where it answers.
func (h *holding) tell(w io.Writer, address string) {
	switch {
	case h.second:
		fmt.Fprintf(w, "注意：已经有一个阳光招生在用这个数据文件夹（%s）。两个同时开着，限制来访的次数会各算各的；请停掉一个，或者用 --data 换一个文件夹。\n", h.other)
	case h.file != nil && h.file.Truncate(0) == nil:
		_, _ = h.file.WriteAt(fmt.Appendf(nil, "地址 %s，进程 %d\n", address, os.Getpid()), 0) // a help, no more
	}
}

func (h *holding) release() {
	if h.file != nil {
		_ = h.file.Close() // which gives the lock back
	}
}
