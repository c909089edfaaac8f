package realtest

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// RedisServer is a Redis of one test, on a socket in its own folder and on no
// port. Everything it answered is in its append-only file.
type RedisServer struct {
	t        testing.TB
	program  string
	folder   string
	settings []string

	pid int
	// alive is held open; the server is killed when it closes.
	alive io.WriteCloser
	says  *bufio.Reader
}

// Redis starts a Redis for the test. Settings are those of its command line,
// one after the other: "--maxmemory", "2mb".
func Redis(t testing.TB, settings ...string) *RedisServer {
	t.Helper()
	program := redis.find(t)
	folder, err := shortFolder("redis")
	if err != nil {
		t.Fatal(err)
	}
	s := &RedisServer{t: t, program: program, folder: folder, settings: settings}
	s.Start()
	t.Cleanup(s.end)
	return s
}

// shortFolder is not the test's own: a socket's path may have 107 bytes.
func shortFolder(of string) (string, error) { return os.MkdirTemp("/tmp", "yangguang-"+of+"-") }

// Folder is where its files are.
func (s *RedisServer) Folder() string { return s.folder }

// Socket is where it listens.
func (s *RedisServer) Socket() string { return filepath.Join(s.folder, "socket") }

// redis.sh outlives this process by a moment, so that the server does not.
//
//go:embed redis.sh
var redisGuard string

// Start starts it, again after Kill, with what its append-only file holds.
func (s *RedisServer) Start() {
	s.t.Helper()
	command := append([]string{"-c", redisGuard, "redis.sh", s.folder, s.program}, s.options()...)
	cmd := exec.Command("/bin/sh", command...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for this process alone
	alive, err := cmd.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	says, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.alive, s.says = alive, bufio.NewReader(says)
	line, err := s.says.ReadString('\n')
	if err != nil {
		s.t.Fatalf("redis.sh: %v", err)
	}
	if s.pid, err = strconv.Atoi(strings.TrimSpace(line)); err != nil {
		s.t.Fatal(err)
	}
	s.answers()
}

func (s *RedisServer) options() []string {
	return append([]string{
		"--port", "0", "--unixsocket", s.Socket(), "--dir", s.folder,
		"--save", "", "--appendonly", "yes", "--daemonize", "no",
	}, s.settings...)
}

// answers waits until the server does.
func (s *RedisServer) answers() {
	s.t.Helper()
	said := "nothing"
	for began := time.Now(); time.Since(began) < 10*time.Second; time.Sleep(5 * time.Millisecond) {
		c, err := net.Dial("unix", s.Socket())
		if err != nil {
			continue
		}
		fmt.Fprint(c, "PING\r\n")
		said, _ = bufio.NewReader(c).ReadString('\n')
		c.Close()
		if strings.HasPrefix(said, "+PONG") || strings.HasPrefix(said, "-NOAUTH") {
			return
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.folder, "server.log"))
	s.t.Fatalf("Redis is installed and does not start: it answers %q\n%s", said, log)
}

// Kill ends it at once, as kill -9 does. Its files stay.
func (s *RedisServer) Kill() {
	s.t.Helper()
	io.WriteString(s.alive, "keep\n") // the reader is there, or has ended
	s.says.ReadString('\n')           // it is gone
	s.alive.Close()
}

// Pause stops its process, which then answers nobody; Resume lets it go on.
func (s *RedisServer) Pause() { s.signal(syscall.SIGSTOP) }

// Resume lets it go on.
func (s *RedisServer) Resume() { s.signal(syscall.SIGCONT) }

func (s *RedisServer) signal(which syscall.Signal) {
	s.t.Helper()
	if err := syscall.Kill(s.pid, which); err != nil {
		s.t.Fatal(err)
	}
}

func (s *RedisServer) end() {
	s.alive.Close()
	s.says.ReadString('\n') // it is gone, or was before
	os.RemoveAll(s.folder)  // where it was killed before
}
