package telegramtest

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"time"
)

// hook is where updates go that nobody asks for.
type hook struct {
	url, secret string
	busy        map[string]bool
}

func (s *Server) setWebhook(w http.ResponseWriter, args map[string]string) {
	if !strings.HasPrefix(args["url"], "http") {
		refuse(w, http.StatusBadRequest, "Bad Request: bad webhook: HTTPS url must be provided for webhook", nil)
		return
	}
	s.mu.Lock()
	s.hook = hook{args["url"], args["secret_token"], map[string]bool{}}
	s.mu.Unlock()
	accept(w, true)
	go s.deliver()
}

// deliver brings updates to the hook until there is none or another: those of
// one queue one after the other, each until it is answered with 200. A button
// has another queue than the messages of its chat, as on the real server.
func (s *Server) deliver() {
	for mine := s.hookNow(); mine.url != ""; {
		s.mu.Lock()
		if s.closed || s.hook.url != mine.url {
			s.mu.Unlock()
			return
		}
		for _, u := range s.updates {
			if !s.hook.busy[u.queue] {
				s.hook.busy[u.queue] = true
				go s.bring(mine, u)
			}
		}
		s.mu.Unlock()
		time.Sleep(2 * time.Millisecond)
	}
}

func (s *Server) hookNow() hook {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hook
}

func (s *Server) bring(h hook, u update) {
	ok := false
	req, err := http.NewRequest(http.MethodPost, h.url, bytes.NewReader(u.body)) //nolint:noctx // as long as it takes
	if err == nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
		if res, err := http.DefaultClient.Do(req); err == nil {
			ok = res.StatusCode == http.StatusOK
			res.Body.Close() // it is empty
		}
	}
	if !ok {
		time.Sleep(20 * time.Millisecond)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.hook.busy, u.queue)
	i := slices.IndexFunc(s.updates, func(o update) bool { return o.id == u.id })
	if !ok || i < 0 {
		return
	}
	if s.updates[i].times--; s.updates[i].times <= 0 {
		s.updates = slices.Delete(s.updates, i, i+1)
		s.changed.Broadcast()
	}
}
