package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/valyala/fasthttp"

	"yangguang/content"
)

// A province as notes on scale have it: 700 schools, 25,000 rows of plans in
// each of five years.
const (
	provinceSchools = 700
	provincePlans   = 36 // a school and year
	provinceAreas   = 18
	provinceYear    = 2026
	provinceYears   = 5
)

// provincePaths are pages of every type that grows with the province.
var provincePaths = []string{
	"/", "/schools", "/schools/S0351", "/specialties", "/specialties/720201", "/qualifications/2026", "/plans/2026", "/plans/2022",
	"/plans/2026.json", "/plans/2026.csv", "/sheets/2026/plan", "/targets/2026", "/unpublished", "/sitemap.xml", "/policies", "/compare?s=S0001,S0002",
	"/search?q=%E6%8A%A4%E7%90%86", "/api/v1/search?q=S0351", "/verify?q=%E4%B8%9C%E5%8E%BF%E7%AC%AC10%E8%81%8C%E4%B8%9A%E5%AD%A6%E6%A0%A1",
}

// province publishes a province as a pack and measures how the program lives
// with it: the publishing, a start, what it holds, how long pages take that
// nobody has opened, and a cached page beside nginx.
func (b *bench) province(ctx context.Context) error {
	pack, data := filepath.Join(b.dir, "province"), filepath.Join(b.dir, "province-data")
	if err := writeProvince(pack); err != nil {
		return err
	}
	began := time.Now()
	out, err := exec.CommandContext(ctx, b.program, "publish", "--content", pack, "--data", data).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	b.table.alone("province: a pack read, checked and published", time.Since(began).Seconds(), "s", "")

	var first, answered, holds, held []float64
	var slow []float64
	for range b.rounds {
		s, err := b.yangguang(ctx, data)
		if err != nil {
			return err
		}
		took, err := s.ready("/plans/2026.json", anyBody)
		if err == nil {
			first = append(first, took.Seconds())
			took, err = s.ready("/api/v1/search?q=%E6%8A%A4%E7%90%86", func(body []byte) bool { return bytes.Contains(body, []byte("720201")) })
			answered = append(answered, took.Seconds())
		}
		if err == nil {
			slow, err = s.pages(provincePaths, slow)
		}
		now, memoryErr := s.memory("VmRSS")
		most, _ := s.memory("VmHWM")
		holds, held = append(holds, now), append(held, most)
		s.stop()
		if err := errors.Join(err, memoryErr); err != nil {
			return err
		}
	}
	b.table.alone("province: start to first page", median(first), "s", "≤ 2 s")
	b.table.alone("province: start to first right answer", median(answered), "s", "")
	b.table.alone("province: memory (RSS)", median(holds), "MiB", "≤ 300 MiB")
	b.table.alone("province: most memory (peak RSS)", median(held), "MiB", "")
	b.table.alone("province: a page of any type, nobody had opened it, p99", quantile(slow, 0.99), "ms", "≤ 20 ms")
	return b.provinceCached(ctx, data)
}

// pages opens each address once and adds how long it took, in milliseconds.
func (s *server) pages(paths []string, took []float64) ([]float64, error) {
	client := fasthttp.HostClient{Addr: s.addr}
	for _, path := range paths {
		began := time.Now()
		status, _, err := client.GetTimeout(nil, "http://"+s.addr+path, 30*time.Second)
		if err != nil || status != fasthttp.StatusOK {
			return took, fmt.Errorf("%s answers %d: %w", path, status, err)
		}
		one := inMS(time.Since(began))
		took = append(took, one)
		if os.Getenv("BENCH_VERBOSE") != "" {
			fmt.Fprintf(os.Stderr, "%8.1f ms %s\n", one, path)
		}
	}
	return took, nil
}

// provinceCached compares a page of the province that stands in the cache.
func (b *bench) provinceCached(ctx context.Context, data string) error {
	if err := need("nginx", "wrk"); err != nil {
		return err
	}
	ours, err := b.yangguang(ctx, data)
	if err != nil {
		return err
	}
	defer ours.stop()
	if _, err := ours.ready(provinceCachedPath, anyBody); err != nil {
		return err
	}
	cached, err := pressed(ours.addr, provinceCachedPath)
	if err != nil {
		return err
	}
	return b.against(ctx, ours, provinceCachedPath, cached, "province: cached page of a school", "≤ 1.15×", false)
}

const provinceCachedPath = "/schools/S0351"

// writeProvince writes the pack: what is written for the whole country as the
// program carries it, the rest made up.
func writeProvince(folder string) error {
	p := province{files: map[string]string{}}
	for _, name := range []string{
		"laws.csv", "law_articles.csv", "holidays.csv", "holiday_notices.csv", "crisis.csv", "phrases.csv", "about/accessibility.md", "sheets/specialties.csv",
	} {
		if err := p.bundled(name, func(string) bool { return true }); err != nil {
			return err
		}
	}
	if err := p.bundled("contacts.csv", func(line string) bool { return strings.HasPrefix(line, ",") }); err != nil {
		return err
	}
	for _, name := range []string{"faq.csv", "words.csv", "glossary.csv", "duties.csv", "aid.csv", "rules.csv", "key_dates.csv"} {
		if err := p.bundled(name, func(string) bool { return false }); err != nil {
			return err
		}
	}
	if err := p.catalogue(); err != nil {
		return err
	}
	p.policy()
	p.schools()
	for ago := range provinceYears {
		p.plans(provinceYear - ago)
	}
	p.add("sheets/sheets.csv", p.list...)
	for name, text := range p.files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

type province struct {
	files       map[string]string
	specialties [][2]string
	list        []string // of sheets
}

// bundled adds a file of the program's own pack: its heads and the lines that
// are kept.
func (p *province) bundled(name string, keep func(string) bool) error {
	b, err := fsRead(name)
	if err != nil {
		return err
	}
	var out strings.Builder
	n := 0
	for line := range strings.Lines(b) {
		if n == 0 || keep(line) {
			out.WriteString(line)
		}
		n++
	}
	p.files[name] = out.String()
	return nil
}

func fsRead(name string) (string, error) {
	f, err := content.Bundled().Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(f)
	return strings.TrimPrefix(b.String(), "\ufeff"), err
}

func (p *province) catalogue() error {
	for line := range strings.Lines(p.files["sheets/specialties.csv"]) {
		f := strings.SplitN(line, ",", 3)
		if len(f) > 2 && len(f[0]) == 6 && strings.Contains(line, ",2021,") { // in every year's edition
			p.specialties = append(p.specialties, [2]string{f[0], f[1]})
		}
	}
	if len(p.specialties) < provincePlans {
		return errors.New("the catalogue of specialties is not in the pack")
	}
	return nil
}

func (p *province) add(name string, lines ...string) {
	p.files[name] += strings.Join(lines, "\n") + "\n"
}

func areaCode(a int) string { return fmt.Sprintf("98%02d00", a+1) }

const areaNames = "东西南北上下左右前后大小长宽高远新中"

func areaName(a int) string { return string([]rune(areaNames)[a]) + "县" }

// policy is the one document on which everything rests, with the areas and
// their targets.
func (p *province) policy() {
	doc := []string{
		"---", "标题: 关于做好2026年招生工作的通知", "文号: 省教〔2026〕1号", "发文机关: 省教育厅", "年份: 2026", "成文日期: 2026-01-05", "---", "",
		"## 一、招生公开", "", "公布招生学校资质和专业招生计划。", "", "---", "", "省教育局办公室", "", "## 附件 1　2026年招生任务", "", "| 单位 | 招生任务 |", "|---|---|",
	}
	units := []string{"代码,名称,类别,别名,备注,出处,原文", "980000,省教育局,教育局,,,tongzhi#end.p1,省教育局"}
	targets := []string{"年份,单位代码,单位,人数,出处"}
	sum := 0
	for a := range provinceAreas {
		n := 10000 + 100*a
		sum += n
		doc = append(doc, fmt.Sprintf("| %s | %d |", areaName(a), n))
		units = append(units, fmt.Sprintf("%s,%s,县（市）,,,tongzhi#annex1!A%d,%s", areaCode(a), areaName(a), a+3, areaName(a)))
		targets = append(targets, fmt.Sprintf("2026,%s,%s,%d,tongzhi#annex1!B%d", areaCode(a), areaName(a), n, a+3))
	}
	doc = append(doc, fmt.Sprintf("| 合计 | %d |", sum))
	targets = append(targets, fmt.Sprintf("2026,,合计,%d,tongzhi#annex1!B%d", sum, provinceAreas+3))
	p.add("policies/tongzhi.md", doc...)
	p.add("units.csv", units...)
	p.add("targets.csv", targets...)
	p.list = []string{"文件,类型,年份,截至,标题,完整,出处", "specialties.csv,专业,,2025-12-31,专业目录,,教育部《职业教育专业目录（2021年）》"}
}

func schoolCode(n int) string { return fmt.Sprintf("S%04d", n+1) }

func schoolName(n int) string {
	return fmt.Sprintf("%s第%d职业学校", areaName(n%provinceAreas), n/provinceAreas+1)
}

func (p *province) schools() {
	schools := []string{"学校代码,学校名称,办学类型,办学性质,举办者,主管部门,所在县区,校址,电话,住宿"}
	standing := []string{"学校代码,学校名称,招生资质"}
	for n := range provinceSchools {
		area := areaName(n % provinceAreas)
		schools = append(schools, fmt.Sprintf("%s,%s,普通中专,公办,%s人民政府,%s教育局,%s,%s%d号路,000-%08d,是", schoolCode(n), schoolName(n), area, area, area, area, n+1, n+1))
		standing = append(standing, fmt.Sprintf("%s,%s,在名单", schoolCode(n), schoolName(n)))
	}
	p.add("sheets/schools.csv", schools...)
	p.add("sheets/qualifications.csv", standing...)
	p.list = append(p.list, "schools.csv,学校,,2026-01-05,学校基本情况,,tongzhi#s1.p1", "qualifications.csv,招生学校资质,2026,2026-01-05,2026年招生学校资质,是,tongzhi#s1.p1")
}

func (p *province) plans(year int) {
	rows := []string{"学校代码,学校名称,专业代码,专业名称,计划数,学制,学费,收费依据"}
	for n := range provinceSchools {
		for k := range provincePlans {
			s := p.specialties[(n*7+k*10)%len(p.specialties)]
			rows = append(rows, fmt.Sprintf("%s,%s,%s,%s,%d,3,%d,省发改费〔2026〕%d号", schoolCode(n), schoolName(n), s[0], s[1], 40+(n+k+year)%61, 1100+100*(n%5), n+1))
		}
	}
	file := fmt.Sprintf("plan-%d.csv", year)
	p.add("sheets/"+file, rows...)
	p.list = append(p.list, fmt.Sprintf("%s,专业招生计划,%d,%d-01-05,%d年专业招生计划,,tongzhi#s1.p1", file, year, year, year))
}
