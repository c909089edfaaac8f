package page

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	count "github.com/VictoriaMetrics/metrics"
	"github.com/gofiber/fiber/v2"
)

// metrics counts what is served, in Prometheus' text form. Labels are route
// patterns, never addresses.
type metrics struct {
	set           *count.Set
	hits, renders *count.Counter

	// series finds the histogram of a route and status without joining labels.
	series atomic.Pointer[map[seriesKey]*count.PrometheusHistogram]
	adding sync.Mutex
}

type seriesKey struct {
	route  *fiber.Route
	status int
}

// seconds are the bounds of the buckets of answering times.
var seconds = []float64{.00005, .0002, .001, .005, .02, .1, .5, 2, 8}

func newMetrics() *metrics {
	m := &metrics{set: count.NewSet()}
	m.hits = m.set.NewCounter("yangguang_page_cache_hits_total")
	m.renders = m.set.NewCounter("yangguang_page_renders_total")
	m.series.Store(&map[seriesKey]*count.PrometheusHistogram{})
	return m
}

// gauges adds what is read from the server when it is asked for.
func (m *metrics) gauges(s *Server) {
	for name, value := range map[string]func() int{
		"yangguang_page_cache_entries":     func() int { n, _ := s.cache.fill(); return n },
		"yangguang_page_cache_bytes":       func() int { _, n := s.cache.fill(); return n },
		"yangguang_page_renders_in_flight": func() int { return len(s.brake.places) },
	} {
		m.set.NewGauge(name, func() float64 { return float64(value()) })
	}
}

// Gauge adds a number that is read when the metrics are asked for.
func (s *Server) Gauge(name string, value func() int) {
	s.metrics.set.NewGauge(name, func() float64 { return float64(value()) })
}

// limited counts a request that was refused by a limit; “renders” is the
// overall brake.
func (m *metrics) limited(limit string) {
	m.set.GetOrCreateCounter(fmt.Sprintf("yangguang_limited_total{limit=%q}", limit)).Inc()
}

// observe counts an answer; route is nil where no route took the request.
func (m *metrics) observe(route *fiber.Route, status int, took time.Duration) {
	k := seriesKey{route, status}
	series, ok := (*m.series.Load())[k]
	if !ok {
		series = m.add(k)
	}
	series.Update(took.Seconds())
}

func (m *metrics) add(k seriesKey) *count.PrometheusHistogram {
	m.adding.Lock()
	defer m.adding.Unlock()
	series := m.set.GetOrCreatePrometheusHistogramExt(
		fmt.Sprintf("yangguang_request_seconds{route=%q,status=\"%d\"}", pattern(k.route), k.status), seconds)
	all := maps.Clone(*m.series.Load())
	all[k] = series
	m.series.Store(&all)
	return series
}

// MetricsHandler answers with the metrics of the server and its process; it
// belongs on a listener of its own, which the public cannot reach.
func (s *Server) MetricsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		s.metrics.set.WritePrometheus(w)
		count.WriteProcessMetrics(w)
	})
	return mux
}
