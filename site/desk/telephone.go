package desk

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/page"
)

// telephonePage is the form in which an officer enters what somebody says by
// telephone.
type telephonePage struct {
	frame
	Fields        []field
	Values, Lacks map[string]string
	// Draft and Code make the form one case, however often it is sent.
	Draft, Code string
	Wrong, Help string
}

func (p telephonePage) options(g field) []option { return g.options(nil) }

// mark stands before the drafts of officers, apart from those of citizens.
const mark = "tel-"

func (d *Desk) telephone(v *visit) (templ.Component, error) {
	if !v.frame.takesCalls() {
		return nil, complaint.ErrNotYours // before anything is typed
	}
	receipt, err := complaint.NewReceipt(rand.Reader)
	if err != nil {
		return nil, err
	}
	return telephoneView(v.telephonePage(mark+rand.Text(), receipt.Reveal())), nil
}

func (v *visit) telephonePage(draft, code string) telephonePage {
	p := telephonePage{frame: v.frame, Fields: v.telephoneFields(), Draft: draft, Code: code, Values: map[string]string{}, Lacks: map[string]string{}}
	p.Title, p.Here = "登记来电", "/desk/new"
	return p
}

// telephoneFields are what is asked, whom it is against early: a complaint
// against the bureau itself is told where to go before the story is written.
func (v *visit) telephoneFields() []field {
	list := func(name, label string, all []option) field {
		return field{Name: name, Label: label, options: func(*file) []option { return all }}
	}
	out := []field{list("kind", "是什么事", kinds(func(p complaint.Profile) bool { return p.Kept && !p.NeedsAbout || p.Kind == complaint.AgainstBureau }))}
	for _, g := range accusedFields() {
		if strings.HasPrefix(g.Name, "place") {
			g.options = func(*file) []option { return places(v.Snapshot) }
		}
		g.before = nil
		out = append(out, g)
	}
	named := list("identity", "来电人愿意留姓名吗", []option{{string(complaint.Anonymous), "不留姓名"}, {string(complaint.Sealed), "留姓名，封存，经同意才打开"}, {string(complaint.ByName), "留姓名"}})
	age := list("age", "来电人多大", []option{{"adult", "成年人"}, {"minor", "14到17岁"}, {"child", "不满14岁（只能不留姓名）"}})
	danger := list("danger", "有没有人有危险", []option{{"", "没有"}, {"yes", "可能有：被打、被关、失联、不想活"}})
	return append(
		out,
		field{Name: "named", Label: "来电人说的名字（学校、老师、中介）", Optional: true},
		field{Name: "words", Label: "来电人说了什么", Long: true, Help: "照来电人的话记：什么时候、在哪里、谁、怎么说的、想要什么结果。"},
		danger, age, named,
		field{Name: "name", Label: "姓名", Optional: true},
		field{Name: "phone", Label: "电话", Optional: true, Numeric: true},
	)
}

// enterCall keeps the complaint and shows the code once, to be read to the
// caller; or says where it belongs, and keeps nothing.
func (d *Desk) enterCall(v *visit) (templ.Component, error) {
	receipt, err := complaint.ParseReceipt(v.form("code"))
	id := v.form("draft")
	if err != nil || !strings.HasPrefix(id, mark) || len(id) > 64 {
		return nil, complaint.ErrIncomplete
	}
	p := v.telephonePage(id, receipt.Reveal())
	p.Lacks = form{Fields: p.Fields}.lacks(press{nil, v.form})
	draft := v.called(id, receipt, p.Lacks)
	var filed complaint.Filed
	err = complaint.ErrIncomplete
	if len(p.Lacks) == 0 || draft.Kind == complaint.AgainstBureau {
		filed, err = d.Office.Telephone(v.ctx, v.ID, draft)
	}
	if refusal, ok := errors.AsType[*complaint.Refusal](err); ok {
		return v.refused(refusal), nil
	}
	if err == nil {
		return enteredView(enteredPage{v.frame, filed.Number, receipt.Reveal(), v.office(filed.Route.Unit)}), nil
	}
	why := page.ProblemOf(err)
	if why.Status >= http.StatusInternalServerError {
		return nil, err
	}
	v.status, p.Wrong, p.Help = why.Status, why.Text, why.Help
	for _, g := range p.Fields {
		p.Values[g.Name] = v.form(g.Name)
	}
	return telephoneView(p), nil
}

// called is the draft of what was typed; what is lacking it adds to lacks.
func (v *visit) called(id string, receipt complaint.Receipt, lacks map[string]string) complaint.Draft {
	draft := complaint.Draft{
		ID: id, Receipt: receipt, Key: v.desk.Mint(id), Kind: complaint.Kind(v.form("kind")), Accused: accusedTyped(v.form),
		Urgent: v.form("danger") != "", Minor: v.form("age") == "minor", Under14: v.form("age") == "child",
		Identity: complaint.Identity(v.form("identity")), Words: []byte(v.form("words")), AccusedName: []byte(v.form("named")),
	}
	if p, _ := draft.Kind.Profile(); p.Kept && len(p.Against) > 0 && len(draft.Accused) == 0 {
		lacks["accused1"] = "请选反映的是谁；不知道是谁，也有这一项。"
	}
	switch {
	case draft.Identity == complaint.Anonymous:
	case draft.Under14:
		lacks["identity"] = "不满14岁的，不留姓名。"
	case v.form("name") == "":
		lacks["name"] = "请写姓名，或者改成不留姓名。"
	default:
		// Two strings always encode.
		draft.Who, _ = json.Marshal(who{Name: v.form("name"), Phone: v.form("phone")})
	}
	return draft
}

// enteredPage is what the officer reads to the caller.
type enteredPage struct {
	frame
	Number complaint.Number
	Code   string
	Unit   string
}

// refusedPage is where a complaint belongs that is not received here.
type refusedPage struct {
	frame
	Text string
	To   []address
}

type address struct {
	Name string
	Call *content.Contact
}

func (v *visit) refused(r *complaint.Refusal) templ.Component {
	v.status = http.StatusUnprocessableEntity
	p := refusedPage{frame: v.frame, Text: v.Say("refusal", string(r.Why), nil)}
	for _, to := range r.To {
		name, call := v.Authority(string(to))
		p.To = append(p.To, address{name, call})
	}
	return refusedView(p)
}
