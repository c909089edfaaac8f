package main

import (
	"fmt"
	"io"
	"net"

	"yangguang/content"
	"yangguang/site"
	"yangguang/site/page"
	"yangguang/store"
)

// operated reports whether somebody answers for the site; otherwise it is a
// trial.
func (s *settings) operated() bool { return s.operator.Name != "" }

func (s *settings) identity() func(*content.Snapshot) page.Identity {
	if s.operated() {
		return site.Operated(s.operator, s.address)
	}
	return site.Trial
}

// base is how the addresses of the site begin.
func (s *settings) base() string {
	if s.operated() {
		return s.address.String()
	}
	return "http://" + s.addr
}

// store says where the database is.
func (s *settings) store() store.Config { return store.Config{Folder: s.data, URL: s.database} }

// tell says that the site is open, and where what it keeps lies.
func (s *settings) tell(w io.Writer, at net.Addr) {
	where := " " + s.data + " 文件夹"
	if s.database != "" {
		where = " PostgreSQL 里"
	}
	if s.operated() {
		fmt.Fprintf(w, "%s（%s主办）已打开：%s，本机地址 http://%s\n", s.operator.SiteName, s.operator.Name, s.address, at)
		if s.address.Scheme != "https" {
			fmt.Fprintln(w, "网址不是 https 的，办件台只能在装本站的机器上打开。")
		}
	} else {
		name := "本机试运行"
		if s.demo {
			name = "演示"
		}
		fmt.Fprintf(w, "阳光招生（%s）已打开：http://%s\n", name, at)
	}
	fmt.Fprintf(w, "数据在%s。按 Ctrl-C 停止。\n", where)
}
