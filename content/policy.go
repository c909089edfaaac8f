package content

import (
	"fmt"

	"yangguang/calendar"
)

// Policy is a document of the bureau, published whole.
type Policy struct {
	Meta
	Number string `json:"number"` // 文号
	Title  string `json:"title"`
	Issuer string `json:"issuer"`
	// Index is the 索引号; empty where the document was published without one.
	Index string `json:"index,omitempty"`
	// Signed is the 成文日期, Issued the 印发日期, Released the 发布日期 (zero
	// where it is not known).
	Signed   calendar.Date `json:"signed"`
	Issued   calendar.Date `json:"issued"`
	Released calendar.Date `json:"released"`
	// Validity is 有效, 已修改, 废止, 失效 or empty where nobody has said.
	Validity string `json:"validity,omitempty"`
	Subject  string `json:"subject,omitempty"`
	// Addressees, as printed.
	To string `json:"to,omitempty"`
	// BasedOn and the like name other documents in words; a document that is
	// on this site is linked by its Number.
	Relations []Relation `json:"relations,omitempty"`
	Blocks    []Block    `json:"blocks"`
	// Original is the document letter by letter, with the contact people's
	// names. It is shown at its own address only and never indexed.
	Original string `json:"original,omitempty"`
}

// Relation is a tie to another document.
type Relation struct {
	Kind   string `json:"kind"` // based_on, supersedes, interpreted_by
	Number string `json:"number,omitempty"`
	Title  string `json:"title"`
}

// BlockKind says what a block of text is.
type BlockKind string

// The kinds of block.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	TableOf   BlockKind = "table"
)

// Block is one heading, paragraph or table. ID never changes: the heading of
// section 3 is s3, its first paragraph s3.p1, the first annex's table annex1.
type Block struct {
	ID   string    `json:"id"`
	Kind BlockKind `json:"kind"`
	// Level of a heading, from 2 (the document's title is 1).
	Level int    `json:"level,omitempty"`
	Text  string `json:"text,omitempty"` // a table's caption
	Table *Table `json:"table,omitempty"`
}

// Table is a table as printed. Rows are numbered as in the printed annex: the
// caption is row 1, the heads are row 2, the first data row is row 3.
type Table struct {
	Heads []string   `json:"heads"`
	Rows  [][]string `json:"rows"`
	// Notes stand under the table.
	Notes []string `json:"notes,omitempty"`
}

// FirstRow is the printed number of a table's first data row.
const FirstRow = 3

// Address returns the printed address of a cell: Address(0, 1) is B3.
func Address(row, column int) string {
	return fmt.Sprintf("%c%d", 'A'+column, row+FirstRow)
}

// Cell returns the text of the cell at a printed address.
func (t *Table) Cell(address string) (string, bool) {
	for r, row := range t.Rows {
		for c, text := range row {
			if Address(r, c) == address {
				return text, true
			}
		}
	}
	return "", false
}

// Block returns the block of that id.
func (p *Policy) Block(id string) (*Block, bool) {
	for i := range p.Blocks {
		if p.Blocks[i].ID == id {
			return &p.Blocks[i], true
		}
	}
	return nil, false
}
