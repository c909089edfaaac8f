package form

import (
	"slices"
	"strings"

	"yangguang/pattern"
)

// rowKind says what a row below the head is.
type rowKind byte

const (
	dataRow rowKind = iota
	// sumRow adds up others.
	sumRow
	// groupRow is a heading over a group of rows.
	groupRow
	// noteRow is a remark, or who filled the table in.
	noteRow
	// sameRow is the head or the title again, on a new page, or a blank row.
	sameRow
)

// sort says of each row below the head what it is.
func (t *tab) sort() {
	t.kinds = make([]rowKind, len(t.rows))
	ended := false // nothing but notes follow
	for row := t.head.to; row < len(t.rows); row++ {
		kind := t.kind(row)
		if kind == noteRow {
			t.note(row)
		}
		if kind == dataRow && ended && t.words(row) == 1 {
			kind = noteRow
			t.note(row)
		}
		ended = ended && kind != dataRow || kind == noteRow
		t.kinds[row] = kind
	}
}

func (t *tab) words(row int) int {
	words := map[string]bool{}
	for column := range t.rows[row].Cells {
		if s := t.text(row, column); s != "" {
			words[s] = true
		}
	}
	return len(words)
}

func (t *tab) kind(row int) rowKind {
	first, one := t.first(row)
	switch {
	case first == "", t.again(row), one && t.said(first):
		return sameRow
	case t.isSum(row):
		return sumRow
	case isNote(first) && (one || !t.hasFigure(row)):
		return noteRow
	case one && isGroup(first):
		return groupRow
	case one && len([]rune(first)) > 24:
		return noteRow
	case t.head.form == &bulletinForm && isDerived(first):
		return sameRow
	}
	return dataRow
}

// first returns the first text of a row, and whether it is the only one.
func (t *tab) first(row int) (first string, one bool) {
	one = true
	for column := range t.rows[row].Cells {
		s := t.text(row, column)
		switch {
		case s == "":
		case first == "":
			first = s
		case s != first:
			return first, false
		}
	}
	return first, one
}

// again: a row of the head stands there again.
func (t *tab) again(row int) bool {
	for of := t.head.from; of < t.head.to; of++ {
		same := 0
		for column := range t.rows[row].Cells {
			s := t.text(row, column)
			if s == "" {
				continue
			}
			if strip(s) != strip(t.text(of, column)) {
				same = 0
				break
			}
			same++
		}
		if same > 1 {
			return true
		}
	}
	return false
}

// said: the title again, or the number of a page.
func (t *tab) said(s string) bool {
	return slices.Contains(t.over.lines, s) || pageMark.MatchString(strip(s))
}

var (
	pageMark = pattern.New(`^(续表|[(（]续[^)）]*[)）]|接上[页表]|转下页|第\d+页.*|[-—]\d+[-—])$`)
	notes    = pattern.New(`^(注|备注|说明|附注|注意|提示|填表说明|填报说明|其他说明)\d*[:：、.]|^[(（]?注\d*[:：)）]|^(填表|填报|制表|制作|审核|复核|审批|联系|经办|报送|上报|单位|部门|学校|分管|主管|校长|局长|签发|统计|监督|咨询|举报|招生)(人|者|员|单位|电话|日期|时间|负责人|领导|方式|办|办公室|名称|科|科室|咨询电话|举报电话)?(签字|签名|签章|盖章|姓名)?[(（]?(盖章|公章|签字|签名|签章)?[)）]?[:：]|^[(（]?(盖章|公章)[)）]?|^(日期|时间|电话|邮箱|地址)[:：]|^(截至|截止|数据来源|资料来源|来源)|^\*|^※|^注[^册]|^附[:：]`)
	groups   = pattern.New(`^[一二三四五六七八九十]+[、.．]|^[(（][一二三四五六七八九十\d]+[)）]|^(市属|市直|县属|区属|省属|部属|各县|县|公办|民办|普通|职业|成人|技工|其他)[^0-9]{0,12}(学校|中专|高中|院校|类|县市区|县区|（市、区）|\(市、区\)|（市）|市区|单位)$|^(公办|民办|市属|市直|县区|县市区|县（市、区）|县（市）|县\(市、区\)|县\(市\)|各县市区|各县（市、区）|各县\(市、区\)|区县)$|[:：]$`)
	derived  = pattern.New(`^(完成率|完成比例|完成百分比|差额|缺口|差距|增减|同比|占比|完成计划.*%?|完成进度|增长率|比上周|比上年)`)
)

func isNote(s string) bool    { return notes.MatchString(strip(s)) }
func isGroup(s string) bool   { return groups.MatchString(strip(s)) }
func isDerived(s string) bool { return derived.MatchString(strip(s)) }

// hasFigure reports whether a number stands under a head of numbers.
func (t *tab) hasFigure(row int) bool {
	for _, b := range t.head.blocks {
		for field, at := range b.at {
			if c := t.head.form.column(field); c.kind == figure && startsWithDigit(t.text(row, at)) {
				return true
			}
		}
	}
	return false
}

// note keeps a line below the table, and looks for who filled it in.
func (t *tab) note(row int) {
	t.notes = append(t.notes, t.line(row))
	for column := range t.rows[row].Cells {
		s := t.text(row, column)
		if s == "" || column > 0 && s == t.text(row, column-1) {
			continue
		}
		next := ""
		if strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") {
			next = t.text(row, column+1)
		}
		if contactName(s + next) {
			t.leak(row, column, contactPerson)
		}
	}
}

var contacts = pattern.New(`(?:填表|填报|制表|审核|复核|审批|联系|经办|签发|统计|负责|校长|局长|分管领导|单位负责|主管领导)(?:人|员|者)?(?:姓名|签字|签名)?(?:[(（](?:签字|签名|签章)[)）])?[:：]\s*([\p{Han}·]{2,4})`)

// contactName reports whether a line names who filled the table in; a blank to
// sign in is no name.
func contactName(s string) bool {
	for _, m := range contacts.FindAllStringSubmatch(stretched.ReplaceAllString(s, "$1$2"), -1) {
		if !strings.ContainsAny(m[1], "签盖章电话日期") && !strings.HasSuffix(m[1], "人") && !strings.HasSuffix(m[1], "科") && !strings.HasSuffix(m[1], "办") && !strings.HasSuffix(m[1], "局") && !strings.HasSuffix(m[1], "室") {
			return true
		}
	}
	return false
}

// A name of two characters is often stretched: 张　三.
var stretched = pattern.New(`([:：]\s*\p{Han})[ 　]+(\p{Han})(?:[ 　]|$)`)
