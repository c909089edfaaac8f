package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"
)

// server is a program that was started to be measured. It and whatever it
// starts end with this process.
type server struct {
	addr  string
	began time.Time
	cmd   *exec.Cmd
	said  bytes.Buffer
	ended func() // what is left to do when it has ended
}

// launch starts a program that will answer on addr.
func launch(ctx context.Context, addr, program string, args ...string) (*server, error) {
	s := &server{addr: addr, cmd: exec.CommandContext(ctx, program, args...)}
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	s.cmd.WaitDelay = 10 * time.Second
	s.cmd.Stdout, s.cmd.Stderr = &s.said, &s.said
	s.began = time.Now()
	return s, s.cmd.Start()
}

// ready waits until a GET of the path is answered with 200 and a body that
// fits, and returns how long after the start that was.
func (s *server) ready(path string, fits func(body []byte) bool) (time.Duration, error) {
	client := fasthttp.HostClient{Addr: s.addr, MaxIdemponentCallAttempts: 1}
	for time.Since(s.began) < 30*time.Second {
		status, body, err := client.GetTimeout(nil, "http://"+s.addr+path, 5*time.Second)
		if err == nil && status == fasthttp.StatusOK && fits(body) {
			return time.Since(s.began), nil
		}
		// Sleeping in the kernel: a timer of an idle Go program is late by up
		// to a millisecond.
		pause := syscall.NsecToTimespec(100_000)
		_ = syscall.Nanosleep(&pause, nil)
	}
	return 0, fmt.Errorf("%s does not answer %s: %s", filepath.Base(s.cmd.Path), path, s.said.String())
}

func anyBody([]byte) bool { return true }

// stop ends the program and waits for it. How it ends is not measured.
func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
	if s.ended != nil {
		s.ended()
	}
}

// tick is the unit of processor time in /proc.
const tick = 10 * time.Millisecond

// cpu returns the processor time, user and system, that the program and its
// children have taken.
func (s *server) cpu() (time.Duration, error) {
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, err
	}
	sum, pid := 0, strconv.Itoa(s.cmd.Process.Pid)
	for _, file := range all {
		b, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		// Fields after the name, which may hold anything: state, parent, …
		_, rest, _ := strings.Cut(string(b), ") ")
		f := strings.Fields(rest)
		if filepath.Base(filepath.Dir(file)) != pid && f[1] != pid {
			continue
		}
		user, _ := strconv.Atoi(f[11])
		system, _ := strconv.Atoi(f[12])
		sum += user + system
	}
	return time.Duration(sum) * tick, nil
}

// memory returns a line of the program's /proc status in MiB: VmRSS is what it
// holds, VmHWM the most it held.
func (s *server) memory(line string) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, ok := strings.Cut(string(b), line+":")
	if !ok {
		return 0, fmt.Errorf("no %s in /proc status", line)
	}
	kib, err := strconv.Atoi(strings.Fields(rest)[0])
	return float64(kib) / 1024, err
}

// freeAddr returns an address of the loopback that nobody listens on.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// yangguang starts the program on a data folder.
func (b *bench) yangguang(ctx context.Context, data string) (*server, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	return launch(ctx, addr, b.program, "--addr", addr, "--data", data)
}
