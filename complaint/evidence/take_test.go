package evidence_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/evidence"
)

// sound returns a file of that many bytes that is taken as it is, different for
// each n.
func sound(n, size int) []byte {
	out := bytes.Repeat(fmt.Appendf(nil, "%08d", n), size/8+1)
	copy(out, "#!AMR\n")
	return out[:size]
}

// endless gives a beginning and then the same byte for ever, and counts.
type endless struct {
	head io.Reader
	read int64
}

func (e *endless) Read(p []byte) (int, error) {
	n, _ := e.head.Read(p)
	for i := n; i < len(p); i++ {
		p[i] = 'x'
	}
	e.read += int64(len(p))
	return len(p), nil
}

func TestAFileOverTheLimitIsNotReadToItsEnd(t *testing.T) {
	for head, want := range map[string]evidence.Why{
		"\xff\xd8\xff\xe0": evidence.PictureTooLarge, "%PDF-1.4": evidence.PDFTooLarge, "#!AMR\n": evidence.AudioTooLong, media("isom"): evidence.VideoTooLong,
	} {
		r := newRoom(t)
		in := &endless{head: strings.NewReader(head)}
		_, err := r.Take(t.Context(), r.ring.Mint("draft"), in)
		if got := refused(err); got != want || r.vault.Files() != 0 {
			t.Errorf("%q: %s, want %s; %d files", head, got, want, r.vault.Files())
		}
		if in.read > evidence.MaxSize+64<<10 {
			t.Errorf("%q: %d bytes were read", head, in.read)
		}
	}
}

func TestTheLimitItselfIsTaken(t *testing.T) {
	r := newRoom(t)
	key := r.ring.Mint("draft")
	// Whole chunks, a byte less and a byte more: none is lost at the seams.
	for n, size := range []int{evidence.MaxSize, 256 << 10, 256<<10 - 1, 256<<10 + 1, 512 << 10, 512, 513, 6} {
		file := sound(n, size)
		e := r.take(key, file)
		if got := r.original(r.folder(key), e.ID); !bytes.Equal(got, file) || e.Size != int64(size) {
			t.Errorf("of %d bytes %d came back", size, len(got))
		}
	}
	if _, err := r.Take(t.Context(), key, bytes.NewReader(sound(9, evidence.MaxSize+1))); refused(err) != evidence.AudioTooLong {
		t.Errorf("a byte more: %v", err)
	}
}

func TestTheTenthFileIsRefused(t *testing.T) {
	r := newRoom(t)
	key := r.ring.Mint("draft")
	for n := range evidence.MaxFiles {
		r.take(key, sound(n, 100))
	}
	_, err := r.Take(t.Context(), key, bytes.NewReader(sound(9, 100)))
	if refused(err) != evidence.TooMany || r.vault.Files() != evidence.MaxFiles {
		t.Errorf("the tenth: %v; %d files", err, r.vault.Files())
	}
	// A file that is there already is not a tenth, and another draft has its own.
	if e := r.take(key, sound(3, 100)); e != r.folder(key).Evidence[3] {
		t.Errorf("the fourth again: %+v", e)
	}
	r.take(r.ring.Mint("other"), sound(9, 100))
	if err := r.Remove(t.Context(), "draft", r.folder(key).Evidence[0].ID); err != nil {
		t.Fatal(err)
	}
	r.take(key, sound(9, 100))
}

func TestOfManyAtOnceNineAreKept(t *testing.T) {
	r := newRoom(t)
	key := r.ring.Mint("draft")
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			if _, err := r.Take(t.Context(), key, bytes.NewReader(sound(n, 300<<10))); err != nil && refused(err) != evidence.TooMany {
				t.Error(err)
			}
		})
	}
	all.Wait()
	f := r.folder(key)
	if len(f.Evidence) != evidence.MaxFiles || r.vault.Files() != evidence.MaxFiles {
		t.Errorf("%d are kept, %d are there", len(f.Evidence), r.vault.Files())
	}
	for _, e := range f.Evidence {
		if got := r.original(f, e.ID); int64(len(got)) != e.Size {
			t.Errorf("%s is %d bytes", e.ID, len(got))
		}
	}
}

// Cut off where it may be, nothing is left that counts or takes room.
func TestAConnectionThatIsCutLeavesNothing(t *testing.T) {
	cut := errors.New("cut")
	photo := asJPEG(t, painting(700, 700))
	for _, file := range [][]byte{photo, sound(1, 600<<10)} {
		for _, n := range []int{0, 3, 512, 513, len(file) / 2, len(file)} {
			r := newRoom(t)
			key := r.ring.Mint("draft")
			ctx, cancel := context.WithCancel(t.Context())
			_, err := r.Take(ctx, key, io.MultiReader(bytes.NewReader(file[:n]), failing(func() error { cancel(); return cut })))
			if !errors.Is(err, cut) || r.vault.Files() != 0 {
				t.Errorf("cut after %d of %d bytes: %v; %d files", n, len(file), err, r.vault.Files())
			}
		}
	}
}

type failing func() error

func (f failing) Read([]byte) (int, error) { return 0, f() }

// torn is a vault that fails at its n-th call.
type torn struct {
	evidence.Vault
	left int
}

var errTorn = errors.New("torn")

func (v *torn) fails() error {
	if v.left--; v.left < 0 {
		return errTorn
	}
	return nil
}

func (v *torn) Put(ctx context.Context, c evidence.Chunk) error {
	return errors.Join(v.fails(), v.Vault.Put(ctx, c))
}

func (v *torn) Chunk(ctx context.Context, draft string, at evidence.Place) (evidence.Chunk, error) {
	if err := v.fails(); err != nil {
		return evidence.Chunk{}, err
	}
	return v.Vault.Chunk(ctx, draft, at)
}

func (v *torn) Keep(ctx context.Context, draft string, e complaint.Evidence, most int, at time.Time) (complaint.Evidence, error) {
	if err := v.fails(); err != nil {
		return complaint.Evidence{}, err
	}
	return v.Vault.Keep(ctx, draft, e, most, at)
}

// A vault that fails is not the picture's fault.
func TestAVaultThatFailsIsNoRefusal(t *testing.T) {
	photo := withEXIF(asJPEG(t, painting(64, 64)), binary.LittleEndian, 6)
	for n := range 20 {
		r := newRoom(t)
		cabinet := evidence.NewCabinet(&torn{r.vault, n}, r.ring, r.book, func() time.Time { return r.now })
		_, err := cabinet.Take(t.Context(), r.ring.Mint("draft"), bytes.NewReader(photo))
		if err == nil {
			if n < 5 {
				t.Errorf("a picture is kept in %d calls", n)
			}
			return
		}
		if !errors.Is(err, errTorn) || errors.As(err, new(*evidence.Refused)) || r.vault.Files() != 0 {
			t.Errorf("call %d fails: %v; %d files", n, err, r.vault.Files())
		}
	}
	t.Error("it never came to an end")
}

func TestChunksOpenInTheirPlaceOnly(t *testing.T) {
	original := func(id string, n int) evidence.Place {
		return evidence.Place{File: id, Copy: evidence.Original, N: n}
	}
	for name, tamper := range map[string]func(r *room, a, b string){
		"swapped":         func(r *room, a, _ string) { r.vault.Swap(original(a, 0), original(a, 1)) },
		"of another file": func(r *room, a, b string) { r.vault.Swap(original(a, 1), original(b, 1)) },
		"of another copy": func(r *room, a, _ string) {
			r.vault.Swap(original(a, 0), evidence.Place{File: a, Copy: evidence.Clean})
		},
		"the last cut off":     func(r *room, a, _ string) { r.vault.Cut(a, evidence.Original, 2, false) },
		"cut off and said so":  func(r *room, a, _ string) { r.vault.Cut(a, evidence.Original, 2, true) },
		"cut off to the first": func(r *room, a, _ string) { r.vault.Cut(a, evidence.Original, 1, true) },
	} {
		r := newRoom(t)
		key := r.ring.Mint("draft")
		photo := append(asJPEG(t, painting(64, 64)), bytes.Repeat([]byte("x"), 600<<10)...)
		a, b := r.take(key, photo), r.take(key, sound(1, 600<<10))
		tamper(r, a.ID, b.ID)
		f := r.folder(key)
		f.Opened = a.ID
		o, err := r.Original(t.Context(), f)
		if err == nil {
			_, err = io.Copy(io.Discard, o)
		}
		if !errors.Is(err, evidence.ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

func TestAFileIsOpenedFromItsFolderOnly(t *testing.T) {
	r := newRoom(t)
	key, other := r.ring.Mint("draft"), r.ring.Mint("other")
	e := r.take(key, asJPEG(t, painting(64, 64)))
	mine, theirs := r.folder(key), r.folder(other)
	theirs.Opened = e.ID
	if _, err := r.Original(t.Context(), theirs); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("from another folder: %v", err)
	}
	if _, err := r.Picture(t.Context(), theirs, e.ID); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("a picture from another folder: %v", err)
	}
	theirs.Evidence = mine.Evidence // though it be named there
	if _, err := r.Original(t.Context(), theirs); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("with another key: %v", err)
	}
	if _, err := r.Original(t.Context(), mine); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("without a reason given: %v", err)
	}
	gone := mine
	gone.Key.Wrapped, gone.Opened = nil, e.ID
	if _, err := r.Original(t.Context(), gone); !errors.Is(err, complaint.ErrErased) {
		t.Errorf("with a key that was destroyed: %v", err)
	}
	if _, err := r.Picture(t.Context(), gone, e.ID); !errors.Is(err, complaint.ErrErased) {
		t.Errorf("a picture with a key that was destroyed: %v", err)
	}
}

func TestTheFilesOfACaseAreNotDropped(t *testing.T) {
	r := newRoom(t)
	filing := complainttest.Filing(1, complaint.Route{Unit: "410800", Lane: complaint.Ordinary})
	filed, open := r.ring.Mint(filing.Draft), r.ring.Mint("open")
	e, f := r.take(filed, sound(1, 100)), r.take(open, sound(2, 100))
	if _, err := r.book.File(t.Context(), filing); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{r.Drop(t.Context(), filing.Draft), r.Remove(t.Context(), filing.Draft, e.ID)} {
		if !errors.Is(err, evidence.ErrFiled) {
			t.Errorf("%v, want ErrFiled", err)
		}
	}
	if err := errors.Join(r.Remove(t.Context(), "open", f.ID), r.Drop(t.Context(), "open")); err != nil {
		t.Error(err)
	}
	if got := r.folder(filed).Evidence; !slices.Equal(got, []complaint.Evidence{e}) || r.vault.Files() != 1 {
		t.Errorf("kept are %+v, %d files", got, r.vault.Files())
	}
}

func TestWhatNeverArrivedIsSwept(t *testing.T) {
	r := newRoom(t)
	r.take(r.ring.Mint("draft"), sound(1, 100))
	if err := r.vault.Begin(t.Context(), "draft", "crashed", r.now); err != nil {
		t.Fatal(err)
	}
	r.now = r.now.Add(59 * time.Minute)
	if n, err := r.Sweep(t.Context()); n != 0 || err != nil || r.vault.Files() != 2 {
		t.Errorf("within the hour: swept %d, %v", n, err)
	}
	r.now = r.now.Add(2 * time.Minute)
	if n, err := r.Sweep(t.Context()); n != 1 || err != nil || r.vault.Files() != 1 {
		t.Errorf("after it: swept %d, %v", n, err)
	}
}

// Pictures are decoded one at a time, and who waits can give up.
func TestWhoWaitsForTheLampCanGiveUp(t *testing.T) {
	r := newRoom(t)
	blocked, leave := make(chan struct{}), make(chan struct{})
	slow := evidence.NewCabinet(&holding{r.vault, blocked, leave}, r.ring, r.book, func() time.Time { return r.now })
	var first sync.WaitGroup
	first.Go(func() {
		if _, err := slow.Take(t.Context(), r.ring.Mint("first"), bytes.NewReader(asJPEG(t, painting(64, 64)))); err != nil {
			t.Error(err)
		}
	})
	<-blocked
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := slow.Take(ctx, r.ring.Mint("second"), bytes.NewReader(asJPEG(t, painting(32, 32)))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the second: %v", err)
	}
	close(leave)
	first.Wait()
	if r.vault.Files() != 1 {
		t.Errorf("%d files", r.vault.Files())
	}
}

// holding is a vault that holds up whoever reads first.
type holding struct {
	evidence.Vault
	blocked, leave chan struct{}
}

func (v *holding) Chunk(ctx context.Context, draft string, at evidence.Place) (evidence.Chunk, error) {
	select {
	case <-v.leave:
	default:
		v.blocked <- struct{}{}
		<-v.leave
	}
	return v.Vault.Chunk(ctx, draft, at)
}
