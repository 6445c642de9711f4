//go:build keycloak && unix

package keycloak_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/keycloak"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

const judged = "saymon-session-by-keycloak"

// The SAYMON suite judges products that trust a realm of a real Keycloak: with right settings, with each wrong one, and
// where a product refuses the token. Then it judges the evidence once more, without Keycloak.
func TestWithARealKeycloak(t *testing.T) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := tools(ctx); err != nil {
		t.Fatal(err)
	}
	s := start(ctx, t)
	t.Run("a token of five seconds", func(t *testing.T) { expires(ctx, t, s) })
	t.Run("a session that is ended", func(t *testing.T) { ended(ctx, t, s) })

	program := filepath.Join(t.TempDir(), "saymon.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-o", program, "./suites/saymon")
	build.Dir = "../.."
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the suite does not build: %v\n%s", err, output)
	}
	all := targets(ctx, t, s)
	var list []settings
	for _, e := range all {
		e.settings["name"], e.settings["api"], e.settings["timeout"] = e.name, "saymon", "20s"
		list = append(list, e.settings)
	}
	text, err := json.Marshal(settings{"targets": list})
	if err != nil {
		t.Fatal(err)
	}
	file, reports, again := filepath.Join(t.TempDir(), "targets.yaml"), filepath.Join(t.TempDir(), "reports"),
		filepath.Join(t.TempDir(), "again")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	live := judge(ctx, t, program, reports, "TARGETS_FILE="+file, "EVIDENCE=")
	s.stop(t)
	replayed := judge(ctx, t, program, again, "TARGETS_FILE=", "EVIDENCE="+reports)
	for _, e := range all {
		t.Run(e.name, func(t *testing.T) { e.check(t, live[e.name], replayed[e.name]) })
	}
	t.Run("no secret in a report", func(t *testing.T) {
		NewWithT(t).Expect(filepath.WalkDir(reports, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			for _, secret := range []string{"Password at the realm", "Password elsewhere", "Secret of the confidential"} {
				if strings.Contains(string(text), secret) {
					t.Errorf("%s holds %q", path, secret)
				}
			}
			return err
		})).To(Succeed())
	})
}

// judge lets the suite judge and gives the results by target. That specs fail is what it may tell.
func judge(ctx context.Context, t *testing.T, program, reports string,
	environment ...string) map[string]*report.Target {
	t.Helper()
	cmd := exec.CommandContext(ctx, program, "--ginkgo.succinct", "--ginkgo.silence-skips", "--ginkgo.no-color")
	cmd.Dir = "../../suites/saymon"
	cmd.Env = append(append(os.Environ(), "TARGET=", "PROGRESS=off", "REPORTS_DIR="+reports), environment...)
	output, failed := cmd.CombinedOutput()
	results, err := report.Dir{Path: reports}.Read("saymon")
	if err != nil {
		t.Fatalf("the suite left no results (%v, %v):\n%s", err, failed, output)
	}
	if len(results.Problems) > 0 {
		t.Fatal(strings.Join(results.Problems, "\n"))
	}
	found := map[string]*report.Target{}
	for i := range results.Targets {
		found[results.Targets[i].Name] = &results.Targets[i]
	}
	return found
}

// again is the line of a failure that names the file and the folder of its run.
var again = regexp.MustCompile(`(?m)^  again .*$`)

// check wants the verdict of the login with Keycloak, and that nothing else fails or is left open for it.
func (e expected) check(t *testing.T, live, replayed *report.Target) {
	g := NewWithT(t)
	g.Expect(live).NotTo(BeNil())
	g.Expect(replayed).NotTo(BeNil())
	seen := 0
	for i, r := range live.Results {
		twin := replayed.Results[i]
		g.Expect([]string{twin.Spec, string(twin.Verdict), again.ReplaceAllString(twin.Message, "")}).
			To(Equal([]string{r.Spec, string(r.Verdict), again.ReplaceAllString(r.Message, "")}), "without a network")
		// What is left open may only be what waits for the token, or for that login.
		waits := e.verdict == report.Inconclusive &&
			(strings.Contains(r.Message, judged) || strings.Contains(r.Message, e.says))
		switch {
		case r.Clause == judged:
			seen++
			g.Expect(r.Verdict).To(Equal(e.verdict), r.Message)
			g.Expect(r.Message).To(ContainSubstring(e.says))
		case e.verdict == report.Fail && strings.Contains(r.Message, "waits for "+judged):
			g.Expect(r.Verdict).To(Equal(report.Inconclusive))
		case waits:
			g.Expect(r.Verdict).To(Equal(report.Inconclusive), r.Spec+": "+r.Message)
		default:
			g.Expect(r.Verdict).To(BeElementOf(report.Pass, report.NotApplicable), r.Spec+": "+r.Message)
		}
	}
	g.Expect(seen).To(Equal(1))
}

// expires looks at a token that ends while the run goes on.
func expires(ctx context.Context, t *testing.T, s *server) {
	g := NewWithT(t)
	tokens, err := keycloak.Fetch(ctx,
		keycloak.Realm{Timeout: 20 * time.Second, Keycloak: target.Keycloak{Issuer: s.url + "/realms/conformance",
			ClientID: "short", Username: "user.name", Password: "Password at the realm 1"}})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(tokens.Until).To(BeTemporally("~", time.Now().Add(5*time.Second), 4*time.Second))
	g.Expect(tokens.Over(time.Now().Add(6 * time.Second))).To(BeTrue())
	g.Expect(tokens.Doubt("short", time.Now().Add(6*time.Second), time.Time{})).To(ContainSubstring("expired on its way"))
	for kind, token := range map[string]string{"access": tokens.Access, "refresh": tokens.Refresh, "ID": tokens.ID} {
		g.Expect(strings.Count(token, ".")).To(Equal(2), kind)
	}
}

// ended ends the session that a grant opened: its refresh token is worth nothing then.
func ended(ctx context.Context, t *testing.T, s *server) {
	g := NewWithT(t)
	realm := s.url + "/realms/conformance"
	refresh := func(token string) int {
		answer, err := http.PostForm(realm+"/protocol/openid-connect/token",
			url.Values{"grant_type": {"refresh_token"}, "client_id": {"short"}, "refresh_token": {token}})
		g.Expect(err).NotTo(HaveOccurred())
		answer.Body.Close()
		return answer.StatusCode
	}
	tokens, err := keycloak.Fetch(ctx, keycloak.Realm{Timeout: 20 * time.Second, Keycloak: target.Keycloak{Issuer: realm,
		ClientID: "short", Username: "user.name", Password: "Password at the realm 1"}})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(refresh(tokens.Refresh)).To(Equal(http.StatusOK))
	tokens.End(ctx)
	g.Expect(refresh(tokens.Refresh)).To(Equal(http.StatusBadRequest))
}
