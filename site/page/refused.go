package page

import "yangguang/complaint/evidence"

// refusedFiles says why a file is not taken and what to send instead.
var refusedFiles = map[evidence.Why]string{
	evidence.Empty:           "这个文件是空的。请重新选一次。",
	evidence.TooMany:         "一件投诉最多收 9 个文件，已经满了。其余的请用文字说明。",
	evidence.Filed:           "这一件已经提交。请用查询码打开它，在那里补文件。",
	evidence.NoRoom:          "现在放不下文件了。请先把话提交，文件过几天凭查询码再补。",
	evidence.SourceFull:      "您这个网络上，还没提交的文件已经太多，这一个先不收。请先把话提交，文件再凭查询码补。",
	evidence.PictureTooLarge: "这张图片超过 20 MB。请截个屏，把截图传上来。",
	evidence.PDFTooLarge:     "这份 PDF 超过 20 MB。请把要紧的几页拍成照片传上来。",
	evidence.AudioTooLong:    "这段录音超过 20 MB。请剪短，或者分成几段传。",
	evidence.VideoTooLong:    "这段视频超过 20 MB。请剪短再传，或者截几张图传上来。",
	evidence.TooManyPixels:   "这张图片尺寸太大，打不开。请截个屏，把截图传上来。",
	evidence.Unreadable:      "这张图片打不开，可能没有传完整。请再传一次；还不行，就截个屏，传截图。",
	evidence.Animation:       "动图收不了。请截个屏，把截图传上来。",
	evidence.OfficeFile:      "Word、Excel 这类文件收不了。请存成 PDF，或者拍照、截屏传上来。",
	evidence.Archive:         "压缩包收不了。请先解开，把里面的图片或 PDF 传上来。",
	evidence.WebPage:         "网页文件收不了。请截个屏，把截图传上来。",
	evidence.OtherMedia:      "这种格式收不了。图片请截屏再传，录音请存成 MP3 或 M4A，视频请存成 MP4。",
	evidence.Unknown:         "看不出这是什么文件。请传照片、截图、PDF、录音（MP3、M4A）或视频（MP4）。",
}

// RefusedFile returns the sentence for somebody whose file was not taken.
func RefusedFile(why evidence.Why) string { return refusedFiles[why] }
