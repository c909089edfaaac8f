package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"yangguang/calendar"
	"yangguang/store"
)

// What a setting is written as.

var siteID = regexp.MustCompile(`^[0-9]{10}$`)

// webAddress reads the address of a site or a server: host and port alone.
func webAddress(v string) (*url.URL, error) {
	if v == "" {
		return nil, nil
	}
	u, err := url.Parse(strings.TrimSuffix(v, "/"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || *u != (url.URL{Scheme: u.Scheme, Host: u.Host}) {
		if strings.Contains(v, "@") { // what stands before it may be a password
			v = "…" + v[strings.LastIndex(v, "@"):]
		}
		return nil, fmt.Errorf("“%s”不是网址，应像 https://zs.example.gov.cn，前面不带用户名和口令，后面不带路径", v)
	}
	return u, nil
}

// networks reads addresses and networks with commas between them.
func networks(v string) (out []netip.Prefix, err error) {
	for word := range strings.FieldsFuncSeq(v, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := netip.ParsePrefix(word)
		if one, oneErr := netip.ParseAddr(word); oneErr == nil {
			n, err = netip.PrefixFrom(one, one.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("“%s”不是地址，应像 127.0.0.1 或 10.0.0.0/8", word)
		}
		out = append(out, n.Masked())
	}
	return out, nil
}

// listenable: it has a host and a port.
func listenable(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if _, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil {
		return fmt.Errorf("“%s”不是地址，应像 127.0.0.1:8080", addr)
	}
	return nil
}

// loopback reports whether only this machine can open the address: a trial
// shows a copy of a public document and must not pass for the bureau's site.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err != nil || host == "localhost" || ip != nil && ip.IsLoopback() // what is no address is said elsewhere
}

func folder(path string) error {
	if path == "" {
		return nil
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return fmt.Errorf("没有“%s”这个文件夹", path)
	}
	return nil
}

func (s *settings) setClock(v string) error {
	s.clock = v
	if v == "" {
		return nil
	}
	start, err := time.Parse(time.RFC3339, v)
	if d, dayErr := calendar.ParseDate(v); dayErr == nil {
		start, err = d.Time(), nil
	}
	if err != nil {
		return fmt.Errorf("“%s”不是时间，应像 2022-09-01 或 2022-09-01T09:00:00+08:00", v)
	}
	began := time.Now()
	s.now = func() time.Time { return start.Add(time.Since(began)) }
	return nil
}

// databaseAddress: it is that of a PostgreSQL. What is wrong with it is said
// without it, for it may hold a password.
func databaseAddress(v string) error {
	if v == "" {
		return nil
	}
	if !strings.HasPrefix(v, "postgres://") && !strings.HasPrefix(v, "postgresql://") {
		return errors.New("应以 postgres:// 开头，像 postgres://用户:口令@127.0.0.1:5432/库名")
	}
	switch err := store.CheckAddress(v); {
	case errors.Is(err, store.ErrCertificate):
		return fmt.Errorf("里面写的证书文件或者 sslmode 不对（%w）", err)
	case err != nil:
		return errors.New("看不懂，应像 postgres://用户:口令@127.0.0.1:5432/库名 。端口是 1 到 65535 的数；口令里的 @ 写成 %40，: 写成 %3A，/ 写成 %2F，# 写成 %23，% 写成 %25")
	}
	return nil
}
