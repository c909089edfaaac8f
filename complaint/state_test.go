package complaint_test

import (
	"testing"

	"yangguang/complaint"
)

func TestWhatTheCitizenReadsOfAState(t *testing.T) {
	want := map[complaint.State]string{
		"draft": "填写中", "submitted": "已收到", "need_info": "需补充材料", "merged": "已并入同类件", "referred": "已转出", "declined": "不予受理",
		"accepted": "已受理", "assigned": "已交办", "investigating": "办理中", "reply_draft": "办理中", "reviewing": "办理中",
		"replied": "已答复", "callback": "已答复，请评价", "rework": "重新办理", "closed": "已办结", "reexamination": "复查中", "final": "已终结",
	}
	if len(complaint.States()) != len(want) {
		t.Errorf("%d states, want %d", len(complaint.States()), len(want))
	}
	for _, s := range complaint.States() {
		if s.Chinese() != want[s] || want[s] == "" {
			t.Errorf("%s reads %q, want %q", s, s.Chinese(), want[s])
		}
	}
}
