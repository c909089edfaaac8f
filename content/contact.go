package content

import (
	"slices"
	"strconv"
	"strings"

	"yangguang/pattern"
)

// Contact is whom to call or where to look. A contact of a year is history and
// is shown as such.
type Contact struct {
	Meta
	Name string `json:"name"`
	// Phone or URL: a telephone, or a place on the web.
	Phone string `json:"phone,omitempty"`
	URL   string `json:"url,omitempty"`
	// Hours is when somebody answers, as far as a source says so.
	Hours string `json:"hours,omitempty"`
	Text  string `json:"text,omitempty"`
}

// The keys of the contacts that pages name.
const (
	Hotline    = "hotline-12345"
	Police     = "police-110"
	Ambulance  = "ambulance-120"
	AntiFraud  = "fraud-96110"
	Discipline = "discipline-12388"
	Distress   = "distress-12356"
	Youth      = "youth-12355"
	Platform   = "platform"
	// Supervision is the bureau's own telephone for complaints.
	Supervision = "supervision"
)

// indispensable are the contacts without which nobody in danger may be left.
var indispensable = []string{Hotline, Police, Ambulance}

// Contact returns the contact of that key: the current one, or the newest of
// those that are history.
func (s *Snapshot) Contact(key string) (*Contact, bool) {
	var found *Contact
	for _, c := range s.Contacts() {
		if c.ID.Key() != key {
			continue
		}
		if c.Year == 0 {
			return c, true
		}
		found = c
	}
	return found, found != nil
}

// contact: there is something to call or to open, and what a document gave is
// the one in its words.
func (c *checker) contact(i Item, k *Contact) {
	if k.Phone == "" && k.URL == "" {
		c.add(i, "phone", "电话和网站至少写一个。")
	}
	if k.URL != "" && !webAddress(k.URL) {
		c.add(i, "site", "“%s”不是网址。网址以 https:// 开头。", k.URL)
	}
	if k.Source.Policy != "" && !strings.Contains(k.Source.Quote, k.URL) {
		c.add(i, "site", "引用的原文里没有“%s”。", k.URL)
	}
	if k.Phone != "" && !dialled(k.Source.Quote, k.Phone) && (k.Source.Policy != "" || !dialled(k.Source.Title, k.Phone)) {
		c.add(i, "phone", "引用的原文里没有“%s”。号码要照出处抄，那句话抄进“原文”一栏。", k.Phone)
	}
}

var longNumber = pattern.New(`\d{3,}`)

// told: what is said beside a telephone is of its year and in its source, and
// names no telephone that is not in the list. A number in its name is its own.
func (c *checker) told(i Item, k *Contact) {
	c.text(i, "name", k.Name)
	c.text(i, "hours", k.Hours)
	c.text(i, "text", k.Text)
	c.telephones(i, "text", k.Text)
	for _, n := range longNumber.FindAllString(strings.ReplaceAll(k.Name, strconv.Itoa(k.Year)+"年", ""), -1) {
		if k.Phone != "" && !dialled(k.Phone, n) {
			c.add(i, "name", "名称里的“%s”和电话“%s”不一样。", n, k.Phone)
		}
	}
}

// dialled reports whether a text has the telephone whole: 12345 is not in
// 123456.
func dialled(text, phone string) bool {
	for at := 0; ; {
		n := strings.Index(text[at:], phone)
		if n < 0 {
			return false
		}
		from, to := at+n, at+n+len(phone)
		if (from == 0 || !isDigit(text[from-1])) && (to == len(text) || !isDigit(text[to])) {
			return true
		}
		at = from + 1
	}
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// contacts: a pack with telephones keeps those that pages rely on.
func (c *checker) contacts() {
	var keys []string
	file := ""
	for _, i := range c.pack.Items {
		if k, ok := i.Record.(*Contact); ok && k.Year == 0 {
			keys, file = append(keys, k.ID.Key()), i.Place.File
		}
	}
	for _, key := range indispensable {
		if len(keys) > 0 && !slices.Contains(keys, key) {
			c.found = append(c.found, Problem{file, "缺“" + key + "”这一行。有危险的人要靠它，不能删。"})
		}
	}
}
