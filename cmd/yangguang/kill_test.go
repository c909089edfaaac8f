package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestKilledWhilePublishing kills “publish” at random moments: the next start
// finds the last whole edition, publishes what the pack has new, once, and all
// pages are there.
func TestKilledWhilePublishing(t *testing.T) {
	const rounds = 10
	t.Run("into an empty folder", func(t *testing.T) {
		took := published(t, t.TempDir())
		for range rounds {
			data := t.TempDir()
			kill(t, took, "publish", "--data", data)
			p := startOn(t, data)
			checkWhole(t, p, 1, 0)
			p.stop()
		}
	})
	t.Run("a change", func(t *testing.T) {
		data := t.TempDir()
		took := published(t, data)
		for more := 1; more <= rounds; more++ {
			pack := withMore(t, more)
			kill(t, took, "publish", "--data", data, "--content", pack)
			// Whoever asks meanwhile gets the old edition or the new.
			_, says, said := once("search", "--data", data, "wuzhi")
			before, after := fmt.Sprintf("%d 人", bundledWuzhi+more-1), fmt.Sprintf("%d 人", bundledWuzhi+more)
			if strings.Contains(says, before) == strings.Contains(says, after) {
				t.Errorf("search finds neither or both of %s and %s: %s %s", before, after, says, said)
			}
			p := startOn(t, data, "--content", pack)
			checkWhole(t, p, more+1, more)
			p.stop()
		}
	})
}

// published publishes the bundled pack and returns how long it took.
func published(t *testing.T, data string) time.Duration {
	t.Helper()
	start := time.Now()
	if out, err := child("publish", "--data", data).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return time.Since(start)
}

// kill starts the program and kills it at a moment at which it may be anywhere
// in its work.
func kill(t *testing.T, took time.Duration, args ...string) {
	t.Helper()
	cmd := child(args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	moment := rand.N(took)
	time.Sleep(moment)
	cmd.Process.Kill()
	err := cmd.Wait()
	t.Logf("after %v: %v", moment.Round(time.Millisecond), err)
}
