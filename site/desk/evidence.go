package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/complaint"
	"yangguang/complaint/evidence"
	"yangguang/site/page"
	"yangguang/staff"
)

// Files shows what citizens sent; an *evidence.Cabinet does.
type Files interface {
	// Picture returns the clean copy of a picture in the folder.
	Picture(ctx context.Context, f complaint.Folder, id string) (io.Reader, error)
	// Original returns the file for which a reason was given, as it was sent.
	Original(ctx context.Context, f complaint.Folder) (evidence.Opened, error)
}

// picture shows the clean copy of a picture: daily use, noted as a look.
func (d *Desk) picture(v *visit) (templ.Component, error) {
	n, err := v.number()
	if err != nil {
		return nil, err
	}
	f, err := d.Office.Folder(v.ctx, v.ID, n)
	if err != nil {
		return nil, err
	}
	r, err := d.Files.Picture(v.ctx, f, v.c.Params("id"))
	if err != nil {
		return nil, fileError(err)
	}
	v.mediaType = "image/jpeg"
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.Copy(w, r)
		return err
	}), nil
}

// original sends a file as the citizen sent it, to be saved, for a reason that
// is noted.
func (d *Desk) original(c *fiber.Ctx) error {
	seat, err := d.Door.Who(c.UserContext(), d.server.Cookie(c, session))
	if errors.Is(err, staff.ErrSignedOut) {
		return fiber.ErrUnauthorized
	}
	if err != nil {
		return err
	}
	n, err := complaint.ParseNumber(c.Params("number"))
	if err != nil {
		return complaint.ErrNotFound
	}
	why := complaint.Reason(posted(c, "reason"))
	f, err := d.Office.OpenOriginal(c.UserContext(), complaint.OfficerID(seat.Officer.ID), n, c.Params("id"), why)
	if err != nil {
		return err
	}
	return d.server.Send(c, func(ctx context.Context) (page.Download, error) {
		o, err := d.Files.Original(ctx, f)
		if err != nil {
			return page.Download{}, fileError(err)
		}
		at := slices.IndexFunc(f.Evidence, func(e complaint.Evidence) bool { return e.ID == o.Evidence.ID })
		return page.Download{
			Name: fmt.Sprintf("%s-%d%s", string(n), at+1, o.Format.Extension), Type: o.Format.Media, Size: o.Evidence.Size, Reader: o,
		}, nil
	})
}

// fileError: a file that is not there is not there for anybody.
func fileError(err error) error {
	if errors.Is(err, evidence.ErrNotFound) {
		return complaint.ErrNotFound
	}
	return err
}

// proof is a file of a case on its page.
type proof struct {
	Word, Path string
	// Picture: the clean copy can be shown.
	Picture bool
}

// proofs are the files of the case, in the order in which they came.
func (f *file) proofs() []proof {
	var out []proof
	for i, e := range f.Case.Evidence {
		out = append(out, proof{
			Word: fmt.Sprintf("第 %d 份：%s，%s", i+1, evidenceWords[e.Kind], sizeWord(e.Size)), Path: casePath(f.Number) + "/files/" + e.ID,
			Picture: e.Clean && f.desk.Files != nil,
		})
	}
	return out
}

func sizeWord(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
