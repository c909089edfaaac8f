package page

import (
	"errors"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts what is served. Labels are route patterns, never addresses.
type metrics struct {
	requests      *prometheus.HistogramVec
	hits, renders prometheus.Counter
	limited       *prometheus.CounterVec

	// series finds the histogram of a route and status without joining labels.
	series atomic.Pointer[map[seriesKey]prometheus.Observer]
	adding sync.Mutex
}

type seriesKey struct {
	route  *fiber.Route
	status int
}

func newMetrics() *metrics {
	m := &metrics{
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "yangguang_request_seconds", Help: "Time to answer a request, by route.",
			Buckets: []float64{.00005, .0002, .001, .005, .02, .1, .5, 2, 8},
		}, []string{"route", "status"}),
		hits:    prometheus.NewCounter(prometheus.CounterOpts{Name: "yangguang_page_cache_hits_total", Help: "Pages answered from the page cache."}),
		renders: prometheus.NewCounter(prometheus.CounterOpts{Name: "yangguang_page_renders_total", Help: "Documents rendered."}),
		limited: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yangguang_limited_total", Help: "Requests refused, by limit; renders is the overall brake.",
		}, []string{"limit"}),
	}
	m.series.Store(&map[seriesKey]prometheus.Observer{})
	return m
}

func (m *metrics) register(r prometheus.Registerer, s *Server) error {
	gauge := func(name, help string, value func() int) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(value()) })
	}
	return errors.Join(
		r.Register(m.requests), r.Register(m.hits), r.Register(m.renders), r.Register(m.limited),
		r.Register(gauge("yangguang_page_cache_entries", "Pages in the page cache.", func() int { n, _ := s.cache.fill(); return n })),
		r.Register(gauge("yangguang_page_cache_bytes", "Bytes of the page cache.", func() int { _, n := s.cache.fill(); return n })),
		r.Register(gauge("yangguang_page_renders_in_flight", "Documents in the making.", func() int { return len(s.brake.places) })),
	)
}

// observe counts an answer; route is nil where no route took the request.
func (m *metrics) observe(route *fiber.Route, status int, took time.Duration) {
	k := seriesKey{route, status}
	series, ok := (*m.series.Load())[k]
	if !ok {
		series = m.add(k)
	}
	series.Observe(took.Seconds())
}

func (m *metrics) add(k seriesKey) prometheus.Observer {
	m.adding.Lock()
	defer m.adding.Unlock()
	series := m.requests.WithLabelValues(pattern(k.route), strconv.Itoa(k.status))
	all := maps.Clone(*m.series.Load())
	all[k] = series
	m.series.Store(&all)
	return series
}

// MetricsHandler answers with the metrics; it belongs on a listener of its
// own, which the public cannot reach.
func MetricsHandler(g prometheus.Gatherer) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(g, promhttp.HandlerOpts{}))
	return mux
}
