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
	"sync/atomic"
	"syscall"
	"testing"
)

// Postgres returns the address of a new, empty database, dropped when the test
// ends. The server is started by the first test of the process that asks.
func Postgres(t testing.TB) string {
	t.Helper()
	bin := filepath.Dir(postgres.find(t))
	s := &running
	s.once.Do(func() { s.err = s.start(bin) })
	if s.err != nil {
		t.Fatalf("PostgreSQL is installed and does not start: %v", s.err)
	}
	name := "t" + strconv.FormatInt(databases.Add(1), 10)
	s.run(t, filepath.Join(bin, "createdb"), name)
	t.Cleanup(func() { s.run(t, filepath.Join(bin, "dropdb"), "--force", name) })
	return fmt.Sprintf("postgres://postgres@/%s?host=%s", name, s.folder)
}

var databases atomic.Int64

// server is a PostgreSQL of this process, on a socket in its own folder and on
// no port.
type server struct {
	once   sync.Once
	folder string
	err    error
	// alive is held open; the server stops when it closes.
	alive io.Closer
}

var running server

// postgres.sh outlives this process by a moment: it stops the server and
// removes its folder as soon as the pipe to it closes, which happens however
// this process ends.
//
//go:embed postgres.sh
var guard string

func (s *server) start(bin string) error {
	var err error
	// Not the test's own folder: a socket's path may have 107 bytes.
	if s.folder, err = os.MkdirTemp("/tmp", "yangguang-postgres-"); err != nil {
		return err
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
	r := bufio.NewReader(says)
	if first, _ := r.ReadString('\n'); first != "ready\n" {
		rest, _ := io.ReadAll(r)
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
	cmd := exec.Command(program, append([]string{"-h", s.folder, "-U", "postgres"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(program), err, out)
	}
}
