package realtest

import (
	"bytes"
	"net"
	"net/http"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// Meili is a Meilisearch of the test's own, on a free port, in a folder of its
// own. Its signals are what a server may meet: killed, paused, started again
// with what it had or with nothing.
type Meili struct {
	URL, Key string

	program string
	cmd     *exec.Cmd
	said    *bytes.Buffer
}

// StartMeilisearch starts a server, which ends with the test.
func StartMeilisearch(t testing.TB) *Meili {
	t.Helper()
	m := &Meili{program: Meilisearch(t), Key: "a-master-key-of-a-test"}
	m.URL = "http://" + freeAddress(t)
	m.Start(t, t.TempDir())
	t.Cleanup(m.Kill)
	return m
}

// freeAddress returns an address of this machine that nobody listens on.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Start starts the server on the folder and returns when it answers.
func (m *Meili) Start(t testing.TB, folder string) {
	t.Helper()
	m.said = &bytes.Buffer{}
	m.cmd = exec.Command(m.program, "--no-analytics", "--db-path", folder+"/data.ms", "--dump-dir", folder+"/dumps",
		"--snapshot-dir", folder+"/snapshots", "--http-addr", m.URL[len("http://"):], "--master-key", m.Key, "--log-level", "WARN")
	m.cmd.Dir = folder
	m.cmd.Stdout, m.cmd.Stderr = m.said, m.said
	m.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := m.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if answer, err := http.Get(m.URL + "/health"); err == nil {
			answer.Body.Close()
			return
		}
	}
	m.Kill()
	t.Fatalf("Meilisearch is installed and does not start: %s", m.said)
}

// Kill kills the server, as kill -9 does. It may be started again.
func (m *Meili) Kill() {
	if m.cmd.ProcessState == nil {
		m.cmd.Process.Kill()
		m.cmd.Wait()
	}
}

// Pause stops the server as it stands; its port stays open. Resume lets it go on.
func (m *Meili) Pause(t testing.TB) { m.signal(t, syscall.SIGSTOP) }

// Resume ends a Pause.
func (m *Meili) Resume(t testing.TB) { m.signal(t, syscall.SIGCONT) }

func (m *Meili) signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := m.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}
