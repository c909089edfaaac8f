package main

import (
	"errors"
	"fmt"
	"io"

	"yangguang/calendar"
	"yangguang/content"
)

var (
	errRealData = errors.New("the record is real")
	errDemoData = errors.New("the record is the demonstration's")
)

// mixed says what stands where the other is wanted.
func mixed(real bool) error {
	if real {
		return errRealData
	}
	return errDemoData
}

// demoYear is the year in which the demonstration's city lives: that in which
// its data folder was made.
func (h *house) demoYear() int {
	if years := h.board.Snapshot().Years(content.TypeTarget); len(years) > 0 {
		return years[0]
	}
	return calendar.DateOf(h.now()).Year()
}

// tellDemo says what whoever opened the demonstration should know.
func (h *house) tellDemo(w io.Writer, set settings) {
	fmt.Fprintln(w, "这是演示：示例市的学校、文件、数字、电话和投诉都是编的。")
	if receipt, err := demoReceipt(demoGuest); err == nil {
		fmt.Fprintf(w, "来信人的一张查询码，在 /receipt 里用：%s\n", receipt.Reveal())
	}
	if year := h.demoYear(); year < calendar.DateOf(h.now()).Year() {
		fmt.Fprintf(w, "演示城市停在%d年。要看今年的，先停下，删掉 %s 文件夹，再打开。\n", year, set.data)
	}
}
