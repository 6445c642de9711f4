//go:build unit

package target

import (
	"testing"

	. "github.com/onsi/gomega"
)

const twoTargets = `targets:
- name: first
  api: sessions
  url: "${HOST}/api/"
  user: {login: "${LOGIN}", password: "${A}-${B}-$x-$$-pa$word-${}-${1}-${A:-b}-$${A}"}
  headers: {X-Env: "${LOGIN}"}
  node: {a: ["${A}", {b: "${B}"}], "${A}": 1}
- name: second
  api: sdm
  url: https://h
  user: {login: a, password: "${NOWHERE}"}
`

func TestVariables(t *testing.T) {
	g := NewWithT(t)
	const odd = "\"}\n- name: x\r\n# ${B} \\ 'é"
	t.Setenv("HOST", "https://h")
	t.Setenv("LOGIN", "qa")
	t.Setenv("A", odd)
	t.Setenv("B", "")
	targets, err := Load(folderWith(t, twoTargets), []string{"first"}, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(targets).To(HaveLen(1))
	g.Expect(targets[0].URL).To(Equal("https://h/api"))
	g.Expect(*targets[0].User).To(Equal(User{Login: "qa", Password: odd + "--$x-$$-pa$word-${}-${1}-${A:-b}-$" + odd}))
	g.Expect(targets[0].Headers).To(Equal(map[string]string{"X-Env": "qa"}))
	g.Expect(targets[0].Own).To(HaveField("Node", And(HaveKey("${A}"),
		HaveKeyWithValue("a", []any{odd, map[string]any{"b": ""}}))))
}

func TestVariablesThatAreNotSet(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("HOST", "https://h")
	t.Setenv("LOGIN", "")
	path := folderWith(t, twoTargets)
	_, err := Load(path, nil, nil)
	for _, want := range []string{
		path + ":5:17: target \"first\": `user.login`, with `LOGIN` from the environment, is empty",
		path + ":5:39: target \"first\": `user.password` takes `A` and `B` from the environment, where it is not set; set " +
			"it, or choose other targets with TARGET",
		path + ":7:14: target \"first\": `node` takes `A`",
		path + ":11:30: target \"second\": `user.password` takes `NOWHERE`",
	} {
		g.Expect(err).To(MatchError(ContainSubstring(want)))
	}
	g.Expect(err.(*Error).Problems).To(HaveLen(5))
}

// Where a pipeline knows no value it leaves the reference to it: that is no password, and would lock the account.
func TestVariablesThatNobodyFilled(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("HOST", "https://h")
	t.Setenv("LOGIN", "qa")
	t.Setenv("B", "$(not a name)")
	t.Setenv("A", "$(SAYMON.password-1)")
	_, err := Load(folderWith(t, twoTargets), []string{"first"}, nil)
	g.Expect(err).To(MatchError(ContainSubstring("`user.password` takes `A` from the environment, which holds nothing " +
		"but the name of another variable")))
}

// What is wrong with a value from the environment is said without it.
func TestResolvedValuesAreChecked(t *testing.T) {
	for name, tt := range map[string]struct{ line, value, want string }{
		"no user":     {"url: \"${V}\"", "https://canary", "`user` is missing; add `user: {login: …, password: …}`"},
		"half a user": {"url: \"${V}\"\n  user: {login: a}", "https://canary", "`password` is missing in `user`"},
		"an address": {"url: \"${V}\"\n  user: {login: a, password: b}", "ftp://canary",
			"`url`, with `V` from the environment, must begin with http:// or https://"},
		"a time": {"timeout: \"${V}\"", "7canary", "`timeout`, with `V` from the environment, is not a time"},
		"a header": {"headers: {A: \"b${V}\"}", "canary\r\nB: c",
			"`headers`, with `V` from the environment, holds a line end"},
		"an empty login": {"user: {login: \"${V}\", password: p}", "",
			"`user.login`, with `V` from the environment, is empty"},
		"a file": {"tls: {ca_file: \"${V}\"}", "canary.pem", "`tls.ca_file`: cannot read the file named by `V`: " +
			"no such file"},
		"not UTF-8": {"product: {name: \"${V}\"}", "canary\xff", "`product.name` takes `V` from the environment, " +
			"which is not UTF-8"},
		"a clause": {"waivers: [{clause: \"${V}\", reason: r, until: 2027-01-31}]", "canary",
			"unknown clause `${V}` of sdm"},
		"a day": {"waivers: [{clause: sdm-login, reason: r, until: \"${V}\"}]", "canary",
			"`waivers.until`, with `V` from the environment, is not a day"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			t.Setenv("V", tt.value)
			_, err := Load(folderWith(t, "targets:\n- <<: {name: a, api: sdm, url: embedded}\n  "+tt.line+"\n"), nil, clauses)
			g.Expect(err).To(MatchError(ContainSubstring(tt.want)))
			g.Expect(err).NotTo(MatchError(ContainSubstring("canary")))
			g.Expect(err.(*Error).Problems).To(HaveLen(1))
		})
	}
}

func TestChoiceOfTargets(t *testing.T) {
	g := NewWithT(t)
	path := folderWith(t, twoTargets)
	_, err := Load(path, []string{"frist", "nothing"}, nil)
	g.Expect(err).To(MatchError(path + ": TARGET names \"frist\", which is not there; did you mean `first`? There are: " +
		"first, second\n" +
		path + ": TARGET names \"nothing\", which is not there. There are: first, second"))
	// What is wrong elsewhere is an error too, whatever is chosen; what only misses variables is none.
	_, err = Load(folderWith(t, twoTargets+"  timout: 1s\n"), []string{"first"}, nil)
	g.Expect(err).To(MatchError(ContainSubstring("`timout`")))
	g.Expect(err).NotTo(MatchError(ContainSubstring("takes `NOWHERE`")))
}
