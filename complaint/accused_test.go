package complaint_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// A county can be accused of more than a blockade. It must be named, and then
// nobody of it sees the case.
func TestACountyThatIsAccused(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	for _, kind := range complaint.Kinds() {
		p, _ := kind.Profile()
		if !slices.Contains(p.Against, complaint.CountyItself) {
			continue
		}
		draft := d.draft()
		draft.Kind, draft.Accused = kind, []complaint.Accused{{Kind: complaint.CountyItself}}
		if _, err := d.File(t.Context(), draft); !errors.Is(err, complaint.ErrIncomplete) {
			t.Errorf("%s against a county without a name: %v, want ErrIncomplete", kind, err)
		}
		draft.Accused[0].Area = "410823"
		f := d.file(draft)
		if !slices.Contains(f.Route.Barred.Units, "410823") || !strings.HasPrefix(f.Route.Unit, "410800") {
			t.Errorf("%s against the county: %+v", kind, f.Route)
		}
	}
}
