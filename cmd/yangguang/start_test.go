package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Everything that is wrong is said at once, before anything is opened.
func TestAllWrongSettingsTogether(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	env := map[string]string{"YANGGUANG_METRICS": "0.0.0.0:9090", "YANGGUANG_ADDR": "127.0.0.1:0"}
	var out, said bytes.Buffer
	code := run(context.Background(), []string{"--addr", "0.0.0.0:8080", "--data", data, "--content", "/no/such/folder", "--now", "gestern"},
		func(name string) (string, bool) { v, ok := env[name]; return v, ok }, &out, &said)
	if code != 2 {
		t.Errorf("exit status %d, want 2", code)
	}
	for _, want := range []string{"--addr", "0.0.0.0:8080", "--content", "/no/such/folder", "--metrics", "YANGGUANG_METRICS", "--now", "gestern"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("it does not say %q: %s", want, &said)
		}
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("the data folder was made: %v", err)
	}
}

// A trial is for this machine alone.
func TestOnlyThisMachine(t *testing.T) {
	for addr, open := range map[string]bool{
		"127.0.0.1:0": true, "localhost:8080": true, "[::1]:8080": true, "127.8.0.1:80": true,
		"0.0.0.0:8080": false, ":8080": false, "[::]:8080": false, "192.168.1.5:8080": false, "203.0.113.9:80": false,
		"example.invalid:80": false, "127.0.0.1": false, "": false, "127.0.0.1.example.invalid:80": false, "localhost.example.invalid:80": false,
	} {
		_, _, err := parse([]string{"--addr", addr}, none)
		if open != (err == nil) {
			t.Errorf("--addr %q: %v, want allowed: %v", addr, err, open)
		}
	}
}

func TestSettingsFromTheEnvironment(t *testing.T) {
	env := func(name string) (string, bool) {
		v, ok := map[string]string{"YANGGUANG_ADDR": "127.0.0.1:1", "YANGGUANG_DATA": "elsewhere"}[name]
		return v, ok
	}
	set, _, err := parse([]string{"publish", "--addr", "127.0.0.1:2"}, env)
	if err != nil || set.command != "publish" || set.addr != "127.0.0.1:2" || set.data != "elsewhere" {
		t.Errorf("got %+v, %v; want the flag before the variable before the default", set, err)
	}
}

func TestHelpAndReadmeNameEverySetting(t *testing.T) {
	code, says, _ := once("--help")
	readme, err := os.ReadFile("../../README.md")
	must(t, err)
	for _, s := range table {
		if !strings.Contains(says, "--"+s.name+" ") || !strings.Contains(says, s.env) {
			t.Errorf("--help lacks --%s or %s", s.name, s.env)
		}
		if row := fmt.Sprintf("| `--%s` | `%s` |", s.name, s.env); !bytes.Contains(readme, []byte(row)) {
			t.Errorf("the README lacks %s", row)
		}
	}
	if code != 0 {
		t.Errorf("exit status %d", code)
	}
}

func TestUnknownWords(t *testing.T) {
	for _, args := range [][]string{{"serv"}, {"--port", "1"}, {"search"}} {
		if code, _, said := once(append(args, "--data", t.TempDir())...); code != 2 || said == "" {
			t.Errorf("%q: exit status %d, said %q", args, code, said)
		}
	}
}

func TestTakenAddress(t *testing.T) {
	p := start(t)
	code, _, said := once("--addr", strings.TrimPrefix(p.base, "http://"), "--data", t.TempDir())
	if code != 1 || !strings.Contains(said, "换一个") {
		t.Errorf("exit status %d, said %s", code, said)
	}
}

// “yangguang search” and the address say the same.
func TestSearchCommand(t *testing.T) {
	p := start(t)
	code, says, said := once("search", "--data", p.data, "wuzhi")
	if code != 0 {
		t.Fatalf("exit status %d, said %s", code, said)
	}
	plain := func(s string) string {
		s, _, _ = strings.Cut(s, `"took_us"`)
		return strings.Join(strings.Fields(s), "")
	}
	if got, want := plain(says), plain(p.get(t, "/api/v1/search?q=wuzhi").body); got != want {
		t.Errorf("the command says\n%s\nthe site says\n%s", got, want)
	}
}

// A request that has begun is answered; then nothing listens any more.
func TestStopFinishesWhatHasBegun(t *testing.T) {
	p := start(t)
	host := strings.TrimPrefix(p.base, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /targets/2022 HTTP/1.1\r\nHost: %s\r\n", host)
	time.Sleep(100 * time.Millisecond) // the server has read this much
	stopped := make(chan int, 1)
	go func() { stopped <- p.stop() }()
	eventually(t, 5*time.Second, "nobody new is let in", func() bool {
		c, err := net.Dial("tcp", host)
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	io.WriteString(conn, "\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("the request in work was not answered: %v", err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 || !bytes.Contains(body, []byte("</html>")) {
		t.Errorf("the request in work got %d, %d bytes, %v", resp.StatusCode, len(body), err)
	}
	conn.Close()
	select {
	case code := <-stopped:
		if code != 0 {
			t.Errorf("exit status %d", code)
		}
	case <-time.After(grace):
		t.Errorf("it has not stopped after %v", grace)
	}
}

// child is the program as a process.
func child(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "YANGGUANG_TEST_AS_PROGRAM=1")
	return cmd
}

func TestCtrlC(t *testing.T) {
	out := newStream(addressLine)
	cmd := child("--addr", "127.0.0.1:0", "--data", t.TempDir())
	cmd.Stdout = out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	select {
	case <-out.found:
	case <-time.After(time.Minute):
		t.Fatal("it is not open after a minute")
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after Ctrl-C: %v", err)
	}
}
