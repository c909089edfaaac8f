package evidence

import "yangguang/complaint"

// Why is the reason for which a file is not taken. The sentence for people, with
// what to send instead, stands in site/page.
type Why string

// The reasons.
const (
	Empty           Why = "empty"
	TooMany         Why = "too_many"
	Filed           Why = "filed"             // the draft is a case, to which its citizen adds with the receipt
	NoRoom          Why = "no_room"           // the disk is nearly full, or drafts hold too much
	SourceFull      Why = "source_full"       // whoever sends it holds too much in drafts
	PictureTooLarge Why = "picture_too_large" // in bytes
	PDFTooLarge     Why = "pdf_too_large"
	AudioTooLong    Why = "audio_too_long"
	VideoTooLong    Why = "video_too_long"
	TooManyPixels   Why = "too_many_pixels"
	Unreadable      Why = "unreadable" // a picture that cannot be decoded, or is cut off

	Animation  Why = "animation" // GIF
	OfficeFile Why = "office_file"
	Archive    Why = "archive"
	WebPage    Why = "web_page"    // HTML and SVG: they can carry script
	OtherMedia Why = "other_media" // pictures, sound and video of kinds that are not taken
	Unknown    Why = "unknown"
)

// Whys returns all reasons.
func Whys() []Why {
	return []Why{
		Empty, TooMany, Filed, NoRoom, SourceFull, PictureTooLarge, PDFTooLarge, AudioTooLong, VideoTooLong, TooManyPixels, Unreadable,
		Animation, OfficeFile, Archive, WebPage, OtherMedia, Unknown,
	}
}

var tooLarge = map[complaint.EvidenceKind]Why{
	complaint.Picture: PictureTooLarge, complaint.PDF: PDFTooLarge, complaint.Audio: AudioTooLong, complaint.Video: VideoTooLong,
}

// Refused is a file that is not taken. Nothing of it is kept.
type Refused struct{ Why Why }

// Error implements error.
func (r *Refused) Error() string { return "evidence: not taken: " + string(r.Why) }
