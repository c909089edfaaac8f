package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"yangguang/complaint/seal"
	"yangguang/staff"
	"yangguang/store"
)

// officersLogName is the log beside the key file of how officers stood: a line
// for each change that must outlive the database. An older copy of that does
// not bring back who was disabled since.
const officersLogName = "officers.log"

var errOfficersLog = errors.New("the log of officers cannot be written")

type officersLog struct {
	seal.Log
	now func() time.Time

	mu   sync.Mutex
	last map[string]staff.Standing // as this process knows them
}

// noted is a line of the log.
type noted struct {
	At time.Time `json:"at"`
	staff.Standing
}

func officersBeside(keyFile string, now func() time.Time) *officersLog {
	return &officersLog{Log: seal.LogBeside(keyFile, officersLogName), now: now}
}

// all returns how each officer stood last. Without a log it is an fs.ErrNotExist.
func (l *officersLog) all() (map[string]staff.Standing, error) {
	last := map[string]staff.Standing{}
	err := l.Each(func(line string) error {
		var n noted
		if err := json.Unmarshal([]byte(line), &n); err != nil {
			return err
		}
		last[n.ID] = n.Standing
		return nil
	})
	return last, err
}

// note notes how an account will stand, unless that is known.
func (l *officersLog) note(a staff.Account) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil {
		last, err := l.all()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		l.last = last
	}
	s := a.Standing()
	if known, ok := l.last[a.ID]; ok && known.Same(s) {
		return nil
	}
	line, err := json.Marshal(noted{l.now().UTC(), s})
	if err == nil {
		_, err = l.Create()
	}
	if err == nil {
		err = l.Append(string(line))
	}
	if err != nil {
		return fmt.Errorf("%w: %v", errOfficersLog, err) // no cause that store would take for its own
	}
	l.last[a.ID] = s
	return nil
}

// hereMark is where a database on a server notes the tables it stands in.
const hereMark = "here"

// recalled is what became of the officers of an older copy.
type recalled struct {
	// older: it is one. blind: nobody knows what it did not know.
	older, blind bool
	lines        []string
}

// recall looks whether the database is an older copy of what it was, and ends
// what its officers have lost since.
func recall(ctx context.Context, db *store.DB, log *officersLog) (r recalled, err error) {
	here, err := db.Here(ctx)
	if err != nil {
		return r, err
	}
	noted, err := db.Mark(ctx, hereMark)
	if err != nil {
		return r, err
	}
	r, err = recallOfficers(ctx, db.Roll(), log, noted != "" && noted != here)
	if err == nil && noted != here {
		err = db.SetMark(ctx, hereMark, here)
	}
	return r, err
}

// recallOfficers does so where the copy is known to be an older one, or an
// officer in it stands as before a change that was noted.
func recallOfficers(ctx context.Context, roll *store.Roll, log *officersLog, older bool) (r recalled, err error) {
	last, err := log.all()
	lost := errors.Is(err, fs.ErrNotExist)
	if err != nil && !lost {
		return r, err
	}
	accounts, err := roll.Accounts(ctx)
	if err != nil {
		return r, err
	}
	r.older = older || slices.ContainsFunc(accounts, func(a staff.Account) bool { return last[a.ID].Version > a.Version })
	r.blind = r.older && lost && len(accounts) > 0
	for _, a := range accounts {
		switch {
		case r.older:
			err = r.bringBack(ctx, roll, a, last[a.ID])
		case lost: // from here on there is one
			err = log.note(a)
		}
		if err != nil {
			return r, err
		}
		delete(last, a.ID)
	}
	for id, s := range last {
		if r.older && s.State != staff.Disabled {
			r.lines = append(r.lines, id+"：备份以后才加的，现在没有这个账号了。还要用，就用 officer add 再加一次。")
		}
	}
	slices.Sort(r.lines)
	return r, nil
}

// bringBack keeps one account of an older copy as it may come back.
func (r *recalled) bringBack(ctx context.Context, roll *store.Roll, a staff.Account, last staff.Standing) error {
	for {
		if r.blind { // a recovery code may have been used
			last = a.Standing()
			last.Version, last.Codes = a.Version+1, 0
		}
		back, past := a.Recalled(last)
		err := roll.Recall(ctx, back, last.Version)
		if !errors.Is(err, staff.ErrStale) {
			for _, p := range past {
				r.lines = append(r.lines, a.ID+"："+pastSaid[p])
			}
			return err
		}
		if a, err = roll.Account(ctx, a.ID); err != nil || a.Version > last.Version {
			return err // another program of this site was faster
		}
	}
}

var pastSaid = map[staff.Past]string{
	staff.PastDisabled:   "备份以后停用过，已经再停用一次。",
	staff.PastShut:       "备份以后重置过、换过口令或者才第一次登录，备份里的口令和链接都作废了。请用 officer reset 给新链接。",
	staff.PastCodes:      "恢复码作废了：备份里的，有的可能已经用过。口令和验证器照常用。",
	staff.PastChanged:    "备份以后改过单位、分工或者回避，已经照后来的改好。",
	staff.PastInvitation: "没用过的链接作废了。请用 officer reset 给新的。",
}

// tell says what became of the officers.
func (r *recalled) tell(w io.Writer) {
	if !r.older {
		return
	}
	fmt.Fprintln(w, "数据是从备份恢复的：办件台的登录全部退出了，请大家重新登录。")
	if r.blind {
		fmt.Fprintf(w, "找不到 %s，不知道备份以后停用过谁、换过谁的口令。请用 yangguang officer list 一个一个看：该停用的停用，有疑问的重置。\n", officersLogName)
	}
	if len(r.lines) > 0 {
		fmt.Fprintf(w, "  %s\n", strings.Join(r.lines, "\n  "))
	}
}
