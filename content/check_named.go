package content

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yangguang/pattern"
)

// What a text names (a telephone, a unit's number, an annex, a document) is
// what the pack has under that name.

var called = pattern.New(`(?:^|打|或|者|、)(\d[\d-]{2,})(?:$|[^\d年月日人个%])`)

// telephones: whom a text says to call is in contacts.csv.
func (c *checker) telephones(i Item, field, text string) {
	var phones []string
	for _, other := range c.pack.Items {
		if k, ok := other.Record.(*Contact); ok && k.Phone != "" {
			phones = append(phones, k.Phone)
		}
	}
	for _, m := range called.FindAllStringSubmatch(plain(text), -1) {
		if len(phones) > 0 && !slices.Contains(phones, m[1]) {
			c.add(i, field, "contacts.csv 里没有“%s”这个电话。请核对号码。", m[1])
		}
	}
}

// ofUnits: a number beside a unit's name is that unit's target.
func (c *checker) ofUnits(i Item, field, text string) {
	text = plain(text)
	year := c.yearOf(i.Record.Head())
	for _, other := range c.pack.Items {
		t, ok := other.Record.(*Target)
		if !ok || year != 0 && t.Year != year || t.Number.State != HasValue {
			continue
		}
		u, ok := c.byID[ID("unit/"+t.Unit)].Record.(*Unit)
		if !ok || !strings.Contains(text, u.Name) {
			continue
		}
		beside := regexp.MustCompile(regexp.QuoteMeta(u.Name) + `(?:` + strconv.Itoa(t.Year) + `年)?(?:的?招生任务)?(?:是|为)?(\d+)人`)
		for _, m := range beside.FindAllStringSubmatch(text, -1) {
			if whole(m[1]) != t.Number.Value {
				c.add(i, field, "%s的招生任务是%d人，这里写的是%s人。", u.Name, t.Number.Value, m[1])
			}
		}
	}
}

var unitCount = pattern.New(`(\d+)(个县|所)`)

// howMany: so many counties and schools are those with a target in that year.
func (c *checker) howMany(i Item, field, text string) {
	year := c.yearOf(i.Record.Head())
	of := map[string]int{}
	for _, other := range c.pack.Items {
		t, ok := other.Record.(*Target)
		if !ok || t.Year != year {
			continue
		}
		switch u, _ := c.byID[ID("unit/"+t.Unit)].Record.(*Unit); {
		case u == nil:
		case u.Kind == County:
			of["个县"]++
		case u.Kind == MunicipalSchool:
			of["所"]++
		}
	}
	for _, m := range unitCount.FindAllStringSubmatch(plain(text), -1) {
		if n := of[m[2]]; n > 0 && n != whole(m[1]) {
			c.add(i, field, "“%s”：%d年有招生任务的是%d%s。", m[0], year, n, m[2])
		}
	}
}

var documentNumber = pattern.New(`〔\d{4}〕\d+号`)

// documents: a number of a document is that of one of the pack, of one it names
// itself, or of a source.
func (c *checker) documents(i Item, field, text string) {
	for _, number := range documentNumber.FindAllString(plain(text), -1) {
		if !slices.ContainsFunc(c.pack.Items, func(other Item) bool { return names(other.Record, number) }) {
			c.add(i, field, "“%s”不是内容包里的文件的文号。请核对。", number)
		}
	}
}

func names(r Record, number string) bool {
	if s := r.Head().Source; strings.Contains(s.Title, number) || strings.Contains(s.Quote, number) {
		return true
	}
	p, ok := r.(*Policy)
	return ok && (strings.Contains(p.Number, number) ||
		slices.ContainsFunc(p.Relations, func(r Relation) bool { return strings.Contains(r.Number, number) }))
}

var annexNumber = pattern.New(`附件(\d+)`)

// annex: the annex that a text names is the one it rests on, or where it rests
// on another place, one of the same document.
func (c *checker) annex(i Item, field, text string) {
	s := i.Record.Head().Source
	p, ok := c.byID[s.Policy].Record.(*Policy)
	if !ok {
		return
	}
	rests, _, _ := strings.Cut(s.Place, "!")
	for _, m := range annexNumber.FindAllStringSubmatch(plain(text), -1) {
		id := "annex" + m[1]
		if _, there := p.Block(id); !there || strings.HasPrefix(rests, "annex") && rests != id {
			c.add(i, field, "“%s”不是所依据的附件。请核对。", m[0])
		}
	}
}
