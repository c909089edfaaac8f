package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
)

// postgres starts a PostgreSQL on a socket in a folder of its own and returns
// its address. Settings are added to those of a server that is soon thrown away.
func (b *bench) postgres(ctx context.Context, settings ...string) (*server, string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		return nil, "", errNotFound{"PostgreSQL"}
	}
	bin := found[len(found)-1]
	dir, err := os.MkdirTemp("/tmp", "bench-postgres-") // a socket's path may have 107 bytes
	if err != nil {
		return nil, "", err
	}
	as, err := asPostgres(dir)
	if err != nil {
		return nil, "", err
	}
	data := filepath.Join(dir, "data")
	initdb := append(as, filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	if says, err := exec.CommandContext(ctx, initdb[0], initdb[1:]...).CombinedOutput(); err != nil {
		return nil, "", fmt.Errorf("initdb: %w: %s", err, says)
	}
	run := append(as, filepath.Join(bin, "postgres"), "-D", data, "-k", dir,
		"-c", "listen_addresses=", "-c", "shared_buffers=1GB", "-c", "max_wal_size=4GB", "-c", "fsync=off")
	for _, setting := range settings {
		run = append(run, "-c", setting)
	}
	s, err := launch(ctx, "", run[0], run[1:]...)
	if err != nil {
		return nil, "", err
	}
	s.ended = func() { os.RemoveAll(dir) }
	address := "postgres://postgres@/postgres?host=" + dir
	return s, address, answers(ctx, s, address)
}

// asPostgres is how to run a program that refuses root.
func asPostgres(dir string) ([]string, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return []string{"setpriv", "--reuid", u.Uid, "--regid", u.Gid, "--clear-groups", "--pdeathsig", "TERM"}, os.Chown(dir, uid, gid)
}

// answers waits until the server does.
func answers(ctx context.Context, s *server, address string) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer db.Close()
	for time.Since(s.began) < 30*time.Second {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.stop()
	return fmt.Errorf("PostgreSQL: %w: %s", err, s.said.String())
}
