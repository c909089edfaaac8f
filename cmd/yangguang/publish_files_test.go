package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content/demo"
)

// said is what a command answers, all of it, with its status in front.
func said(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	status := run(t.Context(), args, func(string) (string, bool) { return "", false }, &out, &out)
	return out.String(), status
}

// A plan is amended as an editor does it: looked at, refused for what is
// missing one after the other, published by two, and a row taken back.
func TestAPlanIsAmendedByTwo(t *testing.T) {
	day := calendar.NewDate(2026, time.July, 1)
	pack, err := demo.Pack(2026, day)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := fs.ReadFile(pack, "sheets/plan-2026.csv")
	if err != nil {
		t.Fatal(err)
	}
	file, data := filepath.Join(t.TempDir(), "计划.csv"), filepath.Join(t.TempDir(), "data")
	write := func(old, now string) {
		t.Helper()
		if !bytes.Contains(plan, []byte(old)) {
			t.Fatalf("the plan has no %q", old)
		}
		plan = bytes.Replace(plan, []byte(old), []byte(now), 1)
		if err := os.WriteFile(file, plan, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	common := []string{"--demo", "--data", data, "--now", "2026-07-01"}
	if text, status := said(t, append([]string{"publish"}, common...)...); status != 0 {
		t.Fatal(text)
	}
	write(",计算机应用,,600,", ",计算机应用,,650,")
	write(",13500,", ",13550,")
	two := []string{"--by", "职教科经办", "--approved-by", "职教科长"}
	because := slices.Concat(two, []string{"--reason", "W10=任务以后补下"})
	for _, step := range []struct {
		flags  []string
		status int
		want   []string
	}{
		{nil, 1, []string{"F4", "W10="}},
		{[]string{"--reason", "W10=任务以后补下"}, 0, []string{"number 600 → 650", "还没有发布"}},
		{append([]string{"--by", "甲", "--approved-by", "甲"}, "--reason", "W10=任务以后补下"), 1, []string{"两个人"}},
		{because, 1, []string{"--note"}},
		{append(because, "--note", "北校区新增一个班"), 0, []string{"600 → 650", "发布为第 2 版"}},
		{append(because, "--note", "北校区新增一个班"), 0, []string{"没有要发布的"}},
	} {
		text, status := said(t, append(append([]string{"publish", file}, common...), step.flags...)...)
		if status != step.status {
			t.Errorf("%v ends with %d, want %d: %s", step.flags, status, step.status, text)
		}
		for _, want := range step.want {
			if !strings.Contains(text, want) {
				t.Errorf("%v: %q is not in %s", step.flags, want, text)
			}
		}
	}
	text, status := said(t, append(append([]string{"withdraw", "plan/2026/D01-730701", "--note", "登错了"}, common...), two...)...)
	if status != 0 || !strings.Contains(text, "第 3 版") {
		t.Errorf("withdraw: %d %s", status, text)
	}
	if text, status := said(t, append(append([]string{"takedown", "plan/2026/nothing", "--note", "登错了"}, common...), two...)...); status == 0 {
		t.Errorf("what is not there is taken down: %s", text)
	}
}
