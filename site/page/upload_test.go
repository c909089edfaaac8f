package page_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/complaint/evidence"
	"yangguang/site/page"
)

var often = page.Rate{Name: "files", Burst: 1000, Every: time.Millisecond}

// took is what a handler of files has seen.
type took struct {
	files  []string
	before []string // the field “word” as it stood before each file
	fields url.Values
	err    error
}

// uploading is a house that takes files at /files/:id.
func uploading(t *testing.T, change func(*page.Config)) (*house, chan took) {
	h := newHouse(t, change)
	seen := make(chan took, 1)
	h.Upload("/files/:id", often, func(c *fiber.Ctx) error {
		var got took
		got.fields, got.err = h.Files(c, func(fields url.Values, file io.Reader) error {
			b, err := io.ReadAll(io.LimitReader(file, 1<<20))
			if err != nil {
				return err
			}
			if string(b) == "enough" {
				return errors.New("enough")
			}
			got.files, got.before = append(got.files, string(b)), append(got.before, fields.Get("word"))
			return nil
		})
		seen <- got
		if got.err != nil {
			return got.err
		}
		return c.SendString(fmt.Sprint(len(got.files), " taken of ", c.Params("id")))
	})
	return h, seen
}

// field is a field of a form; with a name of a file it holds one.
type field struct{ name, file, value string }

func form(t *testing.T, fields ...field) (body []byte, mediaType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range fields {
		head := map[string][]string{"Content-Disposition": {fmt.Sprintf("form-data; name=%q", f.name)}}
		if f.name == page.FileField {
			head["Content-Disposition"][0] += fmt.Sprintf("; filename=%q", f.file)
		}
		part, err := w.CreatePart(head)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, f.value); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

func post(t *testing.T, addr, path, mediaType string, body io.Reader) (int, string) {
	t.Helper()
	resp, err := http.Post("http://"+addr+path, mediaType, body)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func TestFilesAreTakenAsTheyArrive(t *testing.T) {
	h, seen := uploading(t, nil)
	addr := h.listen()
	large := strings.Repeat("L", 3<<20)
	body, mediaType := form(t, field{"word", "", "早"}, field{"files", "a.jpg", "one"}, field{"files", "", ""}, field{"word2", "", "x"},
		field{"files", "large", large}, field{"files", "empty", ""}, field{"after", "", "y"})
	for name, in := range map[string]io.Reader{"of known length": bytes.NewReader(body), "in chunks": io.MultiReader(bytes.NewReader(body))} {
		status, text := post(t, addr, "/files/7", mediaType, in)
		got := <-seen
		if status != 200 || text != "3 taken of 7" || !slices.Equal(got.files, []string{"one", large[:1<<20], ""}) || got.before[0] != "早" {
			t.Errorf("%s: %d %s, %d files, before %q", name, status, text, len(got.files), got.before)
		}
		if got.fields.Encode() != "after=y&word=%E6%97%A9&word2=x" {
			t.Errorf("%s: fields %s", name, got.fields.Encode())
		}
	}
}

func TestAFormWithoutFilesMayBeAnyForm(t *testing.T) {
	h, seen := uploading(t, nil)
	addr := h.listen()
	if status, _ := post(t, addr, "/files/7", "application/x-www-form-urlencoded", strings.NewReader("word=a&word=b+c")); status != 200 {
		t.Errorf("%d", status)
	}
	if got := <-seen; got.fields.Encode() != "word=a&word=b+c" {
		t.Errorf("%+v", got)
	}
	if status, _ := post(t, addr, "/files/7", "text/plain", strings.NewReader("x")); status != 415 {
		t.Errorf("text: %d", status)
	}
	<-seen
	if status, _ := post(t, addr, "/files/7", "application/x-www-form-urlencoded", strings.NewReader(strings.Repeat("x", 1<<20+1))); status != 413 {
		t.Errorf("too large: %d", status)
	}
}

func TestUploadsAreLimited(t *testing.T) {
	h, seen := uploading(t, func(c *page.Config) { c.BodyLimit = 1000 })
	addr := h.listen()
	many := make([]field, 200)
	for i := range many {
		many[i] = field{"word", "", ""}
	}
	for name, c := range map[string]struct {
		fields []field
		want   int
	}{
		"fields of 1001 bytes":   {[]field{{"word", "", strings.Repeat("x", 600)}, {"more", "", strings.Repeat("x", 393)}}, 413},
		"fields of 1000 bytes":   {[]field{{"word", "", strings.Repeat("x", 600)}, {"more", "", strings.Repeat("x", 392)}}, 200},
		"a file over that":       {[]field{{"files", "a", strings.Repeat("x", 5000)}}, 200},
		"more parts than a form": {many, 400},
		"an error of the taker":  {[]field{{"files", "a", "enough"}}, 500},
	} {
		body, mediaType := form(t, c.fields...)
		if status, text := post(t, addr, "/files/7", mediaType, bytes.NewReader(body)); status != c.want {
			t.Errorf("%s: %d %s, want %d", name, status, text, c.want)
		}
		<-seen
	}
	// Neither another route nor another method is let off the limit.
	h.App.Post("/form", func(c *fiber.Ctx) error { return c.SendString("taken") })
	h.App.Put("/files/:id", func(c *fiber.Ctx) error { return c.SendString("taken") })
	body, mediaType := form(t, field{"files", "a", strings.Repeat("x", 2000)})
	for _, target := range []string{"POST /form", "POST /files/7/", "PUT /files/7"} {
		method, path, _ := strings.Cut(target, " ")
		for name, in := range map[string]io.Reader{"of known length": bytes.NewReader(body), "in chunks": io.MultiReader(bytes.NewReader(body))} {
			r, _ := http.NewRequest(method, "http://"+addr+path, in)
			r.Header.Set("Content-Type", mediaType)
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode != 413 {
				t.Errorf("%s %s: %d", target, name, resp.StatusCode)
			}
		}
	}
	r := "POST /files/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 300000000\r\n\r\n"
	c := dial(t, addr)
	if _, err := io.WriteString(c, r+strings.Repeat("x", 20000)); err != nil {
		t.Fatal(err)
	}
	if resp, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil || resp.StatusCode != 413 {
		t.Errorf("a body beyond all limits: %v, %v", resp, err)
	}
}

// A body that nobody read must not be taken for the next request, or whoever
// shares the connection (behind a proxy: everybody) gets an answer to it.
func TestABodyIsNeverARequest(t *testing.T) {
	h, _ := uploading(t, nil)
	var reached []string
	h.App.Get("/keep/:word", func(c *fiber.Ctx) error { reached = append(reached, c.Params("word")); return nil })
	h.Upload("/refuses", often, func(*fiber.Ctx) error { return fiber.ErrForbidden })
	addr := h.listen()
	evil := "GET /keep/evil HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
	padding := strings.Repeat("\r\n", 4500) // more than the server has read when the handler begins
	for name, first := range map[string]string{
		"a page with a body":          "GET /terms/sun HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n",
		"an upload that is refused":   "POST /refuses HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n",
		"an upload of another site":   "POST /files/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: cross-site\r\nContent-Length: %d\r\n\r\n",
		"an upload that is no form":   "POST /files/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data\r\nContent-Length: %d\r\n\r\n",
		"a body over the limit":       "POST /keep/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1%07d\r\n\r\n",
		"a method that nobody serves": "BREW /files/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n",
	} {
		c := dial(t, addr)
		body := padding + evil
		if _, err := fmt.Fprintf(c, first+body, len(body)); err != nil {
			t.Fatal(err)
		}
		in := bufio.NewReader(c)
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_, _ = io.WriteString(c, "GET /keep/next HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
		_, _ = io.Copy(io.Discard, in)
		if slices.Contains(reached, "evil") {
			t.Errorf("%s: its body was served", name)
		}
	}
	if !slices.Contains(reached, "next") {
		t.Error("no connection went on at all")
	}
}

// The names of fields are kept like what is in them, and count like it.
func TestNamesOfFieldsCountToo(t *testing.T) {
	h, seen := uploading(t, nil)
	addr := h.listen()
	var fields []field
	for i := range 3 {
		fields = append(fields, field{fmt.Sprint(strings.Repeat("n", 1<<19), i), "", "x"})
	}
	body, mediaType := form(t, fields...)
	status, _ := post(t, addr, "/files/7", mediaType, bytes.NewReader(body))
	if got := <-seen; status != 413 || len(got.fields) > 1 {
		t.Errorf("%d, %d fields", status, len(got.fields))
	}
}

func TestACutUploadKeepsWhatCameBefore(t *testing.T) {
	h, seen := uploading(t, nil)
	addr := h.listen()
	one := strings.Repeat("1", 20_000) // more than the server reads before the handler begins
	body, mediaType := form(t, field{"files", "a", one}, field{"files", "b", strings.Repeat("x", 100_000)})
	for name, cut := range map[string]int{"within a file": 50_000, "before its first byte": bytes.Index(body, []byte("xxx")), "before the end of the form": len(body) - 10} {
		c := dial(t, addr)
		if _, err := fmt.Fprintf(c, "POST /files/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", mediaType, len(body), body[:cut]); err != nil {
			t.Fatal(err)
		}
		_ = c.Close()
		got := <-seen
		if !errors.Is(got.err, fiber.ErrBadRequest) || len(got.files) == 0 || got.files[0] != one || len(got.files) > 1 {
			t.Errorf("%s: %d files, %v", name, len(got.files), got.err)
		}
	}
}

func TestAnUploadMayBeSlowButNotStandStill(t *testing.T) {
	h, seen := uploading(t, func(c *page.Config) {
		c.ReadTimeout, c.Deadline, c.UploadStretch = 100*time.Millisecond, 50*time.Millisecond, 400*time.Millisecond
	})
	addr := h.listen()
	body, mediaType := form(t, field{"files", "a", strings.Repeat("x", 30_000)})
	for name, c := range map[string]struct {
		upto, want int
	}{"slow": {len(body), 200}, "still": {20_000, 408}} {
		conn := dial(t, addr)
		if _, err := fmt.Fprintf(conn, "POST /files/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", mediaType, len(body), body[:10_000]); err != nil {
			t.Fatal(err)
		}
		for from := 10_000; from < c.upto; from += 10_000 {
			time.Sleep(150 * time.Millisecond) // the wire has no other clock
			if _, err := conn.Write(body[from:min(from+10_000, c.upto)]); err != nil {
				t.Fatal(err)
			}
		}
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || resp.StatusCode != c.want {
			t.Errorf("%s: %v, %v; want %d", name, resp, err, c.want)
		}
		<-seen
	}
}

func TestTheHouseTakesSoManyUploadsAtATime(t *testing.T) {
	h := newHouse(t, nil)
	leave, begun := make(chan struct{}), make(chan struct{}, 64)
	h.Upload("/files", often, func(*fiber.Ctx) error { begun <- struct{}{}; <-leave; return nil })
	addr := h.listen()
	for range 32 {
		c := dial(t, addr)
		if _, err := io.WriteString(c, "POST /files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		<-begun
	}
	status, text := post(t, addr, "/files", "text/plain", nil)
	if status != 503 || !strings.Contains(text, "现在传文件的人太多") {
		t.Errorf("one more: %d %s", status, text)
	}
	if status, _ = post(t, addr, "/none", "text/plain", nil); status != 404 {
		t.Errorf("everybody else: %d", status)
	}
	close(leave)
}

func TestADownloadIsSavedNotShown(t *testing.T) {
	h := newHouse(t, func(c *page.Config) { c.Deadline, c.WriteTimeout = 50*time.Millisecond, time.Second })
	want := strings.Repeat("<script>alert(1)</script>", 100_000)
	h.App.Get("/original", func(c *fiber.Ctx) error {
		return h.Send(c, func(ctx context.Context) (page.Download, error) {
			in := strings.NewReader(want)
			return page.Download{Name: "附件.pdf", Type: "application/pdf", Size: int64(len(want)), Reader: alive{ctx.Err, in}}, nil
		})
	})
	h.App.Get("/gone", func(c *fiber.Ctx) error {
		return h.Send(c, func(context.Context) (page.Download, error) { return page.Download{}, evidence.ErrNotFound })
	})
	addr := h.listen()
	resp, err := http.Get("http://" + addr + "/original")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || string(b) != want {
		t.Errorf("%d bytes of %d, %v", len(b), len(want), err)
	}
	for name, want := range map[string]string{
		"Content-Disposition": "attachment; filename*=utf-8''%E9%99%84%E4%BB%B6.pdf", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Content-Type": "application/pdf", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if a := h.get("/gone"); a.StatusCode != 404 || !strings.Contains(string(a.body), "没有找到这个文件") {
		t.Errorf("gone: %d %s", a.StatusCode, a.body)
	}
}

// alive is a reader that reads only as long as nothing has ended.
type alive struct {
	ended func() error
	io.Reader
}

func (a alive) Read(p []byte) (int, error) {
	if err := a.ended(); err != nil {
		return 0, err
	}
	return a.Reader.Read(p)
}

func TestEveryRefusalSaysWhatToSendInstead(t *testing.T) {
	for _, why := range evidence.Whys() {
		if text := page.RefusedFile(why); !strings.HasSuffix(text, "。") || !strings.Contains(text, "请") {
			t.Errorf("%s: %q", why, text)
		}
	}
}
