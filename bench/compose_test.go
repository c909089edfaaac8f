package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// told is what a bureau writes into .env.
var told = []string{"YANGGUANG_OPERATOR=示例市教育局", "YANGGUANG_SITE_NAME=示例市阳光招生", "PUBLIC_HOST=zs.example.gov.cn"}

func compose(t *testing.T, env []string) (*types.Project, error) {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{"../docker-compose.yml"}, cli.WithEnv(env), cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	return options.LoadProject(t.Context())
}

// The compose file is what the compose specification allows, and of nothing it
// asks for is there a default that would pass unseen.
func TestCompose(t *testing.T) {
	p, err := compose(t, told)
	if err != nil {
		t.Fatal(err)
	}
	for i := range told {
		if _, err := compose(t, slices.Delete(slices.Clone(told), i, i+1)); err == nil {
			t.Errorf("it starts without %s", told[i])
		}
	}
	for _, name := range []string{"site-a", "site-b", "proxy", "postgres", "redis", "meilisearch"} {
		s, ok := p.Services[name]
		if !ok {
			t.Errorf("there is no %s", name)
			continue
		}
		if s.HealthCheck == nil || !s.ReadOnly || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") || s.Restart == "" {
			t.Errorf("%s lacks a health check, a root that is read only, or a restart", name)
		}
		if (len(s.Ports) > 0) != (name == "proxy") {
			t.Errorf("%s has ports %v: only the proxy is reached from outside", name, s.Ports)
		}
		for _, secret := range s.Secrets {
			if p.Secrets[secret.Source].File == "" {
				t.Errorf("%s: the secret %s is no file", name, secret.Source)
			}
		}
	}
	for _, name := range []string{"site-a", "site-b"} {
		if s := p.Services[name]; s.User != "65532:65532" || !slices.Equal(s.CapDrop, []string{"ALL"}) {
			t.Errorf("%s runs as %q and keeps rights", name, s.User)
		}
	}
	for name, s := range p.Secrets {
		if !strings.Contains(s.File, "/secrets/") {
			t.Errorf("the secret %s lies in %s", name, s.File)
		}
	}
}

var variable = regexp.MustCompile(`\bYANGGUANG_[A-Z_]+\b`)

// Every variable of the program in it is one that the program knows.
func TestComposeSaysWhatTheProgramKnows(t *testing.T) {
	cmd := exec.Command("go", "run", "./cmd/yangguang", "--help")
	cmd.Dir = filepath.Join("..")
	help, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	known := variable.FindAllString(string(help), -1)
	p, err := compose(t, told)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for name, s := range p.Services {
		for v := range s.Environment {
			if !variable.MatchString(v) {
				continue
			}
			n++
			if !slices.Contains(known, strings.TrimSuffix(v, "_FILE")) && !slices.Contains(known, v) {
				t.Errorf("%s: the program knows no %s", name, v)
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d variables of the program found", n)
	}
}
