package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/staff"
	"yangguang/store"
)

var errKeyBusy = errors.New("another program is changing the key")

const keyUsage = `key 这样用：
  yangguang key rotate    换一把新的安装钥匙，网站开着也能换
  yangguang key rewrap    上次换到一半停了：接着换`

// keyLease is held by who changes the key: of two at once the later file would
// not have the earlier's key.
const keyLease, keyLeaseLasts = "key", 5 * time.Minute

// key gives the installation a new key. The file is written first and holds the
// old ones too, then every case's key is wrapped anew: killed anywhere, the file
// opens everything, and run again it goes on.
func key(ctx context.Context, set settings, words []string, stdout io.Writer) (err error) {
	if len(words) == 0 || words[0] != "rotate" && words[0] != "rewrap" {
		return usage{keyUsage}
	}
	db, err := openMade(ctx, set)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	turn := &keyTurn{db: db, holder: rand.Text()}
	if err := turn.renew(ctx); err != nil {
		return err
	}
	defer turn.end(ctx)
	keys, err := loadKeys(ctx, db, set.keys())
	if err != nil {
		return err
	}
	if words[0] == "rotate" {
		if keys, err = keys.Rotate(set.keys()); err != nil {
			return fmt.Errorf("%w: %w", errKeyDenied, err)
		}
		fmt.Fprintf(stdout, "新钥匙做好了，写进了 %s。旧的也还在这个文件里。\n", set.keys())
		if set.database != "" {
			fmt.Fprintln(stdout, "几台机器共用一个数据库的：先把这个文件送到每一台，替换原来的，再在一台上运行 yangguang key rewrap。")
			return nil
		}
	}
	if err := db.SetMark(ctx, newestKeyMark, keys.Newest()); err != nil {
		return err
	}
	n, err := turn.rewrap(ctx, set, keys)
	if err != nil {
		return fmt.Errorf("换了 %d 件以后停了；都还打得开。用 yangguang key rewrap 接着换：%w", n, err)
	}
	if turn.shut > 0 {
		fmt.Fprintf(stdout, "有 %d 件本来就打不开，没有动它们。\n", turn.shut)
	}
	fmt.Fprintf(stdout, "投诉、草稿、要发的消息和验证器，共 %d 件换成新钥匙包好了。\n%s", n, keyAfter)
	return nil
}

const keyAfter = `现在要做的：
  1. 把这个文件另存一份，替换以前另存的那份。旧的那份打不开以后的投诉，销毁它；旧备份用新文件也打得开。
  2. 马上做一份新备份（yangguang backup；数据在 PostgreSQL 里的用 pg_dump）。
  3. 是因为旧文件丢了、泄露了才换的：谁同时拿到旧文件和旧备份，仍能读旧备份里的投诉。把旧备份也销毁。
  4. 网站一直开着的话，换的时候正有人写的，可能还是用旧钥匙包的，照样打得开。三天以后再运行一次 yangguang key rewrap，就都换好了。
`

// keyTurn is the turn of this program to change the key.
type keyTurn struct {
	db     *store.DB
	holder string
	until  time.Time
	// shut is how many keys no key of this installation opens.
	shut int
}

// renew takes the turn, or keeps it while it is used.
func (k *keyTurn) renew(ctx context.Context) error {
	now := time.Now()
	if k.until.Sub(now) > keyLeaseLasts/2 {
		return nil
	}
	mine, err := k.db.Lease(ctx, keyLease, k.holder, keyLeaseLasts, now)
	if err == nil && !mine {
		err = errKeyBusy
	}
	k.until = now.Add(keyLeaseLasts)
	return err
}

func (k *keyTurn) end(ctx context.Context) {
	_, _ = k.db.Lease(context.WithoutCancel(ctx), keyLease, k.holder, 0, time.Now()) // it runs out by itself too
}

// rewrap wraps every key that is not wrapped by the current one, wherever one
// lies: in the database, with the officers, in Redis.
func (k *keyTurn) rewrap(ctx context.Context, set settings, keys *seal.Keys) (n int, err error) {
	anew := func(one complaint.Key) (complaint.Key, bool, error) {
		if keys.Current(one) {
			return one, false, nil
		}
		if err := k.renew(ctx); err != nil {
			return one, false, err
		}
		anew, err := keys.Rewrap(one)
		if errors.Is(err, seal.ErrDamaged) {
			k.shut++
			return one, false, nil // the others do not wait for it
		}
		return anew, true, err
	}
	places := []func(context.Context, anewer) (int, error){k.db.Rewrap, k.rewrapOfficers}
	if set.redis != "" {
		redis, err := set.redisOf(keys, nil)
		if err != nil {
			return 0, err
		}
		defer redis.Close() // it was only asked
		places = append(places, redis.Sessions().Rewrap)
	}
	for _, rewrap := range places {
		did, err := rewrap(ctx, anew)
		n += did
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// anewer returns a key as it should be wrapped, and whether that is otherwise.
type anewer = func(complaint.Key) (complaint.Key, bool, error)

// rewrapOfficers does so for the keys of the authenticators.
func (k *keyTurn) rewrapOfficers(ctx context.Context, anew anewer) (n int, err error) {
	accounts, err := k.db.Roll().Accounts(ctx)
	for _, a := range accounts {
		if len(a.Key) == 0 {
			continue
		}
		did, err := k.rewrapOfficer(ctx, a, anew)
		if err != nil {
			return n, err
		}
		if did {
			n++
		}
	}
	return n, err
}

func (k *keyTurn) rewrapOfficer(ctx context.Context, a staff.Account, anew anewer) (bool, error) {
	for {
		key, sealed, err := boxed(a.KeyPlace(), a.Key)
		if err != nil {
			k.shut++
			return false, nil //nolint:nilerr // it is counted; the others do not wait for it
		}
		key, other, err := anew(key)
		if err != nil || !other {
			return false, err
		}
		a.Key = box(key, sealed)
		if err := k.db.Roll().Save(ctx, a); !errors.Is(err, staff.ErrStale) {
			return err == nil, err
		}
		if a, err = k.db.Roll().Account(ctx, a.ID); err != nil || len(a.Key) == 0 {
			return false, err // changed meanwhile, or shut
		}
	}
}
