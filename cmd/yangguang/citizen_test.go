package main

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/png"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// citizen is a browser on /complain, whose script is off.
type citizen struct {
	*visitor
	t     *testing.T
	page  answer // as a reader sees it
	lives func() // what to do when the site does not answer; nil: the test fails
	// elsewhere is called before each request, to send it to another program.
	elsewhere func()
}

func (p *program) citizen(t *testing.T) *citizen {
	t.Helper()
	return &citizen{visitor: p.visitor(t), t: t}
}

// send sends a request until the site answers, and follows where it leads.
func (c *citizen) send(make func() *http.Request) {
	c.t.Helper()
	if c.elsewhere != nil {
		c.elsewhere()
	}
	for range 20 {
		resp, err := c.client.Do(make())
		if err == nil {
			var b []byte
			if b, err = io.ReadAll(resp.Body); err == nil {
				resp.Body.Close()
				c.page = answer{resp.StatusCode, resp.Header, html.UnescapeString(string(b)), resp.Request.URL.Path}
				return
			}
		}
		if c.lives == nil {
			c.t.Fatal(err)
		}
		c.lives()
	}
	c.t.Fatal("the site never answers")
}

func (c *citizen) open(path string) {
	c.t.Helper()
	c.send(func() *http.Request {
		r, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+path, nil)
		must(c.t, err)
		return r
	})
}

// post sends a form, with files if there are any.
func (c *citizen) post(path string, form url.Values, files ...[]byte) {
	c.t.Helper()
	body, kind := []byte(form.Encode()), "application/x-www-form-urlencoded"
	if strings.HasSuffix(path, "/files") {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		for name, values := range form {
			must(c.t, w.WriteField(name, values[0]))
		}
		for _, f := range files {
			part, err := w.CreateFormFile("files", planted["who filed"].name+".png")
			must(c.t, err)
			_, err = part.Write(f)
			must(c.t, err)
		}
		must(c.t, w.Close())
		body, kind = b.Bytes(), w.FormDataContentType()
	}
	c.send(func() *http.Request {
		r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+path, bytes.NewReader(body))
		must(c.t, err)
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Origin", c.base)
		return r
	})
}

var (
	talkForm     = regexp.MustCompile(`(?s)<form class="talk"[^>]*action="([^"]*)".*?</form>`)
	hiddenField  = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
	askedField   = regexp.MustCompile(`name="f\.([a-z]+)"`)
	receiptShown = regexp.MustCompile(`id="receipt">([0-9A-Z-]{29})<`)
)

// press sends the page's form by one of its buttons.
func (c *citizen) press(button string, fields map[string]string, files ...[]byte) {
	c.t.Helper()
	action, form := c.form()
	for name, value := range fields {
		form.Set(name, value)
	}
	if !strings.Contains(c.page.body, `name="press" value="`+button+`"`) {
		c.t.Fatalf("no button %q: %s", button, seen(c.page.body))
	}
	form.Set("press", button)
	c.post(action, form, files...)
}

func (c *citizen) form() (action string, form url.Values) {
	c.t.Helper()
	m := talkForm.FindStringSubmatch(c.page.body)
	if m == nil {
		c.t.Fatalf("status %d, no form: %s", c.page.status, seen(c.page.body))
	}
	form = url.Values{}
	for _, f := range hiddenField.FindAllStringSubmatch(m[0], -1) {
		form.Set(f[1], f[2])
	}
	return m[1], form
}

var tags = regexp.MustCompile(`(?s)^.*<main[^>]*>|<footer.*$|<[^>]*>`)

func seen(body string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " ")
}

// given is what is filled in where it is asked for.
func given(more map[string]string) map[string]string {
	all := map[string]string{
		"kind": "interference", "against": "teacher", "accused": "实验中学的班主任", "area": "410823", "identity": "anonymous", "who": "pupil",
	}
	maps.Copy(all, more)
	return all
}

// fill goes through the screens up to the named one.
func (c *citizen) fill(answers map[string]string, upTo string, files ...[]byte) {
	c.t.Helper()
	for range 8 {
		_, hidden := c.form()
		screen := hidden.Get("screen")
		if screen == upTo {
			return
		}
		fields := map[string]string{}
		for _, f := range askedField.FindAllStringSubmatch(c.page.body, -1) {
			fields["f."+f[1]] = answers[f[1]]
		}
		if screen == "details" {
			c.press("fill", fields, files...)
		} else {
			c.press("fill", fields)
		}
	}
	c.t.Fatalf("no end: %s", seen(c.page.body))
}

// files a complaint and returns what the citizen is shown.
func (c *citizen) files(words string, more map[string]string, photos ...[]byte) (number, receipt string) {
	c.t.Helper()
	c.open("/complain")
	c.press("start", map[string]string{"text": words})
	c.fill(given(more), "summary", photos...)
	c.press("submit", nil)
	return c.shown()
}

// shown returns number and receipt from the last page.
func (c *citizen) shown() (number, receipt string) {
	c.t.Helper()
	code := receiptShown.FindStringSubmatch(c.page.body)
	if code == nil {
		c.t.Fatalf("status %d, no receipt: %s", c.page.status, seen(c.page.body))
	}
	return numberShown.FindString(c.page.body), code[1]
}

// follows opens a case with its receipt and returns what is on the page.
func (c *citizen) follows(receipt string) string {
	c.t.Helper()
	c.post("/receipt", url.Values{"code": {receipt}})
	if c.page.status != http.StatusOK {
		c.t.Fatalf("receipt: %d, %s", c.page.status, seen(c.page.body))
	}
	return seen(c.page.body)
}

func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 30))))
	return b.Bytes()
}

// A pupil files over HTTP, twice pressed or not it is one case, and its receipt
// opens it.
func TestACitizenFiles(t *testing.T) {
	p := start(t)
	c := p.citizen(t)
	number, receipt := c.files(pupil, nil, photo(t))
	if number == "" {
		t.Errorf("no number: %s", seen(c.page.body))
	}
	if got := c.follows(receipt); !strings.Contains(got, pupil) || !strings.Contains(got, number) || !strings.Contains(got, "图片") {
		t.Errorf("the receipt opens %s", got)
	}
	if got := fmt.Sprint(strings.Count(p.citizen(t).follows(receipt), pupil)); got != "1" {
		t.Errorf("from another browser: the story stands %s times", got)
	}
}
