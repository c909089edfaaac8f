package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"yangguang/calendar"
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
		if v != "" && !strings.HasPrefix(v, "postgres://") && !strings.HasPrefix(v, "postgresql://") {
			return errors.New("应以 postgres:// 开头")
		}
		return nil
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

// parse reads the arguments and the environment, flags first. All wrong
// settings are reported together, before anything is opened.
func parse(args []string, env func(string) (string, bool)) (settings, []string, error) {
	set := settings{command: "serve", now: time.Now}
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		set.command, args = args[0], args[1:]
	}
	given := map[string]*string{}
	flags := flag.NewFlagSet("yangguang", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	var wrong []string
	for _, s := range table {
		value, err := s.from(env)
		if err != nil {
			wrong = append(wrong, err.Error())
		}
		given[s.name] = s.flag(flags, value)
	}
	switch set.command {
	case "officer":
		for _, f := range officerFlags {
			flags.String(f.name, "", f.help)
		}
	case "check":
		for _, f := range checkFlags {
			flags.String(f.name, "", f.help)
		}
		flags.BoolVar(&set.json, "json", false, "")
	}
	rest, err := words(flags, args, set.command != "search")
	if errors.Is(err, flag.ErrHelp) {
		return set, nil, err
	}
	if err != nil {
		return set, nil, usage{unreadable(err)}
	}
	set.own = map[string]string{}
	flags.Visit(func(f *flag.Flag) {
		if _, common := given[f.Name]; !common {
			set.own[f.Name] = f.Value.String()
		}
	})
	for _, s := range table {
		if err := s.set(&set, *given[s.name]); err != nil {
			wrong = append(wrong, fmt.Sprintf("--%s（%s）：%v", s.name, s.env, err))
		}
	}
	if set.data == "" {
		set.data = map[bool]string{false: "data", true: "demo"}[set.demo]
	}
	if wrong = append(wrong, set.together()...); len(wrong) > 0 {
		return set, nil, usage{"有设置要改，改好再启动：\n  " + strings.Join(wrong, "\n  ")}
	}
	return set, rest, nil
}

// flag defines the setting as a flag and returns where its value stands.
func (s setting) flag(flags *flag.FlagSet, value string) *string {
	if !s.alone {
		return flags.String(s.name, value, s.help)
	}
	flags.BoolFunc(s.name, s.help, func(v string) error {
		value = v
		return nil
	})
	return &value
}

// words reads the flags and returns the rest. A flag may stand behind a word
// too, where mixed: restore FILE --data FOLDER.
func words(flags *flag.FlagSet, args []string, mixed bool) (rest []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		left := flags.Args()
		if !mixed || len(left) == 0 {
			return append(rest, left...), nil
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

// keys returns where the key file is.
func (s *settings) keys() string {
	if s.keyFile != "" {
		return s.keyFile
	}
	return filepath.Join(s.data, keyName)
}

// unreadable says what package flag says in English.
func unreadable(err error) string {
	text := err.Error()
	for english, chinese := range map[string]string{
		"flag provided but not defined: ": "没有这个设置：",
		"flag needs an argument: ":        "这个设置后面要写值：",
	} {
		if name, ok := strings.CutPrefix(text, english); ok {
			text = chinese + "-" + name
		}
	}
	return text + "。用 yangguang --help 看有哪些。"
}

// from returns what the environment says of a setting, or its default.
func (s setting) from(env func(string) (string, bool)) (string, error) {
	value, said := env(s.env)
	if s.secret {
		path, inFile := env(s.env + "_FILE")
		switch {
		case !inFile || path == "":
		case said && value != "":
			return "", fmt.Errorf("%s 和 %s_FILE 只能写一个", s.env, s.env)
		default:
			text, err := os.ReadFile(path)
			if err != nil {
				return "", fmt.Errorf("%s_FILE：“%s”读不了", s.env, path)
			}
			if value = strings.TrimSpace(string(text)); value == "" {
				return "", fmt.Errorf("%s_FILE：“%s”是空的。不用它就不要写这个变量", s.env, path)
			}
		}
	}
	if value == "" {
		value = s.value
	}
	return value, nil
}

// together says what is wrong with settings that are right one by one.
func (s *settings) together() []string {
	var wrong []string
	say := func(is bool, text string) {
		if is {
			wrong = append(wrong, text)
		}
	}
	operated := s.operator.Name != ""
	say(!operated && !loopback(s.addr), fmt.Sprintf("--addr（YANGGUANG_ADDR）：“%s”会让别的机器打开。没有写明由谁主办时，只能在本机试运行，"+
		"请用 127.0.0.1:端口；要正式开放，请写 --operator（YANGGUANG_OPERATOR）、--site-name 和 --public-url", s.addr))
	say(!operated && s.metrics != "" && !loopback(s.metrics), fmt.Sprintf("--metrics（YANGGUANG_METRICS）：“%s”会让别的机器打开。试运行请用 127.0.0.1:端口", s.metrics))
	say(!operated && (s.operator != site.Operator{} || s.address != nil || s.proxies != nil),
		"--operator（YANGGUANG_OPERATOR）：写了网站的名字、网址、备案号或代理，还要写明由谁主办")
	say(operated && s.operator.SiteName == "", "--site-name（YANGGUANG_SITE_NAME）：正式运行要写网站叫什么")
	say(operated && s.address == nil, "--public-url（YANGGUANG_PUBLIC_URL）：正式运行要写群众打开网站用的网址，例如 https://zs.example.gov.cn")
	say(operated && s.address != nil && s.address.Scheme == "https" && s.proxies == nil,
		"--proxies（YANGGUANG_PROXIES）：网址是 https 的，要写明前面管证书的代理是哪台，例如 127.0.0.1")
	say(s.demo && operated, "--demo（YANGGUANG_DEMO）：演示数据不能当正式网站。去掉 --demo，或者去掉 --operator")
	say(s.demo && s.content != "", "--demo（YANGGUANG_DEMO）：演示用它自己的内容包，不能再写 --content")
	say(operated && s.clock != "", "--now（YANGGUANG_NOW）：正式运行不能改时钟")
	say(s.database != "" && s.keyFile == "", "--key-file（YANGGUANG_KEY_FILE）：数据在 PostgreSQL 里时，要写明密钥文件放在哪里，几台机器用同一份")
	say(s.meiliKey != "" && s.meili == "", "--meili-url（YANGGUANG_MEILI_URL）：写了密钥，还要写 Meilisearch 的地址")
	say(s.telegram.token == "" && s.telegram != telegramSettings{}, "--telegram-token（YANGGUANG_TELEGRAM_TOKEN）：写了 Telegram 的别的设置，还要写令牌")
	say(!operated && s.telegram.token != "", "--operator（YANGGUANG_OPERATOR）：试运行不能接 Telegram，别人会以为有人在看。要写明由谁主办")
	say(s.metrics != "" && s.metrics == s.addr && !strings.HasSuffix(s.addr, ":0"), "--metrics 和 --addr 不能是同一个地址")
	return wrong
}

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

func help(w io.Writer) {
	fmt.Fprint(w, `阳光招生：中等职业学校招生公开网站

用法：
  yangguang [serve] [设置]        打开网站（不写命令就是它）
  yangguang publish [设置]        网站开着时，发布改过的内容包
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
	for _, f := range append(officerFlags, append(checkFlags, struct{ name, help string }{"json", "check 用：输出 JSON，给程序看。"})...) {
		fmt.Fprintf(w, "  --%-13s %-24s %s\n", f.name, "", f.help)
	}
}
