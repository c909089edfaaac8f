package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"time"

	"yangguang/pattern"
)

// SecretHeader is where a webhook brings the secret.
const SecretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // its name

var secretForm = pattern.New(`^[A-Za-z0-9_-]{16,256}$`)

// MaxBody is how long an update may be.
const MaxBody = 1 << 20

// hookTime is how long a webhook waits for its update to be committed; what
// takes longer comes again.
const hookTime = 25 * time.Second

// Handle takes an update that a webhook brought, with the secret it came with,
// and returns the status to answer with: 200 when the update is committed and
// needs not come again; 401 without the secret; 400 for what is no update; 503
// when it could not be committed, or the channel has stopped, and is to come
// again; 404 where none are
// expected.
func (c *Channel) Handle(ctx context.Context, secret string, body []byte) (status int) {
	switch {
	case c.Secret == "":
		return http.StatusNotFound
	case !same(secret, c.Secret):
		return http.StatusUnauthorized
	case len(body) > MaxBody || !json.Valid(body):
		return http.StatusBadRequest
	}
	u := read(body)
	if u.ID == 0 {
		return http.StatusBadRequest
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), hookTime)
	defer cancel()
	done := make(chan bool, 1)
	over := c.lanes.do(u.Chat, func() { done <- c.take(ctx, u) })
	if over == nil {
		return http.StatusServiceUnavailable
	}
	select {
	case kept := <-done:
		if kept {
			return http.StatusOK
		}
	case <-over:
	case <-ctx.Done():
	}
	return http.StatusServiceUnavailable
}

// same compares in a time that tells nothing, of any two lengths.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
