package main

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"time"
)

// A question whose answer is in the notice, and what the answer must hold.
const (
	startQuestion = "/api/v1/search?q=%E5%8D%AB%E6%A0%A1" // 卫校
	startAnswer   = "1300"
)

// start compares how long it takes from the start to the first page, and says
// how long to the first right answer of a search, what it holds in memory and
// how large the program is.
func (b *bench) start(ctx context.Context) error {
	page, err := b.firstPage(ctx)
	if err != nil {
		return err
	}
	missing := need("nginx")
	var firstEver, again pairs
	var answered, holds, held []float64
	for range b.rounds {
		theirs := math.NaN()
		if missing == nil {
			if theirs, err = b.nginxStart(ctx, page); err != nil {
				return err
			}
		}
		data, err := os.MkdirTemp(b.dir, "start")
		if err != nil {
			return err
		}
		fresh, err := b.ourStart(ctx, data)
		if err != nil {
			return err
		}
		later, err := b.ourStart(ctx, data)
		if err != nil {
			return err
		}
		firstEver.add(fresh.page, theirs)
		again.add(later.page, theirs)
		answered, holds, held = append(answered, later.answer), append(holds, later.holds), append(held, later.held)
	}
	b.table.compare("start to first page", "nginx", "ms", again, false, "≤ 2.5×")
	b.table.compare("start to first page, data folder new", "nginx", "ms", firstEver, false, "")
	b.table.alone("start to first right answer", median(answered)/1e3, "s", "≤ 0.2 s")
	b.table.alone("memory with the notice (RSS)", median(holds), "MiB", "≤ 64 MiB")
	b.table.alone("most memory (peak RSS)", median(held), "MiB", "")
	info, err := os.Stat(b.program)
	if err != nil {
		return err
	}
	b.table.alone("the program, static and stripped", float64(info.Size())/(1<<20), "MiB", "≤ 25 MiB")
	return missing
}

// firstPage returns the home page, for nginx to send.
func (b *bench) firstPage(ctx context.Context) (answer, error) {
	s, err := b.yangguang(ctx, filepath.Join(b.dir, "first"))
	if err != nil {
		return answer{}, err
	}
	defer s.stop()
	if _, err := s.ready("/", anyBody); err != nil {
		return answer{}, err
	}
	return fetch(s.addr, "/", "", "")
}

func (b *bench) nginxStart(ctx context.Context, page answer) (ms float64, err error) {
	s, err := b.nginx(ctx, page, asInstalled)
	if err != nil {
		return 0, err
	}
	defer s.stop()
	took, err := s.ready("/", func(body []byte) bool { return bytes.Equal(body, page.body) })
	return inMS(took), err
}

// started is one start: milliseconds to the first page and the first right
// answer, MiB that it holds after them and held at most.
type started struct{ page, answer, holds, held float64 }

func (b *bench) ourStart(ctx context.Context, data string) (out started, err error) {
	s, err := b.yangguang(ctx, data)
	if err != nil {
		return out, err
	}
	defer s.stop()
	took, err := s.ready("/", anyBody)
	if err != nil {
		return out, err
	}
	out.page = inMS(took)
	took, err = s.ready(startQuestion, func(body []byte) bool { return bytes.Contains(body, []byte(startAnswer)) })
	if err != nil {
		return out, err
	}
	out.answer = inMS(took)
	if out.holds, err = s.memory("VmRSS"); err != nil {
		return out, err
	}
	out.held, err = s.memory("VmHWM")
	return out, err
}

func inMS(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }
