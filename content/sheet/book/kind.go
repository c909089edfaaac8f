package book

import (
	"bytes"
	"unicode/utf16"
)

const saveAs = "请在 WPS 或 Excel 里打开，另存为 .xlsx 再用"

var errPassword = refuse("这份表格设了打开密码。请去掉密码，另存为 .xlsx 再用")

// kinds are files that are not read, by how they begin.
var kinds = []struct{ start, text string }{
	{"%PDF", "这是 PDF 文件，读不出表格。请找到做这份表的 .xlsx 文件"},
	{"{\\rtf", "这是 .rtf 文件，不是表格。请把表格复制到新的表格文件里，另存为 .xlsx"},
	{"\xff\xd8\xff", "这是图片，读不出表格。请找到做这份表的 .xlsx 文件"},
	{"\x89PNG", "这是图片，读不出表格。请找到做这份表的 .xlsx 文件"},
	{"GIF8", "这是图片，读不出表格。请找到做这份表的 .xlsx 文件"},
	{"Rar!", "这是压缩包。请解压以后，把里面的 .xlsx 文件拿来"},
	{"7z\xbc\xaf", "这是压缩包。请解压以后，把里面的 .xlsx 文件拿来"},
}

// named are what a file is by its name where its bytes don't tell.
var named = map[string]string{
	".xls": "这是 .xls 旧格式的表格。" + saveAs, ".et": "这是 WPS 的 .et 表格。" + saveAs,
	".xlsb": "这是 .xlsb 表格。" + saveAs, ".ods": "这是 .ods 表格。" + saveAs,
	".xlsx": "这个文件的名称是 .xlsx，内容却不是。" + saveAs, ".xlsm": "这是带宏的 .xlsm 表格。" + saveAs,
	".doc": "这是文字文档，不是表格。请把表格复制到新的表格文件里，另存为 .xlsx", ".docx": "这是文字文档，不是表格。请把表格复制到新的表格文件里，另存为 .xlsx",
	".wps": "这是文字文档，不是表格。请把表格复制到新的表格文件里，另存为 .xlsx", ".ofd": "这是 .ofd 版式文件，读不出表格。请找到做这份表的 .xlsx 文件",
	".pdf": "这是 PDF 文件，读不出表格。请找到做这份表的 .xlsx 文件",
}

// otherKind says what a file is that is neither XLSX nor CSV; ext is its name's
// end in small letters.
func otherKind(ext string, b []byte) error {
	if bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return oldKind(ext, b)
	}
	for _, k := range kinds {
		if bytes.HasPrefix(b, []byte(k.start)) {
			return refuse("%s", k.text)
		}
	}
	if text, ok := named[ext]; ok {
		return refuse("%s", text)
	}
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(b[:min(len(b), 512)], []byte("\xef\xbb\xbf"))))
	if bytes.HasPrefix(start, []byte("<")) {
		return refuse("这是网页或 XML 文件，不是表格。%s", saveAs)
	}
	if ext != ".csv" && ext != "" {
		return refuse("只能读 .xlsx 和 .csv 表格。%s", saveAs)
	}
	return nil
}

// oldKind tells the files of older office programs apart. A workbook with a
// password is one of them too: its parts are called EncryptedPackage.
func oldKind(ext string, b []byte) error {
	switch {
	case bytes.Contains(b, wide("EncryptedPackage")):
		return errPassword
	case bytes.Contains(b, wide("WordDocument")):
		return refuse("%s", named[".doc"])
	case ext == ".et":
		return refuse("%s", named[".et"])
	}
	return refuse("%s", named[".xls"])
}

// wide returns a name as those files spell it.
func wide(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}
