package site

import (
	"context"
	"errors"
	"io"
	"slices"

	"yangguang/complaint"
	"yangguang/complaint/evidence"
	"yangguang/site/page"
)

// Cabinet keeps files; an *evidence.Cabinet is one.
type Cabinet interface {
	Take(ctx context.Context, key complaint.Key, r io.Reader) (complaint.Evidence, error)
	Remove(ctx context.Context, draft, id string) error
}

// takenFile is a file that is kept, or why it is not.
type takenFile struct {
	complaint.Evidence
	Why string
}

func refusedAny(files []takenFile) bool {
	return slices.ContainsFunc(files, func(f takenFile) bool { return f.Why != "" })
}

// keepFile keeps a file under the key of a draft or case, or says why not.
func (s *Site) keepFile(ctx context.Context, key complaint.Key, file io.Reader) (takenFile, error) {
	kept, err := s.cabinet.Take(ctx, key, file)
	if refused, ok := errors.AsType[*evidence.Refused](err); ok {
		return takenFile{Why: page.RefusedFile(refused.Why)}, nil
	}
	return takenFile{Evidence: kept}, err
}
