package redisstore

import (
	"reflect"
	"testing"

	"yangguang/bot"
	"yangguang/complaint"
)

func TestWordsAreReadAsTheyWereWritten(t *testing.T) {
	for _, s := range []bot.Session{
		{},
		{Seen: []string{""}},
		{Key: complaint.Key{Wrapped: []byte{0, 255}}, Sealed: []byte("sealed"), Seen: []string{"00ff10", "00FF10", "0", "表单·1", "not hex!"}},
		{Sealed: make([]byte, 300), Seen: []string{"0123456789abcdef0123456789abcdef", string(make([]byte, 200))}},
	} {
		got := bot.Session{Key: complaint.Key{Wrapped: []byte{}}}
		if err := unpack(string(pack(s)), &got); err != nil {
			t.Errorf("%q: %v", s.Seen, err)
		}
		if s.Sealed == nil {
			s.Sealed = []byte{}
		}
		if s.Key.Wrapped == nil {
			s.Key.Wrapped = []byte{}
		}
		if !reflect.DeepEqual(got, s) {
			t.Errorf("read %+v, want %+v", got, s)
		}
	}
}

// Whatever lies in Redis, reading it ends, and says so when it is odd.
func FuzzUnpack(f *testing.F) {
	f.Add(string(pack(bot.Session{Sealed: []byte("x"), Seen: []string{"ab", "c"}})))
	f.Add("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, b string) {
		var s bot.Session
		if unpack(b, &s) != nil {
			return
		}
		var again bot.Session
		if err := unpack(string(pack(s)), &again); err != nil || len(again.Seen) != len(s.Seen) {
			t.Errorf("%q was read as %+v, and that as %+v, %v", b, s, again, err)
		}
	})
}
