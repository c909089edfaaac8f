package site

import (
	"net/url"
	"strings"

	"yangguang/content"
	"yangguang/site/page"
)

// Operator is who answers for a site in operation.
type Operator struct {
	// Name is the bureau's whole name, SiteName what it calls the site.
	Name, SiteName string
	// SiteID is the site's number as a government site (政府网站标识码), Filing
	// the number under which it was filed (备案号); both may be empty.
	SiteID, Filing string
}

// Trial is the identity of a site that runs on one machine, on a copy of
// public documents, for whoever started it. Whom to call and where to sign up
// stand in the record.
func Trial(s *content.Snapshot) page.Identity {
	id := identity(s)
	id.Name, id.Strip = "阳光招生", "本机试运行 · 非官方 · 公开文件副本"
	if id.Demo {
		id.Name, id.Strip = "阳光招生（演示）", page.DemoMark+" · 示例市并不存在，不要照着报名、打电话、交钱"
	}
	return id
}

// Operated returns the identity of a site that an operator answers for, at that
// public address.
func Operated(o Operator, address *url.URL) func(*content.Snapshot) page.Identity {
	return func(s *content.Snapshot) page.Identity {
		id := identity(s)
		id.Name, id.Operator, id.SiteID, id.Filing = o.SiteName, o.Name, o.SiteID, o.Filing
		id.Address = address.String()
		return id
	}
}

// identity is what the record says. The operator's own telephone, where one is
// current, comes before the one that the whole country has.
func identity(s *content.Snapshot) page.Identity {
	id := page.Identity{Tagline: cityOf(s) + "中等职业学校招生公开", Demo: s.Fictional()}
	for _, key := range []string{content.Hotline, content.Supervision} {
		if c, ok := s.Contact(key); ok && c.Year == 0 && c.Phone != "" {
			id.Hotline, id.HotlineName = c.Phone, strings.TrimPrefix(c.Name, c.Phone)
		}
	}
	if c, ok := s.Contact(content.Platform); ok {
		id.Platform, id.PlatformURL, id.PlatformNote = c.Name, c.URL, c.Text
	}
	return id
}

// cityOf is the city whose bureau is in the record.
func cityOf(s *content.Snapshot) string {
	for _, u := range s.Units() {
		if u.Kind == content.Bureau {
			return strings.TrimSuffix(u.Name, "教育局")
		}
	}
	return ""
}
