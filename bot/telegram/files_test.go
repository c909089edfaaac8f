package telegram

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"yangguang/bot/telegram/telegramtest"
	"yangguang/complaint"
)

// picture is a small photograph, another for each shade.
func picture(t *testing.T, shade uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range img.Pix {
		img.Pix[i] = shade + uint8(i%7)
	}
	img.Set(1, 1, color.Gray{shade})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *world) files(chat int64) []complaint.Evidence {
	w.t.Helper()
	turn, err := w.clerk.Look(w.t.Context(), conversation(chat))
	if err != nil {
		w.t.Fatal(err)
	}
	return turn.Talk.Files()
}

// A photograph before anything was said begins a draft; it is kept as it is and
// goes with the case.
func TestAPhotoFirst(t *testing.T) {
	w := newWorld(t)
	const chat = 21
	body := picture(t, 9)
	w.api.Photo(chat, body, "", "")
	w.says(chat, "收好了 1 个文件", "只收办这件事", "发生了什么事")
	w.write(chat, story, "我这样理解")
	w.press(chat, "对，下一步", "要留姓名吗")
	w.press(chat, "不留姓名", "请核对")
	w.press(chat, "提交", "已经提交")
	v, err := w.office.Open(t.Context(), "first", w.cases()[0].Number)
	if err != nil || len(v.Case.Evidence) != 1 || v.Case.Evidence[0].Size != int64(len(body)) || !v.Case.Evidence[0].Clean {
		t.Fatalf("the case has %+v, %v", v.Case.Evidence, err)
	}
	w.api.Photo(chat, picture(t, 10), "", "")
	w.says(chat, "这件已经提交了，这个文件没有收", address+"/receipt")
}

// A photograph with its story, and one whose text is turned away: it is kept,
// the number is not.
func TestAPhotoWithWords(t *testing.T) {
	w := newWorld(t)
	const chat = 22
	w.api.Photo(chat, picture(t, 1), "", story)
	w.says(chat, "收好了 1 个文件", "我这样理解", "改志愿")
	w.api.Photo(chat, picture(t, 2), "", "我电话 13812345678")
	w.says(chat, "收好了 1 个文件，这份一共有 2 个", "没有收", "我这样理解")
	w.api.Photo(chat, picture(t, 3), "", "不想活了")
	w.says(chat, "先打电话")
	if n := len(w.files(chat)); n != 3 {
		t.Errorf("%d files are kept", n)
	}
}

// An album is answered once, with what was kept and, of each that was not, why.
func TestAlbum(t *testing.T) {
	w := newWorld(t)
	const chat = 23
	w.write(chat, story, "我这样理解")
	for shade := range uint8(3) {
		w.api.Photo(chat, picture(t, 10*shade), "album", "")
	}
	w.api.Document(chat, []byte("PK\x03\x04 an archive with something in it"), 0, "album")
	w.api.Document(chat, picture(t, 90), 21<<20, "album") // so it is announced
	m := w.says(chat, "收好了 3 个文件，这份一共有 3 个", "有一个没有收：原因", "超过 20 MB", "我这样理解")
	if strings.Count(m.Text, "有一个没有收") != 2 {
		t.Errorf("said:\n%s", m.Text)
	}
	w.settled()
	w.quiet(chat)
	if n := len(w.files(chat)); n != 3 {
		t.Errorf("%d files are kept", n)
	}
	// The tenth finds no room, and says so.
	for shade := range uint8(7) {
		w.api.Photo(chat, picture(t, 100+10*shade), "more", "")
	}
	w.says(chat, "收好了 6 个文件，这份一共有 9 个", "有一个没有收")
}

// A download that fails is tried again; one that Telegram does not hand out is
// said not to have come.
func TestFileFaults(t *testing.T) {
	w := newWorld(t)
	const chat = 24
	w.write(chat, story, "我这样理解")
	w.api.Break(telegramtest.Fault{Method: "file", Times: 1, HTML: true})
	w.api.Photo(chat, picture(t, 1), "", "")
	w.says(chat, "收好了 1 个文件")
	w.api.Break(telegramtest.Fault{Method: "getFile", Times: 1, Cut: true})
	w.api.Photo(chat, picture(t, 2), "", "")
	w.says(chat, "收好了 1 个文件，这份一共有 2 个")
	w.api.Message(chat, telegramtest.Object{"document": telegramtest.Object{"file_id": "unknown", "file_unique_id": "u", "file_size": 5}})
	w.says(chat, "没有取到")
	w.api.Photo(chat, picture(t, 2), "", "") // the same again is the same
	w.says(chat, "这份一共有 2 个")
}
