//go:build repro

package proof

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
)

// reproduced is what the script of a fault's clause said.
type reproduced struct {
	fault           string
	faulty, correct int // exits; -1: there is no script
	said            string
}

// sampled is how many faults of an API are tried where $REPRO does not ask for others.
const sampled = 10

// scriptedAtOnce is how many faults are judged in one run: of more than 20 targets a run makes no scripts.
const scriptedAtOnce = 20

// scriptsAtOnce is how many scripts run at once. They wait more than they work.
const scriptsAtOnce = 8

// The script of a fault's clause is run against the faulty server and against the conforming one: it never says that
// the clause is met on the first, never that it is not on the second, and at most one in five of all cannot tell.
// $REPRO names the faults by a regular expression, is a part of them such as 1/20, or "all"; else a few of each API are
// tried.
func TestScriptsReproduceFaults(t *testing.T) {
	built := filepath.Join(t.TempDir(), "conformance")
	if output, err := exec.Command("go", "build", "-o", built, "session-conformance/support/cmd/conformance").
		CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	judge := func(api string, args ...string) (*exec.Cmd, error) {
		cmd := exec.Command(built, append([]string{"suite", api}, args...)...)
		_, err := cmd.StdinPipe() // whose end would interrupt it
		return cmd, err
	}
	untold, scripts := 0, 0
	for _, a := range apis() {
		t.Run(a.API, func(t *testing.T) {
			if a.stop != nil {
				defer a.stop()
			}
			for faults := range slices.Chunk(a.chosen(), scriptedAtOnce) {
				judged := a.reproduce(t, judge, faults, clausesOf(faults))
				// What a fault does may need the requests of other scenarios, too.
				missed := slices.DeleteFunc(faults, func(c Case) bool {
					return !slices.ContainsFunc(judged,
						func(r reproduced) bool { return r.fault == c.Name && r.faulty < 0 })
				})
				if len(missed) > 0 {
					judged = slices.DeleteFunc(judged, func(r reproduced) bool { return r.faulty < 0 })
					judged = append(judged, a.reproduce(t, judge, missed, "")...)
				}
				for _, r := range judged {
					scripts++
					if r.faulty == 0 || r.correct == 1 {
						t.Errorf("%s: exit %d on the faulty server, %d on the conforming one\n%s",
							r.fault, r.faulty, r.correct, r.said)
					}
					if r.faulty != 1 || r.correct != 0 {
						untold++
						t.Logf("%s cannot tell: %d, %d: %s", r.fault, r.faulty, r.correct, lastLine(r.said))
					}
				}
			}
		})
	}
	t.Logf("%d of %d scripts cannot tell", untold, scripts)
	if fair := regexp.MustCompile("^(all|[0-9/]*)$"); fair.MatchString(os.Getenv("REPRO")) && untold*5 > scripts {
		t.Error("more than one in five cannot tell")
	}
}

// clausesOf is the filter that chooses the specs of the faults' clauses.
func clausesOf(faults []Case) string {
	var names []string
	for _, c := range faults {
		names = append(names, c.Clause)
	}
	return "clause: containsAny {" + strings.Join(names, ", ") + "}"
}

// chosen are the faults that are tried, those of a clause one after another: so a run of some of them judges few specs.
func (a api) chosen() []Case {
	cases := slices.DeleteFunc(a.cases(), func(c Case) bool { return c.Kind != Fault })
	wanted := cmp.Or(os.Getenv("REPRO"), fmt.Sprintf("1/%d", max(1, len(cases)/sampled)))
	pattern, part, parts := regexp.MustCompile(wanted), 1, 1
	_, failed := fmt.Sscanf(wanted, "%d/%d", &part, &parts)
	var list []Case
	for i, c := range cases {
		if wanted == "all" || failed == nil && i%parts == part-1 || failed != nil && pattern.MatchString(c.Name) {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b Case) int { return strings.Compare(a.Clause, b.Clause) })
	return list
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// reproduce starts the servers of the faults, judges them by the specs that the filter chooses, and runs the scripts.
func (a api) reproduce(t *testing.T, program Program, faults []Case, filter string) []reproduced {
	g := NewWithT(t)
	folder := t.TempDir()
	made := 0
	var stop []func() error
	defer func() {
		for _, s := range stop {
			_ = s()
		}
	}()
	start := func(c Case) (settings map[string]any) {
		server, settings, _, err := a.serve(c, func(pem []byte) (string, error) {
			made++
			path := filepath.Join(folder, fmt.Sprintf("ca-%d.pem", made))
			return path, os.WriteFile(path, pem, 0o600)
		})
		g.Expect(err).NotTo(HaveOccurred())
		stop = append(stop, server.Close)
		return settings
	}
	var targets []map[string]any
	for _, c := range faults {
		targets = append(targets, start(c))
	}
	text, err := json.Marshal(map[string]any{"targets": targets})
	g.Expect(err).NotTo(HaveOccurred())
	file := filepath.Join(folder, "targets.yaml")
	g.Expect(os.WriteFile(file, text, 0o600)).To(Succeed())
	environment := []string{"TARGETS_FILE=" + file, "EVIDENCE="}
	if a.secrets != nil {
		environment = append(environment, a.secrets()...)
	}
	filtered := func(api string, args ...string) (*exec.Cmd, error) {
		return program(api, append(args, "--ginkgo.label-filter="+filter)...)
	}
	_, err = a.run(filtered, filepath.Join(folder, "reports"), environment...)
	g.Expect(err).NotTo(HaveOccurred())

	// A login of another script would move the user's times, so whoever runs scripts has conforming servers of its own.
	conforming := make(chan []map[string]any, scriptsAtOnce)
	for range scriptsAtOnce {
		var pair []map[string]any
		for _, c := range a.cases()[:2] { // over http, and over https
			pair = append(pair, start(c))
		}
		conforming <- pair
	}
	all := make([]reproduced, len(faults))
	var running sync.WaitGroup
	for i, c := range faults {
		pair := <-conforming
		running.Go(func() {
			defer func() { conforming <- pair }()
			right := pair[0]
			if c.https {
				right = pair[1]
			}
			all[i] = reproduced{fault: c.Name, faulty: -1, correct: -1}
			script := filepath.Join(folder, "reports", "repro", c.Target(), c.Clause+".sh")
			if _, err := os.Stat(script); err == nil {
				var said string
				all[i].faulty, all[i].said = runScript(script, "", targets[i], environment)
				all[i].correct, said = runScript(script, fmt.Sprint(right["url"]), right, environment)
				all[i].said += "\n--- conforming\n" + said
			}
		})
	}
	running.Wait()
	return all
}

// runScript runs a script with the target's secrets in the environment.
func runScript(script, address string, settings map[string]any, environment []string) (int, string) {
	cmd := exec.Command("sh", script)
	cmd.Env = append(os.Environ(), environment...)
	flat("", settings, func(name, value string) { cmd.Env = append(cmd.Env, name+"="+value) })
	if address != "" {
		cmd.Env = append(cmd.Env, "URL="+address)
	}
	if keycloak, ok := settings["keycloak"].(map[string]string); ok {
		for name, value := range granted(keycloak) {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	if tls, ok := settings["tls"].(map[string]any); ok {
		cmd.Env = append(cmd.Env, fmt.Sprintf("CURL_OPTIONS=--cacert %s", tls["ca_file"]))
	}
	output, _ := cmd.CombinedOutput()
	return cmd.ProcessState.ExitCode(), string(output)
}

// flat gives the texts of settings under the names of variables: user.password is USER_PASSWORD.
func flat(path string, value any, give func(name, value string)) {
	switch v := value.(type) {
	case string:
		if strings.HasPrefix(v, "${") {
			v = os.Getenv(v[2 : len(v)-1])
		}
		give(strings.ToUpper(strings.Trim(path, "_")), v)
	default:
		text, _ := json.Marshal(v)
		var members map[string]any
		if json.Unmarshal(text, &members) == nil {
			for name, member := range members {
				flat(path+"_"+name, member, give)
			}
		}
	}
}

// granted are tokens of the realm, by a password grant.
func granted(keycloak map[string]string) map[string]string {
	response, err := http.PostForm(keycloak["issuer"]+"/protocol/openid-connect/token",
		url.Values{"grant_type": {"password"}, "client_id": {keycloak["client_id"]},
			"username": {keycloak["username"]}, "password": {keycloak["password"]}, "scope": {"openid"}})
	if err != nil {
		return nil
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	var tokens map[string]any
	_ = json.Unmarshal(text, &tokens)
	found := map[string]string{}
	for name, member := range map[string]string{"KEYCLOAK_TOKEN": "access_token", "KEYCLOAK_ID_TOKEN": "id_token",
		"KEYCLOAK_REFRESH_TOKEN": "refresh_token"} {
		if token, ok := tokens[member].(string); ok {
			found[name] = token
		}
	}
	return found
}
