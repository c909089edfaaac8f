// Command yangguang serves the public record of a city's vocational-school
// enrolment. Started without settings it runs as a trial on this machine, on
// the bundled notice, with everything embedded.
//
//	yangguang [serve]          serve the site
//	yangguang publish          publish a changed content pack beside a running server
//	yangguang publish FILE…    publish sheets, by two
//	yangguang withdraw ID…     take records back; takedown ID…: what the law forbids
//	yangguang check FILE…      say what a sheet needs before it can be published
//	yangguang search TEXT      answer as the search page does, as JSON
//	yangguang reindex          build the index on the search server anew
//	yangguang backup FILE      copy the database, beside a running server
//	yangguang officer …        who works at the desk
//	yangguang key rotate       a new installation key, beside a running server
//	yangguang ready            ask the running site whether it can be used
//	yangguang restore FILE     bring a copy back into an empty data folder
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"yangguang/content"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.LookupEnv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// usage is an error of the caller's, said without the word error and ended
// with exit status 2; anything else ends with 1.
type usage struct{ text string }

func (u usage) Error() string { return u.text }

// run is the program as a value: tests start it with their own arguments,
// environment and streams. It returns the exit status.
func run(ctx context.Context, args []string, env func(string) (string, bool), stdout, stderr io.Writer) int {
	set, rest, err := parse(args, env)
	switch {
	case errors.Is(err, flag.ErrHelp):
		help(stdout)
		return 0
	case err == nil:
		err = command(ctx, set, rest, stdout, stderr)
	}
	var u usage
	var status exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &status):
		return int(status)
	case errors.As(err, &u):
		fmt.Fprintln(stderr, u.text)
		return 2
	default:
		fmt.Fprintln(stderr, sentence(err))
		return 1
	}
}

// takes is how many words a command takes; those that are not named take any.
var takes = map[string]int{"serve": 0, "reindex": 0, "ready": 0, "backup": 1, "restore": 1, "officer": 2, "key": 1}

func command(ctx context.Context, set settings, rest []string, stdout, stderr io.Writer) error {
	if n, ok := takes[set.command]; ok && len(rest) > n {
		return usage{fmt.Sprintf("“%s”是多出来的，没有执行。设置要写成 --名字 值，例如 --content 文件夹；用 yangguang --help 看有哪些。", rest[n])}
	}
	switch set.command {
	case "serve":
		return serve(ctx, set, stdout, stderr)
	case "publish":
		if len(rest) > 0 {
			return publishFiles(ctx, set, rest, stdout)
		}
		return publish(ctx, set, stdout)
	case "withdraw":
		return remove(ctx, set, content.Withdraw, rest, stdout)
	case "takedown":
		return remove(ctx, set, content.TakeDown, rest, stdout)
	case "check":
		return check(ctx, set, rest, stdout)
	case "search":
		return find(ctx, set, rest, stdout, stderr)
	case "reindex":
		return reindex(ctx, set, stdout)
	case "ready":
		return ready(ctx, set)
	case "officer":
		return officer(ctx, set, rest, stdout)
	case "key":
		return key(ctx, set, rest, stdout)
	case "backup":
		return backup(ctx, set, rest, stdout)
	case "restore":
		return restore(ctx, set, rest, stdout)
	}
	return usage{fmt.Sprintf("没有“%s”这个命令。用 yangguang --help 看有哪些。", set.command)}
}
