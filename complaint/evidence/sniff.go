package evidence

import (
	"bytes"
	"encoding/binary"
	"strings"

	"yangguang/complaint"
)

// Format is what a file is, told from its first bytes.
type Format struct {
	Kind complaint.EvidenceKind
	// Extension is that of a name that we make ourselves, Media the media type.
	Extension, Media string

	decode *decoder
}

// sniffed is how many bytes tell a format.
const sniffed = 512

// formats are those that are taken and begin with fixed bytes.
var formats = []struct {
	magic string
	Format
}{
	{"\xff\xd8\xff", Format{complaint.Picture, ".jpg", "image/jpeg", jpegDecoder}},
	{"\x89PNG\r\n\x1a\n", Format{complaint.Picture, ".png", "image/png", pngDecoder}},
	{"%PDF-", Format{complaint.PDF, ".pdf", "application/pdf", nil}},
	{"ID3", Format{complaint.Audio, ".mp3", "audio/mpeg", nil}},
	{"#!AMR\n", Format{complaint.Audio, ".amr", "audio/amr", nil}},
	{"#!AMR-WB\n", Format{complaint.Audio, ".awb", "audio/amr-wb", nil}},
}

// refusals are beginnings for which there is something better to say than that
// the file is unknown.
var refusals = []struct {
	magic string
	why   Why
}{
	{"GIF87a", Animation},
	{"GIF89a", Animation},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OfficeFile}, // doc, xls, ppt, wps
	{"{\\rtf", OfficeFile},
	{"PK\x03\x04", Archive}, // or an office file, see archive
	{"Rar!", Archive},
	{"7z\xbc\xaf\x27\x1c", Archive},
	{"\x1f\x8b", Archive},
	{"BM", OtherMedia},
	{"II*\x00", OtherMedia},
	{"MM\x00*", OtherMedia},
	{"fLaC", OtherMedia},
	{"\x1aE\xdf\xa3", OtherMedia},        // Matroska, WebM
	{"FLV\x01", OtherMedia},              //
	{"0&\xb2u\x8ef\xcf\x11", OtherMedia}, // WMA, WMV
	{"\x00\x00\x01\xba", OtherMedia},     // MPEG program stream
	{"#!SILK", OtherMedia},               // WeChat's voice messages
	{"\x02#!SILK", OtherMedia},
}

// brands are the major brands of ISO media files (ISO 14496-12, section 4.3)
// that are taken.
var brands = map[string]Format{}

func init() {
	add := func(f Format, all string) {
		for b := range strings.SplitSeq(all, ",") {
			brands[b] = f
		}
	}
	add(Format{complaint.Picture, ".heic", "image/heic", nil}, "heic,heix,heim,heis,hevc,hevx,mif1,msf1")
	add(Format{complaint.Audio, ".m4a", "audio/mp4", nil}, "M4A ,M4B ")
	add(Format{complaint.Video, ".mov", "video/quicktime", nil}, "qt  ")
	add(Format{complaint.Video, ".3gp", "video/3gpp", nil}, "3gp4,3gp5,3gp6,3gp7,3gp8,3gp9,3gr6,3gs6,3ge6,3gg6,3g2a,3g2b,3g2c")
	add(Format{complaint.Video, ".mp4", "video/mp4", nil}, "isom,iso2,iso3,iso4,iso5,iso6,iso7,iso8,iso9,mp41,mp42,avc1,hvc1,MSNV,M4V ,M4VH,M4VP,dash,f4v ,mmp4,XAVC")
}

// sniff tells a file from its first bytes: the format if it is taken, and
// otherwise why it is not.
func sniff(head []byte) (Format, Why) {
	if len(head) == 0 {
		return Format{}, Empty
	}
	for _, f := range formats {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return f.Format, ""
		}
	}
	for _, find := range []func([]byte) (Format, Why){riff, isoMedia, ogg, mpegAudio} {
		if f, why := find(head); f.Kind != "" || why != "" {
			return f, why
		}
	}
	for _, r := range refusals {
		if bytes.HasPrefix(head, []byte(r.magic)) {
			return Format{}, archive(r.why, head)
		}
	}
	return Format{}, text(head)
}

func riff(head []byte) (Format, Why) {
	if len(head) < 12 || string(head[:4]) != "RIFF" {
		return Format{}, ""
	}
	switch string(head[8:12]) {
	case "WEBP":
		return Format{complaint.Picture, ".webp", "image/webp", webpDecoder}, ""
	case "WAVE":
		return Format{complaint.Audio, ".wav", "audio/wav", nil}, ""
	}
	return Format{}, OtherMedia
}

// isoMedia reads the box with which MP4 and its kin begin. AVIF names itself
// as a brand beside mif1 and is not taken.
func isoMedia(head []byte) (Format, Why) {
	if len(head) < 16 || string(head[4:8]) != "ftyp" {
		return Format{}, ""
	}
	f, ok := brands[string(head[8:12])]
	size := min(int(binary.BigEndian.Uint32(head)), len(head))
	avif := size > 16 && bytes.Contains(head[16:size], []byte("avif"))
	if !ok || avif {
		return Format{}, OtherMedia
	}
	return f, ""
}

// ogg looks at the first packet, which names the codec: sound is taken.
func ogg(head []byte) (Format, Why) {
	if !bytes.HasPrefix(head, []byte("OggS")) {
		return Format{}, ""
	}
	for _, codec := range []string{"\x01vorbis", "OpusHead", "Speex   ", "\x7fFLAC"} {
		if len(head) > 28 && bytes.HasPrefix(head[28:], []byte(codec)) {
			return Format{complaint.Audio, ".ogg", "audio/ogg", nil}, ""
		}
	}
	return Format{}, OtherMedia
}

// mpegAudio knows a frame of MP3 or AAC (ADTS) by its first four bytes. Eleven
// set bits are little, so what else the header says must make sense too.
func mpegAudio(head []byte) (Format, Why) {
	if len(head) < 4 || head[0] != 0xff || head[1]&0xe0 != 0xe0 {
		return Format{}, ""
	}
	version, layer := head[1]>>3&3, head[1]>>1&3
	switch {
	case head[1]&0xf6 == 0xf0 && head[2]>>2&0xf < 13: // layer 0, a known sampling rate
		return Format{complaint.Audio, ".aac", "audio/aac", nil}, ""
	case version != 1 && layer == 1 && head[2]>>4 != 0xf && head[2]>>4 != 0 && head[2]>>2&3 != 3:
		return Format{complaint.Audio, ".mp3", "audio/mpeg", nil}, ""
	}
	return Format{}, ""
}

// archive tells office files from other ZIP archives by their first entry.
func archive(why Why, head []byte) Why {
	if why != Archive || len(head) < 30 {
		return why
	}
	name := head[30:]
	for _, first := range []string{"[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/", "mimetypeapplication/vnd.oasis"} {
		if bytes.HasPrefix(name, []byte(first)) {
			return OfficeFile
		}
	}
	return why
}

// text knows pages of the web, which browsers find behind blanks and comments.
func text(head []byte) Why {
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\f"))
	for _, tag := range []string{"<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<!--", "mime-version:"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return WebPage
		}
	}
	return Unknown
}
