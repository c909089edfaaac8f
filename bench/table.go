package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
)

// pairs are the figures of both sides, round by round.
type pairs struct{ ours, theirs []float64 }

func (p *pairs) add(ours, theirs float64) {
	p.ours, p.theirs = append(p.ours, ours), append(p.theirs, theirs)
}

// ratios of ours to theirs, ascending.
func (p *pairs) ratios() []float64 {
	out := make([]float64, len(p.ours))
	for i := range out {
		out[i] = p.ours[i] / p.theirs[i]
	}
	slices.Sort(out)
	return out
}

// quantile returns the value that a share q of the figures does not exceed.
func quantile(figures []float64, q float64) float64 {
	if len(figures) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(figures))
	return sorted[int(q*float64(len(sorted)-1)+0.5)]
}

func median(figures []float64) float64 { return quantile(figures, 0.5) }

// table is what is printed: a line for each comparison, notes below.
type table struct {
	rows  [][6]string
	notes []string
}

// compare adds a line that says how much of theirs ours is. With faster set it
// says how many times ours goes into theirs.
func (t *table) compare(what, peer, unit string, p pairs, faster bool, bar string) {
	r := p.ratios()
	if faster {
		for i, v := range r {
			r[i] = 1 / v
		}
		slices.Sort(r)
	}
	t.rows = append(t.rows, [6]string{
		what, figure(median(p.ours)) + " " + unit, peer, figure(median(p.theirs)) + " " + unit,
		fmt.Sprintf("%s× (%s–%s)", figure(median(r)), figure(r[0]), figure(r[len(r)-1])), bar,
	})
}

// alone adds a line with a figure that is compared with nothing.
func (t *table) alone(what string, value float64, unit, bar string) {
	t.rows = append(t.rows, [6]string{what, figure(value) + " " + unit, "–", "", "", bar})
}

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

func (t *table) print(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "what\tours\tpeer\ttheirs\tratio, median (min–max)\tbar")
	for _, r := range t.rows {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", r[0], r[1], r[2], r[3], r[4], r[5])
	}
	tw.Flush()
	for _, n := range t.notes {
		fmt.Fprintln(w, n)
	}
}

// figure writes three significant digits.
func figure(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "–"
	case a >= 100:
		return fmt.Sprintf("%.0f", v)
	case a >= 10:
		return fmt.Sprintf("%.1f", v)
	case a >= 0.1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.4f", v)
}
