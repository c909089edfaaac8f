//go:build linux

package realtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// PostgresServer is a PostgreSQL of one test, which can meet what a server may
// meet. It keeps over a kill what it had acknowledged.
type PostgresServer struct {
	t testing.TB
	*server
	disk bool // mounted over the folder
}

// OwnPostgres starts a PostgreSQL for the test alone, on a disk of that size
// (“200m”; root only), or on the machine's where size is empty.
func OwnPostgres(t testing.TB, size string) *PostgresServer {
	t.Helper()
	s := &PostgresServer{t: t, server: &server{}, disk: size != ""}
	bin := filepath.Dir(postgres.find(t))
	var err error
	if s.folder, err = shortFolder("postgres"); err != nil {
		t.Fatal(err)
	}
	if s.disk {
		if err := syscall.Mount("tmpfs", s.folder, "tmpfs", 0, "size="+size); err != nil {
			t.Skipf("a small disk can only be made by root: %v", err)
		}
	}
	if err := s.start(bin); err != nil {
		t.Fatalf("PostgreSQL is installed and does not start: %v", err)
	}
	t.Cleanup(s.end)
	return s
}

// URL is the address of its one database.
func (s *PostgresServer) URL() string { return s.address("postgres") }

// Owner makes a user with that password, and a database of the same name that
// is the user's, and returns its address. From then on everybody but the
// superuser needs a password.
func (s *PostgresServer) Owner(name, password string) string {
	s.t.Helper()
	s.run(s.t, "psql", "-X", "-q", "-c", fmt.Sprintf("create role %s login password '%s'", name, password))
	s.run(s.t, "createdb", "-O", name, name)
	hba := filepath.Join(s.folder, "data", "pg_hba.conf")
	if err := os.WriteFile(hba, []byte("local all postgres trust\nlocal all all scram-sha-256\n"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.run(s.t, "psql", "-X", "-q", "-o", os.DevNull, "-c", "select pg_reload_conf()")
	return fmt.Sprintf("postgres://%s:%s@/%s?host=%s", name, password, name, s.folder)
}

// Password gives a user another password and ends the user's connections.
func (s *PostgresServer) Password(name, password string) {
	s.t.Helper()
	s.run(s.t, "psql", "-X", "-q", "-o", os.DevNull, "-c", fmt.Sprintf("alter role %s password '%s'", name, password),
		"-c", fmt.Sprintf("select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'", name))
}

// Folder is where its files are.
func (s *PostgresServer) Folder() string { return s.folder }

func (s *PostgresServer) end() {
	s.signal(syscall.SIGCONT) // what is paused cannot be stopped
	s.alive.Close()
	s.says.ReadString('\n') // the guard is gone
	if s.disk {
		if err := syscall.Unmount(s.folder, syscall.MNT_DETACH); err != nil {
			s.t.Error(err)
		}
		os.Remove(s.folder)
	}
}

// Kill ends the server and all that work for it at once.
func (s *PostgresServer) Kill() {
	s.t.Helper()
	s.signal(syscall.SIGKILL)
	// Where nobody waits for orphans the dead server still has its number, and a
	// new one would take it for alive.
	for _, name := range []string{"data/postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"} {
		if err := os.Remove(filepath.Join(s.folder, name)); err != nil && !os.IsNotExist(err) {
			s.t.Fatal(err)
		}
	}
}

// Pause stops all its processes as they stand; Resume lets them go on.
func (s *PostgresServer) Pause() { s.t.Helper(); s.signal(syscall.SIGSTOP) }

// Resume ends a Pause.
func (s *PostgresServer) Resume() { s.t.Helper(); s.signal(syscall.SIGCONT) }

// Start starts it again after a Kill.
func (s *PostgresServer) Start() {
	s.t.Helper()
	cmd := exec.Command(filepath.Join(s.bin, "pg_ctl"), "-D", "data", "-w", "-t", "60", "-l", "server.log", "start")
	cmd.Dir = s.folder
	var err error
	if cmd.SysProcAttr, err = owner(s.folder); err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Run(); err != nil { // its output would hold the pipe open for good
		log, _ := os.ReadFile(filepath.Join(s.folder, "server.log"))
		s.t.Fatalf("PostgreSQL does not start again: %v\n%s", err, log)
	}
}

// signal goes to the server and its children, the server first, so that it
// makes no new ones.
func (s *PostgresServer) signal(which syscall.Signal) {
	s.t.Helper()
	written, err := os.ReadFile(filepath.Join(s.folder, "data", "postmaster.pid"))
	if err != nil {
		return // it does not run
	}
	first, _, _ := strings.Cut(string(written), "\n")
	postmaster, err := strconv.Atoi(first)
	if err != nil {
		s.t.Fatal(err)
	}
	children := childrenOf(postmaster)
	for _, pid := range append([]int{postmaster}, children...) {
		if err := syscall.Kill(pid, which); err != nil && err != syscall.ESRCH {
			s.t.Fatal(err)
		}
	}
}

// childrenOf returns the processes whose parent this is.
func childrenOf(parent int) (all []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		b, err := os.ReadFile(path)
		if err != nil {
			continue // it ended
		}
		// 12 (name) S 1 …: the name may hold anything.
		fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
		if len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			all = append(all, pid)
		}
	}
	return all
}

func (s *server) address(database string) string {
	return fmt.Sprintf("postgres://postgres@/%s?host=%s", database, s.folder)
}
