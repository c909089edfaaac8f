package main

import (
	"errors"
	"fmt"

	"yangguang/bot/redisstore"
	"yangguang/bot/telegram"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/search/meili"
	"yangguang/staff"
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
	{content.ErrSamePerson, "编辑和复核要是两个人：--by 和 --approved-by 都要写，不能一样。写岗位，不写姓名。"},
	{content.ErrNoNote, "改动或撤下已公布的内容，要用 --note 写明原因，读者看得到。"},
	{content.ErrTakenDown, "这一条已经依法下架，不能再公布。"},
	{content.ErrNotFound, "没有这一条，或者已经撤回了。编号写在它的“改过几次”那一页的网址里。"},
	{errAddress, "这个地址打不开，可能别的程序正在用它。换一个，例如 --addr 127.0.0.1:8081。"},
	{meili.ErrUnreachable, "连不上 Meilisearch，没有重建。看看它开着没有，--meili-url（YANGGUANG_MEILI_URL）里的地址和端口对不对。网站这时用自带的搜索，不受影响。"},
	{meili.ErrDenied, "Meilisearch 不认这把密钥，没有重建。核对 --meili-key（YANGGUANG_MEILI_KEY）：要写它启动时用的主密钥。"},
	{meili.ErrOthersBuild, "搜索正在重建，等它做完再试。"},
	{errNotReady, "网站没有开，或者还不能用。"},
	{store.ErrServerFull, "PostgreSQL 那边的磁盘满了，什么都没有写进去。请在那台机器上腾出空间。"},
	{store.ErrServerDenied, "PostgreSQL 不让写：这个用户权限不够，或者连到了只读的备库。请让这个用户做库的主人（alter database … owner to …），或者写主库的地址。"},
	{store.ErrSignIn, "PostgreSQL 不认这个用户或者口令，或者不让它从这台机器进来。核对 --database-url（YANGGUANG_DATABASE_URL）里的用户和口令；都对，就看 PostgreSQL 的 pg_hba.conf。"},
	{store.ErrNoDatabase, "PostgreSQL 里没有这个库。先建一个（createdb 库名），或者改 --database-url（YANGGUANG_DATABASE_URL）最后的库名。"},
	{store.ErrNoHost, "找不到 PostgreSQL 那台机器的名字。核对 --database-url（YANGGUANG_DATABASE_URL）里的主机名，或者改写成它的 IP 地址。"},
	{store.ErrRefused, "PostgreSQL 没有开，或者端口不对。先把它打开，再核对 --database-url（YANGGUANG_DATABASE_URL）里的地址和端口（一般是 5432）。"},
	{store.ErrSilent, "PostgreSQL 那台机器一直不回答。核对 --database-url（YANGGUANG_DATABASE_URL）里的地址，看看那台机器开着没有、防火墙放不放行。"},
	{store.ErrInsecure, "和 PostgreSQL 的加密连接谈不拢。它没有开 TLS，就在 --database-url（YANGGUANG_DATABASE_URL）后面写 ?sslmode=disable（只在自己的内网里用）；开了，就核对证书和 sslmode、sslrootcert。"},
	{store.ErrCrowded, "PostgreSQL 的连接用完了。停掉不用的程序，或者把它的 max_connections 调大，再启动。"},
	{store.ErrFull, "磁盘满了，什么都没有写进去。腾出空间再试。"},
	{store.ErrLocked, "数据正被另一个程序占着。等它做完，或者停掉它再试。"},
	{store.ErrUnreachable, "连不上 PostgreSQL，也许它正在启动或者停下。过一会儿再试；还不行，看看它的日志，核对 --database-url（YANGGUANG_DATABASE_URL）。"},
	{redisstore.ErrAddress, "--redis-url（YANGGUANG_REDIS_URL）不是 Redis 的地址，应像 redis://:口令@127.0.0.1:6379/0 。"},
	{redisstore.ErrUnreachable, "连不上 Redis。看看它开着没有，--redis-url（YANGGUANG_REDIS_URL）里的地址和端口对不对。"},
	{redisstore.ErrFull, "Redis 的内存或者磁盘满了，存不进去。给它腾出地方再试。"},
	{redisstore.ErrDenied, "Redis 不让进。看看 --redis-url（YANGGUANG_REDIS_URL）里的用户和口令对不对、权限够不够。"},
	{telegram.ErrToken, "--telegram-token（YANGGUANG_TELEGRAM_TOKEN）不是机器人的令牌，应像 123456:ABC… 。"},
	{telegram.ErrAddress, "--telegram-api（YANGGUANG_TELEGRAM_API）不是网址。"},
	{telegram.ErrSecret, "--telegram-secret（YANGGUANG_TELEGRAM_SECRET）要 16 到 256 个字符，只能用字母、数字、_ 和 -。"},
	{store.ErrDenied, "数据文件夹不能写。换一个 --data，或者改它的权限。"},
	{store.ErrDamaged, "数据坏了。请用备份恢复，不要在坏的数据上继续。"},
	{store.ErrExists, "已经有这个文件了，没有动它。换一个名字再试。"},
	{staff.ErrNotFound, "没有这个账号。用 yangguang officer list 看有哪些。"},
	{staff.ErrTaken, "这个账号用过了，不能再给别人。请换一个。"},
	{staff.ErrStale, "这个账号刚刚被别人改过，没有动它。再试一次。"},
	{staff.ErrNeeded, "没有改：这样一来，收下的投诉里有的就没有人能接、能办了。先加一位同单位、同分工的，等他登录过，再来改。"},
	{errNoBureau, "公开的单位里没有教育局，投诉没有地方收。请在 units.csv 里补上教育局这一行，发布后再启动。"},
	{errNotEmpty, "这个文件夹里已经有东西，没有动它。请用 --data 指明一个空文件夹，里面最多先放好 installation.key、erased.log 和 officers.log。"},
	{store.ErrServed, "数据在 PostgreSQL 里，请用它自己的 pg_dump 备份、pg_restore 恢复；恢复以后照常启动，备份以后删除过的投诉、停用过的账号会照 erased.log、officers.log 再来一次。密钥文件和这两个 .log 请另外存。"},
	{errNothing, "这个数据文件夹里还没有数据。用 --data 指明网站用的那个文件夹。"},
	{errKeyMissing, "找不到密钥文件，没有它，收到的投诉谁也打不开，所以停在这里。把另存的那份放回原处，或者用 --key-file 指明它在哪里。不会另做一把新的。"},
	{errKeyDenied, "密钥文件读不了，也建不了。看看文件夹在不在、权限对不对。"},
	{errKeyForeign, "这个密钥文件不是这份数据的，打不开里面的投诉。请换成同一套数据的那一份。"},
	{errLogMissing, "找不到 erased.log，不知道备份以后删除过哪些投诉。把它和密钥文件放在一起再来。真的找不到了，就在那里建一个空的 erased.log：备份以后删除过的投诉会回来，要请两个人再删一次。"},
	{errOfficersLog, "密钥文件旁边的 officers.log 写不进去，账号没有动。看看那个文件夹能不能写、磁盘满了没有。"},
	{errKeyOld, "密钥文件是换钥匙以前的旧份，打不开后来的投诉。请换成换好以后另存的那份。"},
	{errRealData, "这个数据文件夹（或数据库）里是真实的数据，演示不能放进去。去掉 --demo，或者用 --data 换一个空文件夹。"},
	{errDemoData, "这里是演示数据（单位代码以 99 开头），不能和真实的放在一起。要看演示，加上 --demo；不看，用 --data、--content 换一个文件夹。"},
	{errKeyBusy, "另一个程序正在换钥匙，没有动它。等它做完；它要是停了，过五分钟再试。"},
	{seal.ErrOpen, "密钥文件别人也能读，不安全。请把它的权限改成只有自己能读写（chmod 600），再启动。"},
	{seal.ErrBroken, "密钥文件，或者旁边的 erased.log、officers.log 不完整，或者被改过。请换成另存的那份，不要自己改。"},
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
