//go:build linux

package main

import (
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/realtest"
)

// Each thing that can be wrong with a database server has a sentence of its own
// that says what to do, and none of them repeats the password.
func TestWhatIsWrongWithTheDatabaseIsSaid(t *testing.T) {
	const secret = "geheim-4711"
	s := realtest.OwnPostgres(t, "")
	site := s.Owner("site", secret)
	other := strings.Replace(s.Owner("other", secret), "/other?", "/site?", 1)
	for _, c := range []struct{ name, address, says string }{
		{"another password", strings.Replace(site, secret, secret+"x", 1), "不认这个用户或者口令"},
		{"no such user", strings.Replace(site, "//site:", "//nobody:", 1), "不认这个用户或者口令"},
		{"no such database", strings.Replace(site, "/site?", "/nothing?", 1), "没有这个库"},
		{"no right to write", other, "PostgreSQL 不让写"},
		{"read only", site + "&default_transaction_read_only=on", "PostgreSQL 不让写"},
		{"nothing listens", "postgres://site:" + secret + "@127.0.0.1:1/site", "没有开，或者端口不对"},
		{"no socket", "postgres://site:" + secret + "@/site?host=/no/such/folder", "没有开，或者端口不对"},
		{"no such machine", "postgres://site:" + secret + "@no-such-machine.invalid/site", "找不到 PostgreSQL 那台机器"},
		{"without TLS", "postgres://site:" + secret + "@" + answering(t, "N") + "/site?sslmode=require", "加密连接谈不拢"},
		{"no server of TLS", "postgres://site:" + secret + "@" + answering(t, "Sorry, I speak something else") + "/site?sslmode=require", "加密连接谈不拢"},
		{"no answer", "postgres://site:" + secret + "@" + answering(t, "") + "/site?connect_timeout=1", "一直不回答"},
	} {
		code, _, said := once("serve", "--addr", "127.0.0.1:0", "--data", t.TempDir(), "--key-file", filepath.Join(t.TempDir(), "k"), "--database-url", c.address)
		if code != 1 || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d, says %s, want %s", c.name, code, said, c.says)
		}
		if strings.Contains(said, secret) {
			t.Errorf("%s: it repeats the password: %s", c.name, said)
		}
	}
	start(t, "--database-url", site, "--key-file", filepath.Join(t.TempDir(), "k"))
}

// answering is the address of a server that says one thing to everybody who has
// said something, and nothing where that is empty.
func answering(t *testing.T, says string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if _, err := conn.Read(make([]byte, 100)); err == nil && says != "" {
					io.WriteString(conn, says)
					return
				}
				io.Copy(io.Discard, conn)
			}()
		}
	}()
	return l.Addr().String()
}

// What is no address is said before anything is opened, in a line that does not
// hold it.
func TestDatabaseAddresses(t *testing.T) {
	for address, right := range map[string]bool{
		"postgres://u:p@127.0.0.1:5432/x":                                               true,
		"postgresql://u:p@[::1]/x?sslmode=disable":                                      true,
		"postgres://u:geheim@127.0.0.1:99999/x":                                         false,
		"postgres://u:geheim@127.0.0.1:port/x":                                          false,
		"postgres://u:geheim/x#y@127.0.0.1/x":                                           false,
		"postgres://u:geheim@127.0.0.1/x?sslmode=perhaps":                               false,
		"postgres://u:geheim@127.0.0.1/x?sslrootcert=/no/such/file&sslmode=verify-full": false,
	} {
		_, _, err := parse([]string{"--key-file", "k", "--database-url", address}, none)
		if (err == nil) != right {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && (strings.Contains(err.Error(), "geheim") || strings.Count(err.Error(), "\n") != 1 || !strings.Contains(err.Error(), "--database-url（")) {
			t.Errorf("%s: says %s", address, err)
		}
	}
}
