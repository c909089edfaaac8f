package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"yangguang/site"
)

// ownFlag is a flag that only some commands have.
type ownFlag struct{ name, help string }

// ownFlags are the flags of the commands that have some.
var ownFlags = map[string][]ownFlag{
	"officer":  officerFlags,
	"check":    slices.Concat(fileFlags, templateFlags),
	"publish":  slices.Concat(fileFlags, actFlags, sheetFlags),
	"withdraw": actFlags, "takedown": actFlags,
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
	for _, f := range ownFlags[set.command] {
		flags.String(f.name, "", f.help)
	}
	if set.command == "check" {
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
	for _, text := range set.together() { // one mistake is one line
		name, _, _ := strings.Cut(text, "（")
		if !slices.ContainsFunc(wrong, func(w string) bool { return strings.HasPrefix(w, name+"（") }) {
			wrong = append(wrong, text)
		}
	}
	if len(wrong) > 0 {
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
