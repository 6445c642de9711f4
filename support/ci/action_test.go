//go:build e2e

package ci

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/saymon"
)

// action is what GitHub reads of action/action.yml.
type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, If, Uses, Shell, Run string
			Env, With                map[string]string
		}
	}
}

// acted is what came of the action.
type acted struct {
	failed          bool
	said, workspace string
	outputs         map[string]string
	summary         string
}

var expression = regexp.MustCompile(`\$\{\{ *(\S+?) *\}\}`)

// act runs the action's steps as GitHub does: with the inputs in the place of expressions, and files for what it tells.
func (a action) act(t *testing.T, workspace string, given map[string]string) acted {
	t.Helper()
	g := NewWithT(t)
	folder := t.TempDir()
	path, err := filepath.Abs("action")
	g.Expect(err).NotTo(HaveOccurred())
	values := map[string]string{"github.workspace": workspace, "github.action_path": path}
	for name, input := range a.Inputs {
		values["inputs."+name] = input.Default
	}
	for name, value := range given {
		g.Expect(values).To(HaveKey("inputs."+name), "there is no such input")
		values["inputs."+name] = value
	}
	filled := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(found string) string {
			name := expression.FindStringSubmatch(found)[1]
			g.Expect(values).To(HaveKey(name), found)
			return values[name]
		})
	}
	done := acted{workspace: workspace, outputs: map[string]string{}}
	for _, s := range a.Runs.Steps {
		switch {
		case s.If == "${{ inputs.program == '' }}" && values["inputs.program"] != "":
			continue
		case strings.HasPrefix(s.Uses, "actions/upload-artifact@"):
			g.Expect(s.If).To(Equal("${{ always() && inputs.artifact != '' }}"))
			g.Expect(filepath.Join(workspace, filled(s.With["path"]))).To(BeADirectory())
			continue
		case s.Run == "" || done.failed:
			continue
		}
		g.Expect(s.Run).NotTo(ContainSubstring("${{"), "what an input says would be read as a command")
		cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", s.Run)
		cmd.Dir = workspace
		cmd.Env = append(clean(), "CI=true", "GITHUB_ACTIONS=true", "GITHUB_ACTION_PATH="+path, "RUNNER_TEMP="+folder,
			"GITHUB_OUTPUT="+filepath.Join(folder, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(folder, "summary"))
		for name, value := range s.Env {
			cmd.Env = append(cmd.Env, name+"="+filled(value))
		}
		said, err := cmd.CombinedOutput()
		done.said, done.failed = done.said+string(said), err != nil
	}
	told, _ := os.ReadFile(filepath.Join(folder, "output"))
	for line := range strings.Lines(string(told)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		done.outputs["steps.judge.outputs."+name] = value
	}
	summary, _ := os.ReadFile(filepath.Join(folder, "summary"))
	done.summary = string(summary)
	g.Expect(done.said).NotTo(ContainSubstring(password))
	return done
}

// output is one of the action, by its name.
func (a action) output(t *testing.T, done acted, name string) string {
	t.Helper()
	step := expression.FindStringSubmatch(a.Outputs[name].Value)
	NewWithT(t).Expect(step).NotTo(BeNil(), name)
	NewWithT(t).Expect(done.outputs).To(HaveKey(step[1]), done.said)
	return done.outputs[step[1]]
}

func TestTheActionJudgesAndTells(t *testing.T) {
	t.Parallel()
	var a action
	decode(t, "action/action.yml", &a)
	NewWithT(t).Expect(a.Runs.Using).To(Equal("composite"))
	workspace := filepath.Join(t.TempDir(), "my work [1]")
	NewWithT(t).Expect(os.Mkdir(workspace, 0o700)).To(Succeed())
	faulty(t, workspace, "cookie-path-node")
	address := regexp.MustCompile(`url: "(\S+)"`).FindStringSubmatch(string(text(t, workspace+"/targets.yaml")))[1]
	product := map[string]string{"api": "saymon", "url": address, "login": saymon.Default().User.Login,
		"password": password}
	with := func(more ...string) map[string]string {
		all := map[string]string{}
		for name, value := range product {
			all[name] = value
		}
		for i := 0; i < len(more); i += 2 {
			all[more[i]] = more[i+1]
		}
		return all
	}
	waivers := "waivers: [{clause: saymon-cookie-path, reason: \"LAB-1\", until: 2999-01-01}]\n"
	NewWithT(t).Expect(os.WriteFile(workspace+"/waivers.yaml", []byte(waivers), 0o600)).To(Succeed())

	g := NewWithT(t) // built from the sources, once
	red := a.act(t, workspace, product)
	g.Expect(red.failed).To(BeTrue(), red.said)
	g.Expect(red.summary).To(ContainSubstring("saymon-cookie-path"))
	g.Expect(a.output(t, red, "verdict")).To(Equal("non-conformant"))
	g.Expect(a.output(t, red, "fail")).To(Equal("2"))
	for name := range a.Outputs {
		g.Expect(a.output(t, red, name)).NotTo(BeEmpty(), name)
	}
	program := filepath.Join(t.TempDir(), "conformance")
	said, err := exec.Command("go", "build", "-o", program, "../cmd/conformance").CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(said))
	accept := exec.Command(program, "accept", "-o", "accepted.json")
	accept.Dir, accept.Env = workspace, clean()
	said, err = accept.CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(said))

	for name, c := range map[string]struct {
		inputs  map[string]string
		failed  bool
		verdict string
	}{
		"waived":       {with("waivers", "waivers.yaml"), false, "partial"},
		"accepted":     {with("accepted", "accepted.json"), false, "non-conformant"},
		"by a file":    {map[string]string{"targets": "embedded.yaml"}, false, "conformant"},
		"nobody there": {with("url", "http://127.0.0.1:1"), true, "inconclusive"},
		"a command":    {with("url", "http://127.0.0.1:1/$(touch stolen)`touch stolen`"), true, ""}, // no address
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			embedded := "targets: [{name: lab, api: sdm, url: embedded}]\n"
			g.Expect(os.WriteFile(workspace+"/embedded.yaml", []byte(embedded), 0o600)).To(Succeed())
			c.inputs["program"] = program
			done := a.act(t, workspace, c.inputs)
			g.Expect(done.failed).To(Equal(c.failed), done.said)
			if c.verdict != "" {
				g.Expect(a.output(t, done, "verdict")).To(Equal(c.verdict), done.said)
			}
			g.Expect(workspace + "/stolen").NotTo(BeAnExistingFile())
		})
	}
	both := a.act(t, workspace, with("targets", "targets.yaml", "program", program))
	g.Expect(both.failed).To(BeTrue())
	g.Expect(both.said).To(ContainSubstring("not both"))
}

// actionlint compares what a workflow gives the action with what its file declares.
func TestActionlintKnowsTheActionsInputs(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	folder := t.TempDir()
	g.Expect(os.MkdirAll(folder+"/.github/workflows", 0o700)).To(Succeed())
	g.Expect(os.CopyFS(folder+"/action", os.DirFS("action"))).To(Succeed())
	said, err := exec.Command("git", "init", "-q", folder).CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(said))
	lint := func(input, output string) (string, error) {
		workflow := fmt.Sprintf("on: push\njobs:\n  judge:\n    runs-on: ubuntu-24.04\n    steps:\n"+
			"      - id: it\n        uses: ./action\n        with:\n          api: sdm\n          %s: x\n"+
			"      - run: echo ${{ steps.it.outputs.%s }}\n", input, output)
		file := folder + "/.github/workflows/w.yml"
		g.Expect(os.WriteFile(file, []byte(workflow), 0o600)).To(Succeed())
		return lintWorkflow(file)
	}
	output, err := lint("accepted", "verdict")
	g.Expect(err).NotTo(HaveOccurred(), output)
	for _, wrong := range [][2]string{{"acepted", "verdict"}, {"accepted", "verdikt"}} {
		output, err = lint(wrong[0], wrong[1])
		g.Expect(err).To(HaveOccurred(), "%v", wrong)
		g.Expect(output).To(MatchRegexp("acepted|verdikt"))
	}
}
