package bot

import (
	"slices"
	"strings"
	"unicode"

	"yangguang/content"
	"yangguang/pattern"
)

// commands are what people write in place of pressing a button.
var commands = map[string]Act{
	"上一步": Back, "返回": Back, "后退": Back, "撤销": Back, "回去": Back, "/back": Back,
	"跳过": Skip, "不知道": Skip, "不清楚": Skip, "说不清": Skip, "记不清": Skip, "记不清了": Skip, "忘了": Skip, "没有": Skip,
	"下一步": Skip, "/skip": Skip,
	"提交": Submit, "确认提交": Submit, "/submit": Submit,
	"取消": Cancel, "放弃": Cancel, "退出": Cancel, "算了": Cancel, "删除": Cancel, "重新开始": Cancel, "不投诉了": Cancel, "/cancel": Cancel,
	"帮助": Help, "人工": Help, "人工电话": Help, "怎么用": Help, "/help": Help,
	"修改": Edit, "/edit": Edit,
}

// remarks are what is asked for on the way and answered with a page.
var remarks = map[string]Reply{
	"进度":   {Key: "progress", Links: []Link{{URL: "/receipt"}}},
	"查进度":  {Key: "progress", Links: []Link{{URL: "/receipt"}}},
	"隐私":   {Key: "privacy", Links: []Link{{URL: "/about/privacy"}}},
	"隐私说明": {Key: "privacy", Links: []Link{{URL: "/about/privacy"}}},
}

// greetings say that somebody wants to begin; what it is about is still open.
var greetings = []string{
	"你好", "您好", "在吗", "有人吗", "hi", "hello", "喂", "投诉", "举报", "反映", "反映问题", "我要投诉", "我想投诉", "我要举报", "我想举报", "我要反映", "我想反映",
	"我要反映问题", "我想反映问题", "你好我要投诉", "你好我想投诉", "开始", "/start",
}

// yes are the ways to agree.
var yes = []string{"对", "对的", "是", "是的", "嗯", "好", "好的", "可以", "没错", "正确", "确认", "ok"}

const longestCommand = 40 // bytes

var editLine = pattern.New(`^修改第?(.{1,6})$`)

// command takes a message that is a command, and reports whether it was one.
func (s *step) command(text string) bool {
	if len(text) > longestCommand {
		return false
	}
	word := strings.ToLower(strings.Trim(content.TidyNumber(text), "。.!！ "))
	if r, ok := remarks[word]; ok {
		s.replies = append(s.replies, r)
		return true
	}
	if slices.Contains(greetings, strings.Map(onlyLetters, word)) && s.t.open() == Words {
		s.say("hello")
		return true
	}
	if slices.Contains(yes, word) && s.t.open() == atCard {
		s.press(cardYes)
		return true
	}
	if m := editLine.FindStringSubmatch(word); m != nil {
		if lines := s.t.summary(); s.t.open() == atSummary {
			if n, ok := ordinal(m[1]); ok && n <= len(lines) {
				s.edit(lines[n-1].Slot)
				return true
			}
		}
	}
	act, ok := commands[word]
	if !ok {
		return false
	}
	if _, asked := slotOf(s.t.open()); act == Skip && !asked {
		return false
	}
	s.e.Act, s.e.Text = act, ""
	s.act()
	return true
}

// onlyLetters leaves out what stands between words.
func onlyLetters(r rune) rune {
	if unicode.IsPunct(r) && r != '/' || unicode.IsSpace(r) {
		return -1
	}
	return r
}

var asking = pattern.New(`[?？]|[吗呢嘛么]$|什么|怎么|怎样|如何|为什么|为啥|多少|几号|哪里|哪儿|能不能|可不可以|是不是`)

// isQuestion: it looks like a question, and is short enough for one.
func isQuestion(text string) bool { return len(text) < 200 && asking.MatchString(text) }
