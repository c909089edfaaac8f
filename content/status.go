package content

// statusWords are what the statuses are called on pages and in sheets.
var statusWords = map[Status]string{
	Listed: "在名单", Warned: "警示", Restricted: "限制招生", Suspended: "暂停招生", Revoked: "撤销资格",
	Unlisted: "未列入", HRSS: "技工院校（人社部门公布）", Closed: "停办或合并", Unknown: "待核",
}

// StatusWord returns what a status is called.
func StatusWord(s Status) string { return statusWords[s] }
