package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"yangguang/calendar"
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
	// officer is what was said of an officer, by flag.
	officer map[string]string
}

// setting is one line of the help: a flag, the variable of the same meaning,
// the default and what it is.
type setting struct {
	name, env, value, help string
	set                    func(*settings, string) error
}

var table = []setting{
	{"addr", "YANGGUANG_ADDR", "127.0.0.1:8080", "网站的地址。试运行只能用本机地址。", func(s *settings, v string) error {
		s.addr = v
		return loopback(v)
	}},
	{"data", "YANGGUANG_DATA", "data", "数据文件夹，没有就新建。", func(s *settings, v string) error {
		s.data = v
		return nil
	}},
	{"key-file", "YANGGUANG_KEY_FILE", "", "密钥文件；不设就是数据文件夹里的 installation.key，没有就新建。", func(s *settings, v string) error {
		s.keyFile = v
		return nil
	}},
	{"content", "YANGGUANG_CONTENT", "", "内容包文件夹；不设就用程序自带的那份。", func(s *settings, v string) error {
		s.content = v
		return folder(v)
	}},
	{"metrics", "YANGGUANG_METRICS", "", "运行指标的地址，例如 127.0.0.1:9090；不设就不开。", func(s *settings, v string) error {
		s.metrics = v
		if v == "" {
			return nil
		}
		return loopback(v)
	}},
	{"note", "YANGGUANG_NOTE", "", "publish 用：这一版改了什么，写给读者看。", func(s *settings, v string) error {
		s.note = v
		return nil
	}},
	{"now", "YANGGUANG_NOW", "", "试运行时把时钟定在这一刻，例如 2022-09-01 或 2022-09-01T09:00:00+08:00。", func(s *settings, v string) error {
		return s.setClock(v)
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
	for _, s := range table {
		value := s.value
		if v, ok := env(s.env); ok && v != "" {
			value = v
		}
		given[s.name] = flags.String(s.name, value, s.help)
	}
	if set.command == "officer" {
		for _, f := range officerFlags {
			flags.String(f.name, "", f.help)
		}
	}
	rest, err := words(flags, args, set.command != "search")
	if errors.Is(err, flag.ErrHelp) {
		return set, nil, err
	}
	if err != nil {
		return set, nil, usage{unreadable(err)}
	}
	set.officer = map[string]string{}
	flags.Visit(func(f *flag.Flag) {
		if _, common := given[f.Name]; !common {
			set.officer[f.Name] = f.Value.String()
		}
	})
	var wrong []string
	for _, s := range table {
		if err := s.set(&set, *given[s.name]); err != nil {
			wrong = append(wrong, fmt.Sprintf("--%s（%s）：%v", s.name, s.env, err))
		}
	}
	if set.metrics != "" && set.metrics == set.addr && !strings.HasSuffix(set.addr, ":0") {
		wrong = append(wrong, "--metrics 和 --addr 不能是同一个地址")
	}
	if len(wrong) > 0 {
		return set, nil, usage{"有设置要改，改好再启动：\n  " + strings.Join(wrong, "\n  ")}
	}
	return set, rest, nil
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

// loopback lets only this machine's own addresses through: a trial shows a
// copy of a public document and must not pass for the bureau's site.
func loopback(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if _, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil {
		return fmt.Errorf("“%s”不是地址，应像 127.0.0.1:8080", addr)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("“%s”会让别的机器打开。没有写明由谁运营时，只能在本机试运行，请用 127.0.0.1:端口；以单位名义对外开放的功能还没有做好", addr)
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
  yangguang search [设置] 文字    像搜索页一样回答，输出 JSON
  yangguang officer …             办件人员：add 加、list 看、change 改、reset 重置、disable 停用
  yangguang backup 文件 [设置]    网站开着时也能备份，存成一个新文件
  yangguang restore 文件 --data 空文件夹   从备份恢复

设置（命令行写了就用命令行的，没写就用环境变量的）：
`)
	for _, s := range table {
		fmt.Fprintf(w, "  --%-9s %-19s %s", s.name, s.env, s.help)
		if s.value != "" {
			fmt.Fprintf(w, "默认 %s。", s.value)
		}
		fmt.Fprintln(w)
	}
	for _, f := range officerFlags {
		fmt.Fprintf(w, "  --%-9s %-19s %s\n", f.name, "", f.help)
	}
}
