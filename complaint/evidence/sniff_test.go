package evidence_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/evidence"
)

// media is the beginning of an ISO media file with its brands.
func media(major string, compatible ...string) string {
	box := "ftyp" + major + "\x00\x00\x00\x00" + strings.Join(compatible, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(box)+4))) + box + "\x00\x00\x00\x08free"
}

func page(codec string) string { return "OggS\x00\x02" + strings.Repeat("\x00", 22) + codec }

func zipped(name string) string {
	return "PK\x03\x04" + strings.Repeat("\x00", 22) + string([]byte{byte(len(name)), 0, 0, 0}) + name + "bytes"
}

// Files that are kept as they are, by their first bytes.
func TestWhatIsTakenAsItIs(t *testing.T) {
	for name, c := range map[string]struct {
		head      string
		kind      complaint.EvidenceKind
		extension string
	}{
		"heic of an iPhone": {media("heic", "mif1", "heic"), complaint.Picture, ".heic"},
		"heif":              {media("mif1", "heic"), complaint.Picture, ".heic"},
		"pdf":               {"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", complaint.PDF, ".pdf"},
		"mp3 with tags":     {"ID3\x04\x00\x00", complaint.Audio, ".mp3"},
		"mp3 without":       {"\xff\xfb\x90\x64", complaint.Audio, ".mp3"},
		"mp3, MPEG 2":       {"\xff\xf3\x40\xc4", complaint.Audio, ".mp3"},
		"aac":               {"\xff\xf1\x50\x80\x00\x1f\xfc", complaint.Audio, ".aac"},
		"aac, MPEG 2":       {"\xff\xf9\x50\x80\x00\x1f\xfc", complaint.Audio, ".aac"},
		"m4a":               {media("M4A ", "mp42", "isom"), complaint.Audio, ".m4a"},
		"amr":               {"#!AMR\n\x3c\x00", complaint.Audio, ".amr"},
		"amr, wide":         {"#!AMR-WB\n\x3c\x00", complaint.Audio, ".awb"},
		"wav":               {"RIFF\x24\x00\x00\x00WAVEfmt ", complaint.Audio, ".wav"},
		"ogg vorbis":        {page("\x01vorbis"), complaint.Audio, ".ogg"},
		"ogg opus":          {page("OpusHead"), complaint.Audio, ".ogg"},
		"mp4":               {media("isom", "iso2", "avc1", "mp41"), complaint.Video, ".mp4"},
		"mp4 of a phone":    {media("mp42", "isom", "mp42"), complaint.Video, ".mp4"},
		"mov":               {media("qt  ", "qt  "), complaint.Video, ".mov"},
		"3gp":               {media("3gp4", "3gp4", "3g2a"), complaint.Video, ".3gp"},
		// What else a file may be does not matter: it is opened for a reason and saved.
		"pdf with a zip in it": {"%PDF-1.4\n" + zipped("evil.exe"), complaint.PDF, ".pdf"},
	} {
		r := newRoom(t)
		key := r.ring.Mint("draft")
		e := r.take(key, []byte(c.head))
		f := r.folder(key)
		f.Opened = e.ID
		o, err := r.Original(t.Context(), f)
		if err != nil || e.Kind != c.kind || e.Clean || o.Format.Kind != c.kind || o.Format.Extension != c.extension || o.Format.Media == "" {
			t.Errorf("%s: %+v, %+v, %v", name, e, o.Format, err)
		}
		if got := r.original(f, e.ID); string(got) != c.head {
			t.Errorf("%s: the original is %q", name, got)
		}
		if _, err := r.Picture(t.Context(), f, e.ID); err == nil {
			t.Errorf("%s: it has a clean copy", name)
		}
	}
}

func TestWhatIsNotTakenSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		head string
		want evidence.Why
	}{
		"nothing":                   {"", evidence.Empty},
		"gif":                       {"GIF89a\x01\x00\x01\x00", evidence.Animation},
		"gif that is a script":      {"GIF89a/*\x00*/=alert(1)//", evidence.Animation},
		"doc":                       {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", evidence.OfficeFile},
		"docx":                      {zipped("[Content_Types].xml"), evidence.OfficeFile},
		"xlsx of WPS":               {zipped("xl/workbook.xml"), evidence.OfficeFile},
		"rtf":                       {"{\\rtf1", evidence.OfficeFile},
		"zip":                       {zipped("照片.jpg"), evidence.Archive},
		"a short zip":               {"PK\x03\x04", evidence.Archive},
		"rar":                       {"Rar!\x1a\x07\x00", evidence.Archive},
		"7z":                        {"7z\xbc\xaf\x27\x1c", evidence.Archive},
		"html":                      {"<!DOCTYPE html><script>", evidence.WebPage},
		"html behind a mark":        {"\xef\xbb\xbf \r\n<HTML>", evidence.WebPage},
		"svg":                       {"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>", evidence.WebPage},
		"svg with a head":           {"<?xml version='1.0'?><svg>", evidence.WebPage},
		"mhtml":                     {"MIME-Version: 1.0\r\n", evidence.WebPage},
		"avif":                      {media("avif", "mif1"), evidence.OtherMedia},
		"avif that says heif first": {media("mif1", "avif", "miaf"), evidence.OtherMedia},
		"bmp":                       {"BM\x00\x00\x00\x00", evidence.OtherMedia},
		"tiff":                      {"II*\x00\x08\x00", evidence.OtherMedia},
		"webm":                      {"\x1aE\xdf\xa3", evidence.OtherMedia},
		"avi":                       {"RIFF\x24\x00\x00\x00AVI LIST", evidence.OtherMedia},
		"ogg video":                 {page("\x80theora"), evidence.OtherMedia},
		"a voice message of WeChat": {"\x02#!SILK_V3", evidence.OtherMedia},
		"a program":                 {"MZ\x90\x00\x03", evidence.Unknown},
		"a script":                  {"#!/bin/sh\nrm -rf /", evidence.Unknown},
		"text":                      {"老师收了三千元", evidence.Unknown},
		"text in UTF-16":            {"\xff\xfe1\x00", evidence.Unknown},
		"one byte":                  {"\xff", evidence.Unknown},
		"a jpg by its name only":    {"photo.jpg", evidence.Unknown},
		"a frame with a wrong rate": {"\xff\xfb\xf0\x64", evidence.Unknown},
		"a box that is too short":   {"\x00\x00\x00\x08ftyp", evidence.Unknown},
	} {
		r := newRoom(t)
		_, err := r.Take(t.Context(), r.ring.Mint("draft"), strings.NewReader(c.head))
		if got := refused(err); got != c.want || r.vault.Files() != 0 {
			t.Errorf("%s: %s, want %s; %d files", name, got, c.want, r.vault.Files())
		}
	}
}

// The pictures that are decoded are known by their bytes too, whatever stands
// behind them.
func TestAPictureWithSomethingBehindIt(t *testing.T) {
	for name, tail := range map[string]string{"zip": zipped("evil.exe"), "html": "<script>alert(1)</script>", "video": media("mp42", "isom")} {
		r := newRoom(t)
		key := r.ring.Mint("draft")
		photo := append(asJPEG(t, painting(40, 30)), tail...)
		e := r.take(key, photo)
		f := r.folder(key)
		if got := r.clean(f, e.ID); bytes.Contains(got, []byte(tail)) || !e.Clean {
			t.Errorf("%s: what stands behind the picture is in the clean copy", name)
		}
		if got := r.original(f, e.ID); !bytes.Equal(got, photo) {
			t.Errorf("%s: the original was changed", name)
		}
	}
}
