package book

func openXLSX(b []byte) (*Book, error) {
	_ = b
	return nil, refuse("这份表格读不出来。%s", saveAs)
}
