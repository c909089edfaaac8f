package page_test

import (
	"strings"
	"testing"
)

func TestRequestsAreCountedByRouteAndStatus(t *testing.T) {
	h := sunTerms(t, nil)
	h.publish("moon", "second")
	h.App.Get("/broken", broken)
	h.get("/terms/sun")
	h.get("/terms/moon")
	h.get("/terms/none?q=whispered")
	h.get("/broken")
	h.get("/nothing/whispered")
	h.do("BREW", "/terms/sun")
	for labels, want := range map[string]float64{
		"route=/terms/:name status=200": 2,
		"route=/terms/:name status=404": 1,
		"route=/broken status=500":      1,
		"route=none status=404":         1,
		"route=none status=400":         1,
	} {
		if got := h.value("yangguang_request_seconds", strings.Fields(labels)...); got != want {
			t.Errorf("%s: %v, want %v", labels, got, want)
		}
	}
}

func TestMetricsTellNoAddresses(t *testing.T) {
	h := sunTerms(t, nil)
	h.get("/terms/whispered?q=whispered")
	h.get("/whispered")
	got := h.measured()
	if !strings.Contains(got, "yangguang_request_seconds_bucket") || !strings.Contains(got, "process_resident_memory_bytes") || strings.Contains(got, "whispered") {
		t.Error(got)
	}
}

func TestReadersAreNotLogged(t *testing.T) {
	h := sunTerms(t, nil)
	h.get("/terms/sun?q=whispered")
	if got := h.log.String(); strings.Contains(got, "whispered") || strings.Contains(got, "sun") || !strings.Contains(got, `"route":"/terms/:name"`) {
		t.Errorf("at debug level: %s", got)
	}
}
