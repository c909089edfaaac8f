package realtest

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
)

// Postgres returns the address of an empty database, the test's own until it
// ends. The server is started by the first test of the process that asks.
func Postgres(t testing.TB) string {
	t.Helper()
	s := &running
	bin := filepath.Dir(postgres.find(t))
	s.once.Do(func() { s.err = s.start(bin) })
	if s.err != nil {
		t.Fatalf("PostgreSQL is installed and does not start: %v", s.err)
	}
	name := s.take(t)
	t.Cleanup(func() { s.put(t, name) })
	return s.address(name)
}

// server is a PostgreSQL of this process, on a socket in its own folder and on
// no port.
type server struct {
	once   sync.Once
	bin    string
	folder string
	err    error
	// alive is held open; the server stops when it closes, and says ends then.
	alive io.Closer
	says  *bufio.Reader

	mu   sync.Mutex
	made int
	free []string // databases that are empty again
}

var running server

// take returns an empty database. Making one takes PostgreSQL a quarter of a
// second, so they are used again.
func (s *server) take(t testing.TB) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if last := len(s.free) - 1; last >= 0 {
		name := s.free[last]
		s.free = s.free[:last]
		return name
	}
	s.made++
	name := "test" + strconv.Itoa(s.made)
	s.run(t, "createdb", name)
	return name
}

// put empties the database for the next test. It fails a test that has left a
// transaction open.
func (s *server) put(t testing.TB, name string) {
	t.Helper()
	s.run(t, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", name, "-c", `
		set lock_timeout = '5s'; set client_min_messages = error;
		drop schema public cascade; create schema public`)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = append(s.free, name)
}

// postgres.sh outlives this process by a moment: it stops the server and
// removes its folder as soon as the pipe to it closes, which happens however
// this process ends.
//
//go:embed postgres.sh
var guard string

func (s *server) start(bin string) error {
	s.bin = bin
	var err error
	if s.folder == "" {
		if s.folder, err = shortFolder("postgres"); err != nil {
			return err
		}
	}
	cmd := exec.Command("/bin/sh", "-c", guard, "postgres.sh", bin, s.folder)
	if cmd.SysProcAttr, err = owner(s.folder); err != nil {
		return err
	}
	if s.alive, err = cmd.StdinPipe(); err != nil {
		return err
	}
	says, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	s.says = bufio.NewReader(says)
	if first, _ := s.says.ReadString('\n'); first != "ready\n" {
		rest, _ := io.ReadAll(s.says)
		return fmt.Errorf("%s%s", first, rest)
	}
	return nil
}

// owner: PostgreSQL refuses to run as root, so there it runs as the user
// postgres, who is given the folder. Ctrl-C at the terminal is for this
// process alone; the guard follows.
func owner(folder string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return attr, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("it refuses root: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, os.Chown(folder, int(uid), int(gid))
}

func (s *server) run(t testing.TB, program string, args ...string) {
	t.Helper()
	cmd := exec.Command(filepath.Join(s.bin, program), append([]string{"-h", s.folder, "-U", "postgres"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
}
