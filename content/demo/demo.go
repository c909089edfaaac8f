// Package demo makes the pack of 示例市, a city that does not exist: whole
// enough to try everything on, and marked so that nobody takes it for a real
// one. Its units have codes of the province 99, which there is none of, its
// documents numbers of the year 0000, its telephones cannot be called. The
// laws, the holidays, the words of danger and the telephones of the whole
// country are those of the bundled pack.
//
// What somebody wrote stands under text/, with {Y} for the city's year; the
// numbers of plans, results and weekly reports are worked out from plan.csv
// and the tables here, the same for every run. Under pack/ it stands as it
// was made for 2026, for people to read: go generate writes it anew.
package demo

import (
	"archive/zip"
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"yangguang/calendar"
	"yangguang/content"
)

//go:generate go test -run ^TestPackIsAsGenerated$ -args -write

//go:embed text cases
var texts embed.FS

// Pack returns the city's pack for a year as it stands on a day: what would be
// published later (a weekly report, the results) is not in it yet.
func Pack(year int, today calendar.Date) (fs.FS, error) {
	own, err := Files(year, today)
	if err != nil {
		return nil, err
	}
	if err := addShared(own); err != nil {
		return nil, err
	}
	return archive(own)
}

// Files returns the files that the city has of its own, by name.
func Files(year int, today calendar.Date) (map[string]string, error) {
	c, err := cityOf(year, today)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	err = fs.WalkDir(texts, "text", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(texts, name)
		if err != nil {
			return err
		}
		files[strings.TrimPrefix(name, "text/")] = c.fill(string(text))
		return nil
	})
	if err != nil {
		return nil, err
	}
	delete(files, planFile)
	return files, c.addSheets(files)
}

// shared are the files of the bundled pack that hold for the whole country.
var shared = []string{
	"laws.csv", "law_articles.csv", "holidays.csv", "holiday_notices.csv", "crisis.csv", "phrases.csv",
	"about/accessibility.md", specialtiesFile,
}

// addShared adds what is true of every city. Of some files only a part is: the
// telephones without a year, the words that name no place.
func addShared(files map[string]string) error {
	for _, name := range shared {
		text, err := bundled(name)
		if err != nil {
			return err
		}
		files[name] = text
	}
	for name, part := range map[string]func(string) string{
		"contacts.csv":        nationwide,
		"words.csv":           placeless,
		"about/privacy.md":    func(s string) string { return without(s, "## 文件里的人名", "## 您的权利") },
		"about/protection.md": func(s string) string { return without(s, "2022年通知上印过", "## 法规怎么保护您") },
	} {
		text, err := bundled(name)
		if err != nil {
			return err
		}
		own := files[name]
		if strings.HasSuffix(name, ".csv") {
			_, own, _ = strings.Cut(own, "\n") // the heads are the bundled file's
		}
		files[name] = part(text) + own
	}
	return nil
}

func bundled(name string) (string, error) {
	b, err := fs.ReadFile(content.Bundled(), name)
	return strings.TrimPrefix(string(b), "\ufeff"), err
}

// nationwide keeps the rows of contacts.csv that are of no year: 12345, 110.
func nationwide(text string) string {
	return keepLines(text, func(n int, line string) bool { return n == 0 || strings.HasPrefix(line, ",") })
}

// placeless keeps the words that name nothing of the bundled pack's city.
func placeless(text string) string {
	places := []string{"焦作", "沁阳", "孟州", "温县", "武陟", "博爱", "修武", "太极", "河南", "泌阳", "解放", "中站", "马村", "山阳", "示范区", "卫校", "体校"}
	return keepLines(text, func(n int, line string) bool {
		return n == 0 || !slices.ContainsFunc(places, func(p string) bool { return strings.Contains(line, p) })
	})
}

func keepLines(text string, keep func(int, string) bool) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		if keep(n, line) {
			b.WriteString(line)
		}
		n++
	}
	return b.String()
}

// without leaves out what stands between two beginnings.
func without(text, from, to string) string {
	before, rest, _ := strings.Cut(text, from)
	_, after, ok := strings.Cut(rest, to)
	if !ok {
		return text
	}
	return before + to + after
}

// archive holds files as a file system: a zip in memory is one.
func archive(files map[string]string) (fs.FS, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}
