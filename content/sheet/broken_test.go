package sheet_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"yangguang/content"
	"yangguang/content/sheet"
)

// Each kind of break, with the place and what is said of it.
func TestBrokenPack(t *testing.T) {
	for name, c := range map[string]struct{ file, old, now, want string }{
		// targets
		"an unknown unit":          {"targets.csv", "410823,武陟县", "410899,武陟县", "targets.csv B5 (附件1 B6)：没有代码为“410899”的单位。"},
		"another unit's name":      {"targets.csv", "武陟县,3300", "温县,3300", "targets.csv C5 (附件1 B6)：代码“410823”的单位是“武陟县”，这里写的是“温县”。"},
		"a row twice":              {"targets.csv", "\n2022,410822,", "\n2022,410823,武陟县,3300,jiaojiaowen-2022-48#annex1!B6\n2022,410822,", "targets.csv 第6行 (附件1 B6)：和 targets.csv 第5行 重复"},
		"a row missing":            {"targets.csv", "2022,410823,武陟县,3300,jiaojiaowen-2022-48#annex1!B6\n", "", "(附件1 B6)：表格里的“武陟县”在 targets.csv 里没有。"},
		"the first row missing":    {"targets.csv", "2022,410882,沁阳市,2530,jiaojiaowen-2022-48#annex1!B3\n", "", "(附件1 B3)：表格里的“沁阳市”在 targets.csv 里没有。"},
		"a wrong total":            {"targets.csv", "合计,16164", "合计,16165", "targets.csv D13 (附件1 B14)：各行相加是 16164，合计写 16165，差 1。"},
		"no total":                 {"targets.csv", "2022,,合计,16164,jiaojiaowen-2022-48#annex1!B14\n", "", "targets.csv：2022 年没有合计行。"},
		"another row's cell":       {"targets.csv", "3300,jiaojiaowen-2022-48#annex1!B6", "3300,jiaojiaowen-2022-48#annex1!B7", "targets.csv E5 (附件1 B7)：附件的这一行是“博爱县”，这里写的是“武陟县”。"},
		"a number in words":        {"targets.csv", "武陟县,3300", "武陟县,三千三", "targets.csv D5 (附件1 B6)：“三千三”不是整数人数"},
		"an empty number":          {"targets.csv", "武陟县,3300", "武陟县,", "targets.csv D5 (附件1 B6)：“”不是整数人数"},
		"a comma in a wrong place": {"targets.csv", "武陟县,3300", `武陟县,"33,00"`, "targets.csv D5 (附件1 B6)：“33,00”不是整数人数"},
		"a sum wrong on paper":     {notice, "| 合计 | 16164", "| 合计 | 16165", notice + " 第60行 (附件1 B14)：表格各行相加是 16164，合计写 16165。"},
		// sources
		"no source":                     {"targets.csv", "3300,jiaojiaowen-2022-48#annex1!B6", "3300,", "targets.csv E5：缺出处。"},
		"an unknown document":           {"targets.csv", "3300,jiaojiaowen-2022-48", "3300,jiaojiaowen-2022-49", "targets.csv E5 (附件1 B6)：内容包里没有文件“jiaojiaowen-2022-49”。"},
		"an address without https":      {"laws.csv", "https://www.gjxfj", "www.gjxfj", "“www.gjxfj.gov.cn/”不是网址。"},
		"a clause that is not there":    {"rules.csv", "学3年。,3,3,,,jiaojiaowen-2022-48#s3.p1", "学3年。,3,3,,,jiaojiaowen-2022-48#s3.p9", "rules.csv J3：文件“jiaojiaowen-2022-48”里没有“s3.p9”这一处。"},
		"a cell that is not there":      {"targets.csv", "annex1!B6", "annex1!B66", "targets.csv E5 (附件1 B66)：文件“jiaojiaowen-2022-48”里没有“annex1!B66”这一处。"},
		"a quote that is not there":     {"rules.csv", "招收应届初中毕业学生，学制为3年", "招收应届初中毕业生，学制为3年", "rules.csv K3：“招收应届初中毕业生，学制为3年”不在 s3.p1 的原文里。"},
		"no quote":                      {"rules.csv", ",注册非全日制学籍的学生，学制最长为6年", ",", "rules.csv K6：缺原文。"},
		"a law that is not quoted here": {"faq.csv", "private-education-law#四十二", "private-education-law#四十四", "law_articles.csv 里没有中华人民共和国民办教育促进法第四十四条。"},
		"a law's words changed":         {"faq.csv", "private-education-law#四十二,民办学校的招生简章", "private-education-law#四十二,民办学校的所有简章", "不在中华人民共和国民办教育促进法第四十二条里。"},
		// dates, rules, aid, contacts
		"a day that does not exist":  {"key_dates.csv", "2022-11-20", "2022-11-31", "key_dates.csv D8：没有“2022-11-31”这一天。"},
		"a date in other writing":    {"key_dates.csv", "2022-11-20", "20.11.22", "key_dates.csv D8：“20.11.22”不是日期，应像 2022-11-20。"},
		"a date that is not quoted":  {"key_dates.csv", "2022-12-20", "2022-12-21", "key_dates.csv D9：引用的原文里没有“12月21日”。"},
		"a date of another year":     {"key_dates.csv", "2022-12-20", "2023-12-20", "key_dates.csv D9：2023-12-20 不在 2022 年。"},
		"a deadline on a Sunday":     {"key_dates.csv", "这一天是星期日。文件没有说遇到休息日可以顺延。", "", "key_dates.csv J8：11月20日是星期日。"},
		"other working days":         {"key_dates.csv", "建好学籍电子档案,,20", "建好学籍电子档案,,30", "key_dates.csv E7：引用的原文里没有“30个工作日”。"},
		"a day and working days":     {"key_dates.csv", "建好学籍电子档案,,20", "建好学籍电子档案,2022-09-30,20", "key_dates.csv D7：日期和工作日数要写一个，只写一个。"},
		"working days after nothing": {"key_dates.csv", ",20,新生办理入学手续", ",20,", "key_dates.csv F7：从哪件事起算？"},
		"years that are not quoted":  {"rules.csv", "学1年至3年。文件没有写怎样定是几年，请问学校。,1,3", "学1年至3年。文件没有写怎样定是几年，请问学校。,2,3", "rules.csv F5：引用的原文里没有“2年”。"},
		"a choice not quoted":        {"rules.csv", "5|6", "5|7", "rules.csv H4：引用的原文里没有“7年”。"},
		"who approves is not quoted": {"rules.csv", "5|6,省教育厅", "5|6,市教育局", "rules.csv I4：引用的原文里没有“市教育局”。"},
		"an amount nobody promised":  {"aid.csv", "不让一个新生因为经济困难放弃入学。", "每年补助 2000 元。", "aid.csv E3：“2000 元”在引用的原文里找不到。"},
		"a telephone with a slip":    {"contacts.csv", ",0391-2992835,", ",0391-2992836,", "contacts.csv D10：引用的原文里没有“0391-2992836”。"},
		"nothing to call":            {"contacts.csv", ",110,", ",,", "contacts.csv D3：电话和网站至少写一个。"},
		"the police left out":        {"contacts.csv", ",police-110,", ",police,", "contacts.csv：缺“police-110”这一行。"},
		"a platform without https":   {"contacts.csv", "https://zsp.", "zsp.", "contacts.csv E9：“zsp.zcj.jyt.henan.gov.cn/”不是网址。"},
		"a law on a front page":      {"laws.csv", "https://www.gov.cn/guoqing/2021-10/29/content_5647620.htm", "https://www.gov.cn/", "laws.csv E5：“https://www.gov.cn/”只是一个网站的首页"},
		"a law found at a document":  {"laws.csv", "https://www.gjxfj.gov.cn/", "https://www.gjxfj.gov.cn/a.htm", "laws.csv F6：写了“可查”，网址就要写那个网站的首页。"},
		// wordings
		"a name in braces changed":  {"wordings/letter.csv", "编号 {number}：已经受理", "编号 {numbre}：已经受理", "wordings/letter.csv 第7行：花括号里的名称要和原来的一样：{number}。"},
		"a wording nobody asks for": {"wordings/rating.csv", "neutral,", "so_so,", "wordings/rating.csv 第3行：不认识编号“so_so”。"},
		"a wording twice":           {"wordings/rating.csv", "neutral,", "satisfied,", "wordings/rating.csv A3：编号“satisfied”写了两次。"},
		"a wording without words":   {"wordings/rating.csv", "一般", "", "wordings/rating.csv B3：这一格不能空。"},
		"too much on a button":      {"wordings/talk.csv", "招生宣传骗人", "招生的时候宣传得和实际情况完全不一样而且怎么问都不肯承认", "太长了，最多24个字。"},
		"nobody to call":            {"wordings/authority.csv", "police.contact,police-110", "police.contact,police-119", "contacts.csv 里没有“police-119”。"},
		"a telephone in a wording":  {"wordings/letter.csv", "编号 {number}：已经受理", "编号 {number}：已经受理，请打0391-1234567", "contacts.csv 里没有“0391-1234567”这个电话。"},
		// the document
		"a word changed":          {notice, "营造公平、公开、健康有序", "营造公平、公正、健康有序", notice + " 第21行：“营造公平、公正、健康有序的招生环境”不在原件里。"},
		"a defect mended":         {notice, "中职职业学校", "中等职业学校", "不在原件里。公开的文字要和原件一字不差。"},
		"printed before signed":   {notice, "印发日期: 2022-05-25", "印发日期: 2022-05-24", notice + " 第7行：印发日期 2022-05-24 早于成文日期 2022-05-25。"},
		"square brackets":         {notice, "文号: 焦教文〔2022〕48号", "文号: 焦教文[2022]48号", notice + " 第3行：文号“焦教文[2022]48号”的写法不对"},
		"an unknown header field": {notice, "发文机关:", "发文单位:", notice + " 第4行：不认识“发文单位”这一项。"},
		"an unknown validity":     {notice, "主题分类:", "有效性: 长期有效\n主题分类:", "“长期有效”不在可选的词里。"},
		"no header":               {notice, "---\n标题", "标题", notice + "：第一行要写 ---"},
		"a picture":               {"about/guide.md", "## 这是什么", "![图](x.png)\n\n## 这是什么", "about/guide.md 第7行：这里只能写文字和链接，不能放图片、代码或网页标签。"},
		"a block of code":         {"about/guide.md", "## 这是什么", "```\nx\n```\n\n## 这是什么", "这里只能写标题、段落、列表和表格。"},
		"a mailbox in the text":   {notice, "监督举报电话: 0391-2992835", "联系邮箱: jzzck@126.com", notice + " 第37行：这里有原件联系人一栏的姓名或邮箱。"},
		"a name in an answer":     {"faq.csv", "可能换了。请打12345。", "可能换了。请打12345，找赵国庆。", "这里有原件联系人一栏的姓名或邮箱。"},
		"a name with a space":     {"about/guide.md", "它是历史文件", "联系人柴 其琛", "about/guide.md 第13行：这里有原件联系人一栏的姓名或邮箱。"},
		// texts and words
		"an answer with a slip":     {"faq.csv", "武陟县3300人", "武陟县3330人", "：“3330人”和招生任务里的数对不上。"},
		"a page that is not here":   {"faq.csv", ",/tools/duration,jiaojiaowen-2022-48#s3.p1,招收", ",www.tools.com,jiaojiaowen-2022-48#s3.p1,招收", "“www.tools.com”不是本站的地址。"},
		"no bureau":                 {"units.csv", "焦作市教育局,教育局,", "焦作市教育局,区,", "units.csv：要有一行教育局，现在有 0 行。"},
		"two bureaus":               {"units.csv", "解放区,区,", "解放区,教育局,", "units.csv：要有一行教育局，现在有 2 行。"},
		"a school without county":   {"units.csv", "410800-05,焦作市太极中等专业学校,市属学校", "410899-05,焦作市太极中等专业学校,县属学校", "units.csv A12 (附件1 A13)：“410899-05”前面的 410899 不是这里的县（市、区）。"},
		"an unknown kind of unit":   {"units.csv", "武陟县,县（市）", "武陟县,县级市", "units.csv C5 (附件1 A6)：“县级市”不在可选的词里。可选：区、县属学校、县（市）、市属学校、教育局。"},
		"a code of five digits":     {"units.csv", "410823,武陟县", "41082,武陟县", "units.csv A5 (附件1 A6)：单位代码“41082”不对"},
		"an unknown kind of record": {"duties.csv", ",专业招生计划,文件", ",招生方案,文件", "“招生方案”不在可选的词里。"},
		"a law twice":               {"laws.csv", "education-law,中华人民共和国教育法", "pipl,中华人民共和国教育法", "写了两次。"},
		"an article of no law":      {"law_articles.csv", "minors-protection-law,十一", "minors-law,十一", "laws.csv 里没有“minors-law”。"},
		"a day off twice":           {"holidays.csv", "2022-10-02", "2022-10-01", "节假日安排有误：calendar: 2022-10-01 is listed twice"},
		"a weekday worked":          {"holidays.csv", "2022-10-08", "2022-10-10", "节假日安排有误："},
		"a day of no notice":        {"holidays.csv", "2022-10-02,off,国庆节,2022", "2022-10-02,off,国庆节,2020", "holiday_notices.csv 里没有 2020 年的通知。"},
		// what texts say in figures
		"a day nobody wrote":                     {"faq.csv", "写的是：秋季当年11月20日，春季", "写的是：秋季当年11月30日，春季", "faq.csv D30：“11月30日”和引用的原文对不上，原文写的是“11月20日”、“4月20日”。"},
		"a day of another kind":                  {"faq.csv", "写的是：秋季当年11月20日，春季", "写的是：秋季当年12月20日，春季", "faq.csv D30：“12月20日”和引用的原文对不上"},
		"a day of the other season":              {"faq.csv", "写的是：秋季当年11月20日，春季当年4月20日", "写的是：秋季当年4月20日，春季当年11月20日", "faq.csv D30：“4月20日”不是秋季的日期。"},
		"a day with another sign":                {"faq.csv", "写的是：秋季当年11月20日，春季", "写的是：秋季当年11月30号，春季", "“11月30号”和引用的原文对不上"},
		"a day in full width":                    {"faq.csv", "写的是：秋季当年11月20日，春季", "写的是：秋季当年１１月３０日，春季", "“11月30日”和引用的原文对不上"},
		"a day of another year":                  {"faq.csv", "写的是：秋季当年11月20日，春季", "写的是：秋季2021年11月20日，春季", "“2021年11月20日”和引用的原文对不上"},
		"a day that was counted":                 {"faq.csv", "到2022年9月30日。", "到2022年9月29日。", "faq.csv D29：“2022年9月29日”在引用的原文里找不到"},
		"a day of no key date":                   {"glossary.csv", "说入学当年9月1日已满", "说入学当年8月31日已满", "glossary.csv D21：“8月31日”在引用的原文里找不到"},
		"years nobody wrote":                     {"faq.csv", "应届初中毕业学生，学制是3年。", "应届初中毕业学生，学制是2年。", "faq.csv D19：“2年”和引用的原文对不上，原文写的是“3年”。"},
		"years of another rule":                  {"faq.csv", "应届初中毕业学生，学制是3年。", "应届初中毕业学生，学制是5年。", "“5年”和引用的原文对不上"},
		"a longer span":                          {"faq.csv", "已满十八周岁的，学制是1年至3年。文件", "已满十八周岁的，学制是1年至5年。文件", "“1年至5年”和引用的原文对不上，原文写的是“1年至3年”。"},
		"a span in other writing":                {"faq.csv", "已满十八周岁的，学制是1年至3年。文件", "已满十八周岁的，学制是1—5年。文件", "“1—5年”和引用的原文对不上"},
		"other working days told":                {"faq.csv", "学校应在20个工作日内建好学籍电子档案。周末", "学校应在30个工作日内建好学籍电子档案。周末", "“30个工作日”和引用的原文对不上"},
		"working days as days":                   {"faq.csv", "学校应在20个工作日内建好学籍电子档案。周末", "学校应在20天内建好学籍电子档案。周末", "“20天”在引用的原文里找不到"},
		"days of no article":                     {"faq.csv", "一般自受理起60日内办结", "一般自受理起90日内办结", "“90日”和引用的原文对不上"},
		"a share nobody gave":                    {"faq.csv", "文件没有这样说。文件写的是", "50%。文件写的是", "“50%”在引用的原文里找不到"},
		"a class that nobody counted":            {"glossary.csv", "归市里管的中职学校。", "归市里管的中职学校，每校9人。", "glossary.csv D5：“9人”和招生任务里的数对不上。"},
		"another unit's number":                  {"faq.csv", "沁阳市2530人，孟州市1085人", "沁阳市1085人，孟州市2530人", "沁阳市的招生任务是2530人，这里写的是1085人。"},
		"a document of another year":             {"faq.csv", "不能。2022年的文件写明：严禁初中学校或老师", "不能。2032年的文件写明：严禁初中学校或老师", "“2032年”不是所依据的文件的年份。"},
		"a telephone in a text":                  {"faq.csv", "请打12345，24小时有人接听。您说清楚", "请打12346，24小时有人接听。您说清楚", "contacts.csv 里没有“12346”这个电话。"},
		"a telephone on a page":                  {"about/accessibility.md", "请打12345，说您想查什么。", "请打12354，说您想查什么。", "about/accessibility.md 第29行：contacts.csv 里没有“12354”这个电话。"},
		"a duty of another day":                  {"duties.csv", "从2022年6月10日起每周,", "从2022年6月1日起每周,", "duties.csv H7：“2022年6月1日”和引用的原文对不上"},
		"a note of another weekday":              {"key_dates.csv", "这一天是星期五。", "这一天是星期六。", "key_dates.csv J5：6月10日是星期五，这里写的是星期六。"},
		"a note of another day":                  {"key_dates.csv", "文件写的是“当年5月20日”", "文件写的是“当年5月30日”", "key_dates.csv J4：“5月30日”和引用的原文对不上"},
		"a rule told shorter":                    {"rules.csv", "当年初中毕业就读中职，学3年。", "当年初中毕业就读中职，学2年。", "rules.csv E3：说明写2年，最短、最长和可选里没有2。两边要一样。"},
		"a rule told in part":                    {"rules.csv", "学1年至3年。文件", "学3年。文件", "rules.csv E5：说明里没有写1年，最短、最长或可选里写了1。两边要一样。"},
		"help that counts":                       {"aid.csv", "不让一个新生因为经济困难放弃入学。", "最多帮2年。", "aid.csv E3：“2年”"},
		"the document of the year after":         {"faq.csv", "不能。2022年的文件写明：严禁初中学校或老师", "不能。2023年的文件写明：严禁初中学校或老师", "“2023年”不是所依据的文件的年份。"},
		"another annex":                          {"faq.csv", "2022年附件1写的是：沁阳市", "2022年附件2写的是：沁阳市", "“附件2”不是所依据的附件。"},
		"an annex that is not there":             {"glossary.csv", "附件2表里的一栏", "附件3表里的一栏", "“附件3”不是所依据的附件。"},
		"a document of another number":           {"faq.csv", "点开焦教文〔2022〕48号就是", "点开焦教文〔2022〕49号就是", "“〔2022〕49号”不是内容包里的文件的文号。"},
		"a document of another number on a page": {"about/guide.md", "焦教文〔2022〕48号", "焦教文〔2021〕48号", "about/guide.md 第13行：“〔2021〕48号”不是内容包里的文件的文号。"},
		"a second telephone":                     {"faq.csv", "打12345或者110。", "打12345或者111。", "contacts.csv 里没有“111”这个电话。"},
		"more schools":                           {"glossary.csv", "2022年附件1列了5所", "2022年附件1列了6所", "“6所”：2022年有招生任务的是5所。"},
		"fewer counties":                         {"faq.csv", "其中6个县（市）", "其中5个县（市）", "“5个县”：2022年有招生任务的是6个县。"},
		"whom to ask with a slip":                {"duties.csv", "看到可疑的说法，先打12345核实", "看到可疑的说法，先打12354核实", "contacts.csv 里没有“12354”这个电话。"},
		"whom to ask, alone":                     {"duties.csv", "文件没有写期限,12345,jiaojiaowen-2022-48#s1.p1", "文件没有写期限,12354,jiaojiaowen-2022-48#s1.p1", "duties.csv I3：contacts.csv 里没有“12354”这个电话。"},
		"hours nobody gave":                      {"contacts.csv", ",每天至少18小时", ",每天至少19小时", "contacts.csv F5：“19小时”和引用的原文对不上，原文写的是“18小时”。"},
		"hours told otherwise":                   {"faq.csv", "请打12345，24小时有人接听。您说清楚", "请打12345，12小时有人接听。您说清楚", "“12小时”在引用的原文里找不到"},
		"a name with another number":             {"contacts.csv", ",12345政务服务便民热线,12345,", ",12346政务服务便民热线,12345,", "contacts.csv C2：名称里的“12346”和电话“12345”不一样。"},
		"another telephone beside one":           {"contacts.csv", "打不通就打12356；有危险打110。", "打不通就打12357；有危险打110。", "contacts.csv 里没有“12357”这个电话。"},
		"an old telephone of another year":       {"contacts.csv", "这是2022年文件上印的号码", "这是2021年文件上印的号码", "“2021年”不是所依据的文件的年份。"},
		"choices that are not between":           {"rules.csv", ",5,6,5|6,", ",6,6,5|6,", "rules.csv H4：可选的年数要从小到大，第一个是最短，最后一个是最长。"},
		"a day of another century":               {"holidays.csv", "2025-01-01", "2125-01-01", "2025年的通知里没有2125年1月1日。"},
		// addresses
		"a page that is not there":      {"faq.csv", ",/tools/duration,jiaojiaowen-2022-48#s3.p1,招收", ",/tools/durations,jiaojiaowen-2022-48#s3.p1,招收", "faq.csv F19：本站没有“/tools/durations”这一页。"},
		"a place that is not there":     {"faq.csv", ",/glossary#parity,", ",/glossary#parities,", "“/glossary”那一页里没有“parities”这一处。"},
		"a paragraph that is not there": {"faq.csv", ",/policies/jiaojiaowen-2022-48#s5.p1,", ",/policies/jiaojiaowen-2022-48#s5.p7,", "“/policies/jiaojiaowen-2022-48”那一页里没有“s5.p7”这一处。"},
		"a year that is not there":      {"faq.csv", "招生指标|计划是不是一定招满|任务数是什么|超计划,/glossary#guiding-plan,", "招生指标|计划是不是一定招满|任务数是什么|超计划,/targets/2021,", "本站没有“/targets/2021”这一页。"},
		"a link to nothing":             {"about/guide.md", "都列在“尚未公开”那一页（/unpublished）", "都列在[尚未公开](/unpublisched)那一页", "about/guide.md 第24行：本站没有“/unpublisched”这一页。"},
		"a link to nothing in a table":  {"about/catalogue.md", "| 市教育局 | /calendar/2022 |", "| 市教育局 | /calendar/2021 |", "about/catalogue.md 第13行：本站没有“/calendar/2021”这一页。"},
		// what units and telephones are called
		"another unit's alias":         {"units.csv", "县（市）,沁阳,", "县（市）,沁阳|卫校,", "units.csv D9 (附件1 A10)：“卫校”已经是沁阳市的叫法（units.csv 第2行）。一个叫法只能指一个单位。"},
		"another unit's name as alias": {"units.csv", "县（市）,沁阳,", "县（市）,沁阳|武陟县,", "units.csv D2 (附件1 A3)：“武陟县”已经是武陟县的叫法（units.csv 第5行）。"},
		"the hotline with a slip":      {"contacts.csv", "服务便民热线,12345,", "服务便民热线,12346,", "contacts.csv D2：引用的原文里没有“12346”。"},
		"the hotline cut short":        {"contacts.csv", "服务便民热线,12345,", "服务便民热线,1234,", "contacts.csv D2：引用的原文里没有“1234”。"},
		// holidays
		"a holiday that is torn":         {"holidays.csv", "2022-09-12,off", "2022-09-13,off", "holidays.csv A68：中秋放假的日子没有连着：9月11日以后隔了几天才是9月13日。"},
		"a holiday moved by a day":       {"holidays.csv", "2022-09-10,off,中秋,2022\n2022-09-11,off,中秋,2022\n2022-09-12,", "2022-09-11,off,中秋,2022\n2022-09-12,off,中秋,2022\n2022-09-13,", "holidays.csv A66：中秋从9月11日放到9月13日，占了2个周一到周五；法定天数加调休上班的日子是1。"},
		"a holiday without a day":        {"holidays.csv", "2022-10-07,off,国庆节,2022\n", "", "国庆节从10月1日放到10月6日，占了4个周一到周五；法定天数加调休上班的日子是5。"},
		"a worked day forgotten":         {"holidays.csv", "2022-10-09,work,国庆节,2022\n", "", "国庆节从10月1日放到10月7日，占了5个周一到周五；法定天数加调休上班的日子是4。"},
		"a worked day far away":          {"holidays.csv", "2022-10-09,work", "2022-11-06,work", "holidays.csv A77：11月6日上班，离国庆节放假的日子太远"},
		"a holiday of another name":      {"holidays.csv", "2022-05-07,work,劳动节", "2022-05-07,work,五一", "5月7日上班，离五一放假的日子太远，或者没有这个节。"},
		"a holiday left out":             {"holidays.csv", "2024-06-10,off,端午,2024\n", "", "holiday_notices.csv C5：holidays.csv 里没有端午放假的日子。"},
		"a holiday without its date":     {"holidays.csv", "2024-01-01,off,元旦", "2024-01-08,off,元旦", "元旦放假的日子里没有1月1日。"},
		"days of the law that are words": {"holiday_notices.csv", "（国办发明电〔2021〕11号）,元旦1|", "（国办发明电〔2021〕11号）,元旦一|", "holiday_notices.csv C3：“元旦一”看不懂。"},
		// sheets
		"an unknown column":      {"targets.csv", "年份,单位代码", "年份,代号", "targets.csv B1：不认识列名“代号”。"},
		"a column twice":         {"targets.csv", "年份,单位代码", "年份,年份", "targets.csv B1：列“年份”写了两次。"},
		"a cell too many":        {"targets.csv", "annex1!B6", "annex1!B6,x", "targets.csv F5：这一格在最后一列之外。"},
		"a quotation mark alone": {"targets.csv", "武陟县,3300", `"武陟县,3300`, "targets.csv：第 5 行的引号没有配对"},
		"a year that is no year": {"targets.csv", "2022,410823", "22,410823", "targets.csv A5 (附件1 B6)：“22”不是年份"},
		"an empty cell":          {"key_dates.csv", "law-in-force,新修订的《职业教育法》施行", "law-in-force,", "key_dates.csv C3：这一格不能空。"},
		"a key with a space":     {"key_dates.csv", "law-in-force", "law in force", "key_dates.csv B3：“law in force”不能作编号"},
		// the document's head, the texts
		"no title":                    {notice, "标题: 焦作市教育局关于做好2022年中等职业学校招生工作的通知", "标题:", "缺标题或发文机关。"},
		"another title":               {notice, "标题: 焦作市教育局关于做好2022年", "标题: 焦作市教育局关于做好2023年", notice + " 第2行：“焦作市教育局关于做好2023年中等职业学校招生工作的通知”不在原件里。"},
		"not signed":                  {notice, "成文日期: 2022-05-25\n", "", "缺成文日期。"},
		"released before signed":      {notice, "主题分类:", "发布日期: 2022-05-01\n主题分类:", "发布日期 2022-05-01 早于成文日期 2022-05-25。"},
		"no year":                     {notice, "年份: 2022\n", "", notice + "：开头要写“年份: 2022”这样一行。"},
		"a header line without colon": {notice, "年份: 2022", "年份 2022", notice + " 第5行：这一行要写成“名称: 内容”。"},
		"a header field twice":        {notice, "年份: 2022", "年份: 2022\n年份: 2022", notice + " 第6行：“年份”写了两次。"},
		"a header that does not end":  {"about/privacy.md", "顺序: 3\n---", "顺序: 3", "about/privacy.md：开头的各项后面缺一行 ---。"},
		"an annex without its table":  {notice, "## 附件 2　", "## 附件 3　没有表\n\n## 附件 2　", notice + " 第62行：附件标题下面缺表格。"},
		"two tables in an annex":      {notice, "备注: 此表由", "| x |\n|---|\n\n备注: 此表由", "一个附件里只能有一张表。"},
		"an annex twice":              {notice, "## 附件 2　", "## 附件 1　", "这个附件在第45行已经有了。"},
		"a list in a list":            {"about/guide.md", "\n- 家长常问的问题。", "\n  - 里面\n- 家长常问的问题。", "列表的一项里只能写文字。"},
		"a page without order":        {"about/guide.md", "顺序: 1", "顺序: 一", "about/guide.md：开头要写“顺序: 1”这样一行。"},
		"a page without title":        {"about/guide.md", "标题: 公开指南", "标题:", "about/guide.md：开头要写“标题: …”。"},
		// rows that name each other
		"an article twice":               {"law_articles.csv", "advertising-law,二十八", "advertising-law,二十四", "第二十四条写了两次。"},
		"a wording of no law":            {"phrases.csv", "advertising-law,二十四\npay-guarantee", "ad-law,二十四\npay-guarantee", "laws.csv 里没有“ad-law”这部法律。"},
		"a wording of no article":        {"phrases.csv", "advertising-law,二十四\npay-guarantee", "advertising-law,二十九\npay-guarantee", "law_articles.csv 里没有中华人民共和国广告法第二十九条。"},
		"a notice of holidays twice":     {"holiday_notices.csv", "\n2023,", "\n2022,", "2022 年写了两次。"},
		"the longest under the shortest": {"rules.csv", "请问学校。,1,3", "请问学校。,3,1", "最长 1 年短于最短 3 年。"},
		"years in words":                 {"rules.csv", "最长6年。,,6", "最长6年。,,六", "rules.csv G6：“六”不是整数。"},
		"a choice in words":              {"rules.csv", "5|6", "五|6", "rules.csv H4：“五”不是整数。几个数之间用 | 隔开。"},
	} {
		t.Run(name, func(t *testing.T) {
			pack := bundled(t)
			swap(t, pack, c.file, c.old, c.now)
			wantProblem(t, pack, c.want)
		})
	}
}

func wantProblem(t *testing.T, pack fstest.MapFS, want string) {
	t.Helper()
	found := problems(t, pack)
	for _, p := range found {
		if strings.Contains(p.String(), want) {
			return
		}
	}
	t.Errorf("found %v\nwant %s", found, want)
}

func TestMissingFile(t *testing.T) {
	pack := bundled(t)
	delete(pack, "targets.csv")
	wantProblem(t, pack, "targets.csv：缺这个文件。")
	pack = bundled(t)
	delete(pack, notice)
	wantProblem(t, pack, "policies：这个文件夹里没有 .md 文件。")
}

// Everything that is wrong is said at once.
func TestAllProblemsTogether(t *testing.T) {
	pack := bundled(t)
	swap(t, pack, "targets.csv", "武陟县,3300", "武陟县,x")
	swap(t, pack, "key_dates.csv", "2022-11-20", "2022-11-31")
	swap(t, pack, notice, "印发日期: 2022-05-25", "印发日期: 5月25日")
	for _, want := range []string{"targets.csv D5", "key_dates.csv D8", notice + " 第7行"} {
		wantProblem(t, pack, want)
	}
}

func TestUnreadableEncoding(t *testing.T) {
	for name, c := range map[string]struct{ old, now, want string }{
		"a broken byte in UTF-8": {"武陟县", "武\xe9陟县", "targets.csv：第 5 行（第 "},
		"a zero byte":            {"武陟县", "武陟县\x00", "targets.csv：第 5 行（第 "},
	} {
		pack := bundled(t)
		swap(t, pack, "targets.csv", c.old, c.now)
		t.Run(name, func(t *testing.T) { wantProblem(t, pack, c.want) })
	}
	pack := bundled(t)
	pack["targets.csv"] = &fstest.MapFile{Data: []byte("a,b\n\xff\xff\xff,c\n")}
	wantProblem(t, pack, "targets.csv：第 2 行（第 5 个字节起）的文字编码读不出来。请在 WPS 或记事本里另存为 UTF-8 再放回来。")
}

// A sheet with its heads alone would withdraw every target of the year.
func TestEmptiedTargetsAreRefused(t *testing.T) {
	pack := bundled(t)
	head, _, _ := strings.Cut(string(pack["targets.csv"].Data), "\n")
	pack["targets.csv"] = &fstest.MapFile{Data: []byte(head + "\n")}
	p, err := sheet.ReadPack(pack)
	if err != nil {
		t.Fatal(err)
	}
	if got := content.Check(p); len(got) < 12 || !strings.Contains(got.Error(), "(附件1 B6)") {
		t.Errorf("problems = %v, want one for each row of annex 1", got)
	}
}
