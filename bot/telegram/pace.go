package telegram

import (
	"sync"
	"time"
)

// How fast Telegram lets a bot talk (core.telegram.org/bots/faq): about 30
// messages a second in all, one a second in a chat, twenty a minute in a group.
const (
	inAll   = time.Second / 25
	inChat  = 1100 * time.Millisecond
	inGroup = 3200 * time.Millisecond
)

// pace says when the next message may go, to all and to one chat.
type pace struct {
	inAll, inChat, inGroup time.Duration

	mu    sync.Mutex
	all   time.Time
	chats map[string]time.Time // when the next may go, by lane
}

// turn takes the turn of a lane if it may talk now, and returns how long it has
// to wait otherwise.
func (p *pace) turn(lane string, group bool, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d := p.chats[lane].Sub(now); d > 0 {
		return d
	}
	if d := p.all.Sub(now); d > 0 {
		return d
	}
	if len(p.chats) > 1000 {
		for lane, next := range p.chats {
			if !next.After(now) {
				delete(p.chats, lane)
			}
		}
	}
	gap := p.inChat
	if group {
		gap = p.inGroup
	}
	p.chats[lane], p.all = now.Add(gap), now.Add(p.inAll)
	return 0
}

// floods bound what one chat may ask for: a burst, and one each moment.
type floods struct {
	mu    sync.Mutex
	chats map[int64]time.Time // up to when the chat has used its share
}

const (
	floodBurst = 60
	floodEvery = time.Second
)

// over reports whether the chat asks too much, and whether that is to be said.
func (f *floods) over(chat int64, now time.Time) (over, say bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.chats == nil || len(f.chats) > 10_000 {
		f.chats = map[int64]time.Time{}
	}
	used := f.chats[chat]
	if used.Before(now) {
		used = now
	}
	const most = floodBurst * floodEvery
	if ahead := used.Sub(now); ahead > most {
		return true, false
	}
	used = used.Add(floodEvery)
	f.chats[chat] = used
	return used.Sub(now) > most, used.Sub(now) > most
}
