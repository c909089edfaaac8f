package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"yangguang/site"
)

// settings are what the program was told, by flags or by the environment.
type settings struct {
	command string
	addr    string
	data    string
	keyFile string
	content string
	metrics string
	note    string
	now     func() time.Time
	// clock is what set now; empty is the real time.
	clock string
	// demo: the city that does not exist is shown, on a data folder of its own.
	demo bool
	// operator is who answers for the site. Without a name it is a trial.
	operator site.Operator
	// address is the site's public address, proxies those whose word is taken
	// for where a request comes from.
	address *url.URL
	proxies []netip.Prefix
	// database is the address of a PostgreSQL; empty is the file in the data
	// folder.
	database string
	// redis is where conversations and limits are kept for several programs;
	// empty: in the database and in this program.
	redis string
	// meili is the address of a search server, meiliKey its key.
	meili, meiliKey string
	telegram        telegramSettings
	// own is what was said behind the flags that a command has of its own.
	own map[string]string
	// json: check answers a program.
	json bool
}

// telegramSettings are those of a channel that is there only with a token.
type telegramSettings struct {
	token, api, secret string
	group              int64
}

// setting is one line of the help: a flag, the variable of the same meaning,
// the default and what it is.
type setting struct {
	name, env, value, help string
	// secret: the value can also stand in a file that a variable with _FILE at
	// its end names.
	secret bool
	// alone: the flag may stand without a value, which is then true.
	alone bool
	set   func(*settings, string) error
}

var table = []setting{
	{name: "addr", env: "YANGGUANG_ADDR", value: "127.0.0.1:8080", help: "网站的地址。试运行只能用本机地址。", set: func(s *settings, v string) error {
		s.addr = v
		return listenable(v)
	}},
	{name: "data", env: "YANGGUANG_DATA", help: "数据文件夹，没有就新建。默认 data，演示用 demo。", set: func(s *settings, v string) error {
		s.data = v
		return nil
	}},
	{name: "demo", env: "YANGGUANG_DEMO", alone: true, help: "打开演示城市“示例市”：全是编的，另用一个数据文件夹，只能在本机看。", set: func(s *settings, v string) (err error) {
		if v != "" {
			if s.demo, err = strconv.ParseBool(v); err != nil {
				err = fmt.Errorf("“%s”看不懂，应写 true，或者不写", v)
			}
		}
		return err
	}},
	{name: "key-file", env: "YANGGUANG_KEY_FILE", help: "密钥文件；不设就是数据文件夹里的 installation.key，没有就新建。", set: func(s *settings, v string) error {
		s.keyFile = v
		return nil
	}},
	{name: "content", env: "YANGGUANG_CONTENT", help: "内容包文件夹；不设就用程序自带的那份。", set: func(s *settings, v string) error {
		s.content = v
		return folder(v)
	}},
	{name: "metrics", env: "YANGGUANG_METRICS", help: "运行指标的地址，例如 127.0.0.1:9090；不设就不开。", set: func(s *settings, v string) error {
		s.metrics = v
		if v == "" {
			return nil
		}
		return listenable(v)
	}},
	{name: "note", env: "YANGGUANG_NOTE", help: "publish 用：这一版改了什么，写给读者看。", set: func(s *settings, v string) error {
		s.note = v
		return nil
	}},
	{name: "now", env: "YANGGUANG_NOW", help: "试运行时把时钟定在这一刻，例如 2022-09-01 或 2022-09-01T09:00:00+08:00。", set: func(s *settings, v string) error {
		return s.setClock(v)
	}},
	{name: "operator", env: "YANGGUANG_OPERATOR", help: "正式运行：由谁主办，写单位全名，例如 某某市教育局。不写就是试运行。", set: func(s *settings, v string) error {
		s.operator.Name = v
		return nil
	}},
	{name: "site-name", env: "YANGGUANG_SITE_NAME", help: "正式运行：网站叫什么，例如 某某市阳光招生。", set: func(s *settings, v string) error {
		s.operator.SiteName = v
		return nil
	}},
	{name: "public-url", env: "YANGGUANG_PUBLIC_URL", help: "正式运行：群众打开网站用的网址，例如 https://zs.example.gov.cn 。", set: func(s *settings, v string) (err error) {
		s.address, err = webAddress(v)
		return err
	}},
	{name: "site-id", env: "YANGGUANG_SITE_ID", help: "政府网站标识码，10 位数字；没有就不写。", set: func(s *settings, v string) error {
		s.operator.SiteID = v
		if v != "" && !siteID.MatchString(v) {
			return fmt.Errorf("“%s”不是政府网站标识码，应是 10 位数字", v)
		}
		return nil
	}},
	{name: "icp", env: "YANGGUANG_ICP", help: "备案号，写在每一页下面；没有就不写。", set: func(s *settings, v string) error {
		s.operator.Filing = v
		return nil
	}},
	{name: "proxies", env: "YANGGUANG_PROXIES", help: "网站前面的代理服务器，例如 127.0.0.1 或 10.0.0.0/8；几个用逗号隔开。", set: func(s *settings, v string) (err error) {
		s.proxies, err = networks(v)
		return err
	}},
	{name: "database-url", env: "YANGGUANG_DATABASE_URL", secret: true, help: "PostgreSQL 的地址 postgres://…；不设就用数据文件夹里的数据库。", set: func(s *settings, v string) error {
		s.database = v
		return databaseAddress(v)
	}},
	{name: "redis-url", env: "YANGGUANG_REDIS_URL", secret: true, help: "Redis 的地址 redis://…，开几台程序时用来放没写完的投诉和访问计数；不设就放在数据库里。", set: func(s *settings, v string) error {
		s.redis = v
		return nil
	}},
	{name: "meili-url", env: "YANGGUANG_MEILI_URL", help: "Meilisearch 的地址 http://…；不设就用程序自带的搜索。", set: func(s *settings, v string) (err error) {
		s.meili = strings.TrimSuffix(v, "/")
		_, err = webAddress(v)
		return err
	}},
	{name: "meili-key", env: "YANGGUANG_MEILI_KEY", secret: true, help: "Meilisearch 的主密钥，只用来领两把小钥匙。", set: func(s *settings, v string) error {
		s.meiliKey = v
		return nil
	}},
	{name: "telegram-token", env: "YANGGUANG_TELEGRAM_TOKEN", secret: true, help: "Telegram 机器人的令牌；不设就不开。服务器在境外，国内打不开。", set: func(s *settings, v string) error {
		s.telegram.token = v
		return nil
	}},
	{name: "telegram-api", env: "YANGGUANG_TELEGRAM_API", help: "另一台 Bot API 服务器的地址；不设就用 Telegram 自己的。", set: func(s *settings, v string) error {
		s.telegram.api = strings.TrimSuffix(v, "/")
		u, err := webAddress(v)
		if err == nil && u != nil && u.Scheme != "https" && !loopback(net.JoinHostPort(u.Hostname(), "80")) {
			err = errors.New("要用 https：令牌写在地址里，不能明着传。本机的可以用 http")
		}
		return err
	}},
	{name: "telegram-secret", env: "YANGGUANG_TELEGRAM_SECRET", secret: true, help: "设了就由 Telegram 把消息送到网站（webhook），这是它要带的暗号；不设就由程序去取。", set: func(s *settings, v string) error {
		s.telegram.secret = v
		return nil
	}},
	{name: "telegram-group", env: "YANGGUANG_TELEGRAM_GROUP", help: "办件人员的群的编号，有新件时提醒一声，不带内容；不设就不提醒。", set: func(s *settings, v string) (err error) {
		if v != "" {
			if s.telegram.group, err = strconv.ParseInt(v, 10, 64); err != nil {
				return fmt.Errorf("“%s”不是群的编号，应像 -1001234567890", v)
			}
		}
		return nil
	}},
}

// keys returns where the key file is.
func (s *settings) keys() string {
	if s.keyFile != "" {
		return s.keyFile
	}
	return filepath.Join(s.data, keyName)
}

func help(w io.Writer) {
	fmt.Fprint(w, `阳光招生：中等职业学校招生公开网站

用法：
  yangguang [serve] [设置]        打开网站（不写命令就是它）
  yangguang publish [设置]        网站开着时，发布改过的内容包
  yangguang publish 文件…         公布表格：先看改了什么，两个人都写上才发布
  yangguang withdraw 编号…        撤回公布过的一条，页面留着；takedown 依法下架，只留一句话
  yangguang check 文件… [设置]    检查要公布的表格：0 没有问题，1 要写明原因，2 要改
  yangguang search [设置] 文字    像搜索页一样回答，输出 JSON
  yangguang reindex [设置]        把 Meilisearch 里的搜索重建一遍，网站照常开着
  yangguang officer …             办件人员：add 加、list 看、change 改、reset 重置、disable 停用
  yangguang key rotate [设置]     网站开着时，换一把新的安装钥匙；断了用 key rewrap 接着换
  yangguang ready [设置]          问一声开着的网站，能用就不出声
  yangguang backup 文件 [设置]    网站开着时也能备份，存成一个新文件
  yangguang restore 文件 --data 空文件夹   从备份恢复

设置（命令行写了就用命令行的，没写就用环境变量的；口令和令牌也可以放在文件里，用名字后面加 _FILE 的变量指明）：
`)
	for _, s := range table {
		fmt.Fprintf(w, "  --%-13s %-24s %s", s.name, s.env, s.help)
		if s.value != "" {
			fmt.Fprintf(w, "默认 %s。", s.value)
		}
		fmt.Fprintln(w)
	}
	for _, f := range slices.Concat(officerFlags, fileFlags, templateFlags, []ownFlag{{"json", "check 用：输出 JSON，给程序看。"}}, actFlags, sheetFlags) {
		fmt.Fprintf(w, "  --%-13s %-24s %s\n", f.name, "", f.help)
	}
}
