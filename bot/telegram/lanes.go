package telegram

import "sync"

// lanes do the work of many chats, that of one chat in order and one after the
// other, as much of several at a time as there are places. Once they are closed
// they take nothing more; open takes that back.
type lanes struct {
	mu sync.Mutex
	// waiting is the work of each chat that has some under way.
	waiting map[int64][]func()
	idle    *sync.Cond // nothing is under way
	places  chan struct{}
	over    chan struct{} // closed with the lanes
	closed  bool
}

// chatsAtOnce is how many conversations are taken one step on at a time.
const chatsAtOnce = 8

func newLanes() *lanes {
	l := &lanes{waiting: map[int64][]func(){}, places: make(chan struct{}, chatsAtOnce), over: make(chan struct{})}
	l.idle = sync.NewCond(&l.mu)
	return l
}

// do does f after all that was given for that chat before, and returns a channel
// that is closed when somebody waits for the end of it; nil: f is not done, the
// lanes are closed.
func (l *lanes) do(chat int64, f func()) (over <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	if _, runs := l.waiting[chat]; runs {
		l.waiting[chat] = append(l.waiting[chat], f)
		return l.over
	}
	l.waiting[chat] = nil
	go l.run(chat, f)
	return l.over
}

func (l *lanes) run(chat int64, f func()) {
	for f != nil {
		l.places <- struct{}{}
		f()
		<-l.places
		f = l.next(chat)
	}
}

func (l *lanes) next(chat int64) (f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting[chat]) == 0 {
		if delete(l.waiting, chat); len(l.waiting) == 0 {
			l.idle.Broadcast()
		}
		return nil
	}
	f, l.waiting[chat] = l.waiting[chat][0], l.waiting[chat][1:]
	return f
}

// wait waits until nothing is under way any more.
func (l *lanes) wait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.waiting) > 0 {
		l.idle.Wait()
	}
}

// close takes nothing more and waits until nothing is under way.
func (l *lanes) close() {
	l.mu.Lock()
	if !l.closed {
		l.closed = true
		close(l.over)
	}
	l.mu.Unlock()
	l.wait()
}

// open takes work again after close.
func (l *lanes) open() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		l.closed, l.over = false, make(chan struct{})
	}
}
