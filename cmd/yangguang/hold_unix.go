//go:build linux || darwin

package main

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes an advisory lock that ends with the process, and reports
// whether another has it. A disk that knows no locks has none.
func lockFile(f *os.File) (taken bool) {
	return errors.Is(syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}
