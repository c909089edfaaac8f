package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	client "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// api is the Bot API. The library sends; updates and files, which it would
// acknowledge too early or whose address names the token, are fetched here.
type api struct {
	lib   *client.Bot
	http  *http.Client
	base  string
	token string
}

// The times that a call may take; what is asked for with patience takes longer.
const (
	callTime = 15 * time.Second
	pollTime = 25 * time.Second
)

const telegramItself = "https://api.telegram.org"

func newAPI(token, base string) (*api, error) {
	if base == "" {
		base = telegramItself
	}
	base = strings.TrimSuffix(base, "/")
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.User != nil {
		return nil, ErrAddress
	}
	a := &api{base: base, token: token, http: &http.Client{
		// A redirect would carry the token elsewhere.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	a.lib, err = client.New(token,
		client.WithSkipGetMe(), client.WithServerURL(base), client.WithHTTPClient(callTime, a.http),
		client.WithErrorsHandler(func(error) {}), client.WithDebugHandler(func(string, ...any) {}))
	if err != nil {
		return nil, ErrToken
	}
	return a, nil
}

// failure is a call that failed, told by what can be done about it. It holds
// nothing that was sent or answered.
type failure struct {
	call  string
	kind  trouble
	after time.Duration // to wait, where Telegram says so
	moved int64         // where the chat is now
}

type trouble string

const (
	temporary    trouble = "temporary" // the network, or a server that fails
	tooFast      trouble = "too_fast"
	unauthorized trouble = "unauthorized" // a wrong token
	conflict     trouble = "conflict"     // somebody else asks for updates too
	blocked      trouble = "blocked"      // by who should read it
	refused      trouble = "refused"      // the call itself
	movedAway    trouble = "moved"
)

func (f *failure) Error() string { return "telegram: " + f.call + ": " + string(f.kind) }

// kindOfTrouble is that of a call that failed, "" of any other error.
func kindOfTrouble(err error) trouble {
	if f, ok := errors.AsType[*failure](err); ok {
		return f.kind
	}
	return ""
}

// failed tells what became of a call of the library. What the library says in
// words may hold what was sent, so it is left there.
func failed(call string, err error) error {
	if err == nil {
		return nil
	}
	f := &failure{call: call, kind: temporary}
	slow, isSlow := errors.AsType[*client.TooManyRequestsError](err)
	moved, isMoved := errors.AsType[*client.MigrateError](err)
	switch {
	case isSlow:
		f.kind, f.after = tooFast, time.Duration(slow.RetryAfter)*time.Second
	case isMoved:
		f.kind, f.moved = movedAway, int64(moved.MigrateToChatID)
	case errors.Is(err, client.ErrorForbidden):
		f.kind = blocked
	case errors.Is(err, client.ErrorUnauthorized), errors.Is(err, client.ErrorNotFound):
		f.kind = unauthorized
	case errors.Is(err, client.ErrorConflict):
		f.kind = conflict
	case errors.Is(err, client.ErrorBadRequest):
		f.kind = refused
	}
	return f
}

// backoff is how long to wait before another try, each time twice as long, and
// not in step with others.
func backoff(try int) time.Duration {
	most := min(time.Second<<min(try, 10), 5*time.Minute)
	return most/2 + rand.N(most/2) //nolint:gosec // not a secret
}

// wait is how long to wait after a failure.
func wait(err error, try int) time.Duration {
	f, ok := errors.AsType[*failure](err)
	switch {
	case ok && f.after > 0:
		return min(f.after, time.Hour) + time.Second/10
	case ok && f.kind == conflict:
		return 5 * time.Second
	}
	return min(backoff(try), time.Minute)
}

// allowed are the updates that are wanted.
var allowed = []string{
	models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage, models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
}

// hook says where updates go: to the site, or here when they are asked for.
// What waits stays.
func (a *api) hook(ctx context.Context, secret, address string) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if secret == "" {
		_, err := a.lib.DeleteWebhook(ctx, &client.DeleteWebhookParams{})
		return failed("deleteWebhook", err)
	}
	_, err := a.lib.SetWebhook(ctx, &client.SetWebhookParams{URL: address, SecretToken: secret, AllowedUpdates: allowed, MaxConnections: 40})
	return failed("setWebhook", err)
}

func (a *api) commands(ctx context.Context, list []models.BotCommand) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	_, err := a.lib.SetMyCommands(ctx, &client.SetMyCommandsParams{Commands: list})
	return failed("setMyCommands", err)
}

// send sends a message and returns its id in the chat. Nothing looks at the
// links in it.
func (a *api) send(ctx context.Context, chat int64, m message) (id int, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	p := &client.SendMessageParams{ChatID: chat, Text: m.Text, LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: new(true)}}
	if len(m.Buttons) > 0 {
		keys := make([][]models.InlineKeyboardButton, len(m.Buttons))
		for i, row := range m.Buttons {
			for _, b := range row {
				keys[i] = append(keys[i], models.InlineKeyboardButton{Text: b.Label, CallbackData: b.Data})
			}
		}
		p.ReplyMarkup = &models.InlineKeyboardMarkup{InlineKeyboard: keys}
	}
	sent, err := a.lib.SendMessage(ctx, p)
	if err != nil {
		return 0, failed("sendMessage", err)
	}
	return sent.ID, nil
}

// pressed tells Telegram that a button was seen.
func (a *api) pressed(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, callTime/3)
	defer cancel()
	_, err := a.lib.AnswerCallbackQuery(ctx, &client.AnswerCallbackQueryParams{CallbackQueryID: id})
	return failed("answerCallbackQuery", err)
}

// remove takes a message out of a chat.
func (a *api) remove(ctx context.Context, chat int64, id int) error {
	ctx, cancel := context.WithTimeout(ctx, callTime/3)
	defer cancel()
	_, err := a.lib.DeleteMessage(ctx, &client.DeleteMessageParams{ChatID: chat, MessageID: id})
	return failed("deleteMessage", err)
}

// mostRemoved is how many messages are taken out in one call.
const mostRemoved = 100

// removeAll takes messages out of a chat, those that still are in it.
func (a *api) removeAll(ctx context.Context, chat int64, ids []int) error {
	for some := range slices.Chunk(ids, mostRemoved) {
		call, cancel := context.WithTimeout(ctx, callTime)
		_, err := a.lib.DeleteMessages(call, &client.DeleteMessagesParams{ChatID: chat, MessageIDs: some})
		if cancel(); err != nil {
			return failed("deleteMessages", err)
		}
	}
	return nil
}

func (a *api) leave(ctx context.Context, chat int64) error {
	ctx, cancel := context.WithTimeout(ctx, callTime/3)
	defer cancel()
	_, err := a.lib.LeaveChat(ctx, &client.LeaveChatParams{ChatID: chat})
	return failed("leaveChat", err)
}

// mostAnswered is how much of an answer is read.
const mostAnswered = 16 << 20

// updates asks for updates from an offset on, as long as patience says where
// there are none. To ask for an offset acknowledges all before it.
func (a *api) updates(ctx context.Context, offset int64, patience time.Duration) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime+patience)
	defer cancel()
	asked, err := json.Marshal(map[string]any{
		"offset": offset, "limit": mostAtOnce, "timeout": int(patience.Seconds()), "allowed_updates": allowed,
	})
	if err != nil {
		return nil, err
	}
	var out []json.RawMessage
	return out, a.call(ctx, "getUpdates", asked, &out)
}

func (a *api) call(ctx context.Context, method string, asked []byte, out any) error {
	f := &failure{call: method, kind: temporary}
	res, err := a.fetch(ctx, http.MethodPost, a.base+"/bot"+a.token+"/"+method, bytes.NewReader(asked))
	if err != nil {
		return f
	}
	defer res.Body.Close() // what is wrong was said by reading
	var answer struct {
		OK         bool            `json:"ok"`
		Result     json.RawMessage `json:"result"`
		Code       int             `json:"error_code"`
		Parameters struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, mostAnswered))
	if err != nil || json.Unmarshal(body, &answer) != nil {
		return f
	}
	if answer.OK {
		if json.Unmarshal(answer.Result, out) != nil {
			return f
		}
		return nil
	}
	switch answer.Code {
	case http.StatusUnauthorized, http.StatusNotFound:
		f.kind = unauthorized
	case http.StatusConflict:
		f.kind = conflict
	case http.StatusTooManyRequests:
		f.kind, f.after = tooFast, time.Duration(answer.Parameters.RetryAfter)*time.Second
	case http.StatusBadRequest:
		f.kind = refused
	}
	return f
}

// file opens a file that somebody sent.
func (a *api) file(ctx context.Context, id string) (io.ReadCloser, error) {
	found, err := a.lib.GetFile(ctx, &client.GetFileParams{FileID: id})
	if err != nil {
		return nil, failed("getFile", err)
	}
	f := &failure{call: "file", kind: temporary}
	res, err := a.fetch(ctx, http.MethodGet, a.lib.FileDownloadLink(found), nil)
	if err != nil {
		return nil, f
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close() // nothing was read
		if res.StatusCode == http.StatusNotFound {
			f.kind = refused
		}
		return nil, f
	}
	return readCloser{reading{res.Body, f}, res.Body}, nil
}

// fetch asks for an address, which names the token: its errors are not to be shown.
func (a *api) fetch(ctx context.Context, method, address string, body io.Reader) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, body) //nolint:gosec // the operator sets the address
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	return a.http.Do(req) //nolint:gosec // as above
}

// reading is a body whose errors name no address.
type reading struct {
	io.Reader
	f *failure
}

func (r reading) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = r.f
	}
	return n, err
}

type readCloser struct {
	io.Reader
	io.Closer
}

// chatOf reads the address of a letter.
func chatOf(address string) (chat int64, ok bool) {
	chat, err := strconv.ParseInt(address, 10, 64)
	return chat, err == nil && chat != 0
}
