package main

import (
	"errors"
	"fmt"

	"yangguang/content"
	"yangguang/store"
)

// errAddress: the address cannot be listened on.
var errAddress = errors.New("address")

// sentences are the errors for which the person at the machine can do
// something.
var sentences = []struct {
	err  error
	text string
}{
	{errAddress, "这个地址打不开，可能别的程序正在用它。换一个，例如 --addr 127.0.0.1:8081。"},
	{store.ErrFull, "磁盘满了，什么都没有写进去。腾出空间再试。"},
	{store.ErrLocked, "数据正被另一个程序占着。等它做完，或者停掉它再试。"},
	{store.ErrDenied, "数据文件夹不能写。换一个 --data，或者改它的权限。"},
	{store.ErrDamaged, "数据坏了。请用备份恢复，不要在坏的数据上继续。"},
	{store.ErrNewer, "数据文件夹是更新版本的程序写的。请用那个版本或更新的版本打开，不要用旧程序。"},
}

// sentence says an error to the person at the machine: what happened, what to
// do, and the cause for whoever looks into it.
func sentence(err error) string {
	if problems, ok := errors.AsType[content.Problems](err); ok {
		return fmt.Sprintf("%v\n改好再发布；已经公开的内容没有动。", problems)
	}
	for _, s := range sentences {
		if errors.Is(err, s.err) {
			return fmt.Sprintf("%s\n（%v）", s.text, err)
		}
	}
	return fmt.Sprintf("没有成功：%v", err)
}
