package telegram

import "sync"

// lanes do the work of many chats, that of one chat in order and one after the
// other, as much of several at a time as there are places.
type lanes struct {
	mu      *sync.Mutex
	waiting map[int64][]func()
	places  chan struct{}
	running *sync.WaitGroup
}

// chatsAtOnce is how many conversations are taken one step on at a time.
const chatsAtOnce = 8

func newLanes() lanes {
	return lanes{new(sync.Mutex), map[int64][]func(){}, make(chan struct{}, chatsAtOnce), new(sync.WaitGroup)}
}

// do does f after all that was given for that chat before.
func (l lanes) do(chat int64, f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, runs := l.waiting[chat]; runs {
		l.waiting[chat] = append(l.waiting[chat], f)
		return
	}
	l.waiting[chat] = nil
	l.running.Go(func() { l.run(chat, f) })
}

func (l lanes) run(chat int64, f func()) {
	for f != nil {
		l.places <- struct{}{}
		f()
		<-l.places
		f = l.next(chat)
	}
}

func (l lanes) next(chat int64) (f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting[chat]) == 0 {
		delete(l.waiting, chat)
		return nil
	}
	f, l.waiting[chat] = l.waiting[chat][0], l.waiting[chat][1:]
	return f
}

// wait waits until nothing runs any more.
func (l lanes) wait() { l.running.Wait() }
