package content

import "testing"

func TestProhibitions(t *testing.T) {
	p := &Policy{Blocks: []Block{
		{ID: "s2", Kind: Heading, Text: "二、严禁事项"},
		{ID: "s2.p1", Kind: Paragraph, Text: "要严肃纪律。各县严禁对招生进行生源封锁和地方保护，严禁教师代填志愿，严禁索要、收受任何名义的经费或实物，严禁虚假招生宣传。"},
		{ID: "s3.p1", Kind: Paragraph, Text: "学制为3年。"},
	}}
	p.ID = "policy/x"
	want := []string{"各县严禁对招生进行生源封锁和地方保护", "严禁教师代填志愿", "严禁索要、收受任何名义的经费或实物", "严禁虚假招生宣传"}
	got := p.Prohibitions()
	if len(got) != len(want) {
		t.Fatalf("%d prohibitions, want %d: %v", len(got), len(want), got)
	}
	for i, g := range got {
		if g.Text != want[i] || g.Source.Link() != "/policies/x#s2.p1" {
			t.Errorf("prohibition %d = %q at %s, want %q at /policies/x#s2.p1", i, g.Text, g.Source.Link(), want[i])
		}
	}
}
