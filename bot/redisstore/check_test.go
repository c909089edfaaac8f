package redisstore_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/bot/redisstore"
	"yangguang/realtest"
)

func TestAddresses(t *testing.T) {
	for _, address := range []string{
		"", "localhost", "http://localhost:6379", "redis://:secret@host:port", "redis://:sec%ret@host", "unix://", "redis://h/x",
	} {
		_, err := redisstore.Open(redisstore.Config{Address: address, Prefix: redisstore.Site, MAC: mac})
		if !errors.Is(err, redisstore.ErrAddress) || strings.Contains(fmt.Sprint(err), "sec") {
			t.Errorf("%q: %v, want ErrAddress without the password", address, err)
		}
	}
}

// Who runs a Redis that loses what it is given is told so, in words.
func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings []string
		want     string // begins the only warning; empty: there is none
	}{
		{"as it should be", nil, ""},
		{"as it should be, at every write", []string{"--appendfsync", "always"}, ""},
		{"no append-only file", []string{"--appendonly", "no"}, "Redis 没有开 AOF"},
		{"a file that is not synced", []string{"--appendfsync", "no"}, "Redis 自己不把数据写到盘上"},
		{"one that evicts", []string{"--maxmemory-policy", "allkeys-lru"}, "Redis 内存满了会自己删东西"},
		{"one that says nothing of itself", []string{"--rename-command", "CONFIG", ""}, "看不到 Redis 的设置"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := realtest.Redis(t, c.settings...)
			store := open(t, "unix://"+server.Socket())
			got, err := store.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], c.want)) {
				t.Errorf("warnings %q, want %q", got, c.want)
			}
			if n, err := raw(t, server).Exists(t.Context(), redisstore.Site+"dropped").Result(); n > 0 || err != nil {
				t.Errorf("the check has Redis write its file anew, %v", err)
			}
			if gone, err := store.Sessions().Expired(t.Context(), time.Now().Add(time.Hour), 10); len(gone) > 0 || err != nil {
				t.Errorf("the check left %v, %v", gone, err)
			}
		})
	}
}

// least is what a user of Redis must be allowed, as the package comment has it.
var least = []string{
	"~" + redisstore.Site + "*", "-@all", "+hello", "+ping", "+select", "+eval", "+evalsha", "+hget", "+hmget", "+hset", "+get", "+set",
	"+del", "+exists", "+pexpire", "+time", "+zadd", "+zrem", "+zcard", "+zscore", "+zrangebyscore", "+zremrangebyscore",
	"+info", "+config|get", "+bgrewriteaof",
}

func TestWhoMayUseRedis(t *testing.T) {
	server := realtest.Redis(t, slices.Concat(
		[]string{"--requirepass", "first"},
		[]string{"--user", "site", "on", ">second"}, least,
		[]string{"--user", "guest", "on", ">third", "~*", "+@read", "+@connection"},
	)...)
	at := server.Socket()
	for _, c := range []struct {
		name, address string
		want          error
	}{
		{"the password", "unix://:first@" + at, nil},
		{"a user with what is needed and no more", "unix://site:second@" + at, nil},
		{"no password", "unix://" + at, redisstore.ErrDenied},
		{"a wrong password", "unix://:wrong@" + at, redisstore.ErrDenied},
		{"the wrong user", "unix://nobody:second@" + at, redisstore.ErrDenied},
		{"a user who may only read", "unix://guest:third@" + at, redisstore.ErrDenied},
	} {
		store := open(t, c.address)
		warnings, err := store.Check(t.Context())
		if !errors.Is(err, c.want) || len(warnings) > 0 {
			t.Errorf("%s: %v, %q; want %v", c.name, err, warnings, c.want)
		}
		if err := store.Sessions().Commit(t.Context(), c.name, step(1)); !errors.Is(err, c.want) {
			t.Errorf("%s: commit %v, want %v", c.name, err, c.want)
		}
		for _, secret := range []string{"first", "second", "third", "wrong"} {
			if strings.Contains(fmt.Sprint(err), secret) {
				t.Errorf("%s: the error says the password: %v", c.name, err)
			}
		}
	}
}

func TestNobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	for _, address := range []string{"redis://" + l.Addr().String(), "unix://" + t.TempDir() + "/nothing"} {
		if _, err := open(t, address).Check(t.Context()); !errors.Is(err, redisstore.ErrUnreachable) {
			t.Errorf("%s: %v, want ErrUnreachable", address, err)
		}
	}
}

// certificate writes a certificate of 127.0.0.1 with its key.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, kind string, b []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("cert", "CERTIFICATE", der), write("key", "EC PRIVATE KEY", secret)
}

// The system's roots are read once in a process, so both cases are here.
func TestEncrypted(t *testing.T) {
	cert, key := certificate(t)
	_, other := certificate(t)
	otherCert := filepath.Join(filepath.Dir(other), "cert")
	t.Setenv("SSL_CERT_FILE", cert)
	for _, c := range []struct {
		name, cert, key string
		want            error
	}{
		{"known", cert, key, nil},
		{"unknown", otherCert, other, redisstore.ErrUnreachable},
	} {
		port := freePort(t)
		realtest.Redis(t, "--tls-port", port, "--tls-cert-file", c.cert, "--tls-key-file", c.key, "--tls-auth-clients", "no", "--requirepass", "first")
		if _, err := open(t, "rediss://:first@127.0.0.1:"+port).Check(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if _, err := open(t, "redis://:first@127.0.0.1:"+port).Check(t.Context()); !errors.Is(err, redisstore.ErrUnreachable) {
			t.Errorf("%s, in plain: %v, want ErrUnreachable", c.name, err)
		}
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}
