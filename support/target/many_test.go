//go:build unit

package target

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// written writes files into a new folder and gives its path.
func written(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func line(name, url, login string) string {
	return fmt.Sprintf(`{"name": %q, "api": "sdm", "url": %q, "user": {"login": %q, "password": "secret-%s"}}`, name, url,
		login, name)
}

func namesOf(targets []Target) (names []string) {
	for _, t := range targets {
		names = append(names, t.Name)
	}
	return names
}

func TestTargetsInAFolder(t *testing.T) {
	g := NewWithT(t)
	folder := written(t, map[string]string{
		"b.yaml": "targets:\n  - " + line("two", "http://h", "a") + "\n",
		"a [1].jsonl": "\ufeff" + line("zero", "http://h", "a") + "\r\n\n\t" +
			line("one", "http://h", "Ж \\\" \\u00e9 \\ud83d\\ude00") + "\n",
		"notes.txt":    "no targets",
		".hidden.yaml": "neither",
	})
	targets, err := Load(folder, nil, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(namesOf(targets)).To(Equal([]string{"zero", "one", "two"}))
	g.Expect(targets[0].User.Password).To(Equal("secret-zero"))
	chosen, err := Load(folder, []string{"two"}, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(namesOf(chosen)).To(Equal([]string{"two"}))
}

func TestTextsInJSONLinesAreReadAsJSONReadsThem(t *testing.T) {
	g := NewWithT(t)
	folder := written(t, map[string]string{"t.jsonl": `{"name":"a","api":"sdm","url":"http:\/\/h","user":{"login":"x: y #z","password":"\ud83d\ude00 \u0416\t\\"}}`})
	targets, err := Load(filepath.Join(folder, "t.jsonl"), nil, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(targets[0].URL).To(Equal("http://h"))
	g.Expect(*targets[0].User).To(Equal(User{Login: "x: y #z", Password: "😀 Ж\t\\"}))
}

func TestAnErrorInManyFilesNamesFileLineAndColumn(t *testing.T) {
	g := NewWithT(t)
	good := line("one", "http://h", "a") + "\n"
	bad := strings.Replace(line("bad", "http://h", "b"), `"api"`, `"apy"`, 1)
	folder := written(t, map[string]string{
		"a.jsonl": good + "\n" + bad + "\n",
		"b.yaml":  "targets:\n  - " + line("one", "http://h", "c") + "\n",
	})
	_, err := Load(folder, nil, nil)
	g.Expect(err).To(MatchError(ContainSubstring(filepath.Join(folder, "a.jsonl") + `:3:17: target "bad": unknown key ` +
		"`apy`")))
	g.Expect(err).To(MatchError(ContainSubstring("    3 | ")))
	g.Expect(err).To(MatchError(ContainSubstring("b.yaml:2:14: target \"one\": this name stands in line 1 of " +
		filepath.Join(folder, "a.jsonl") + " too")))
	g.Expect(err).NotTo(MatchError(ContainSubstring("secret-")))
}

func TestADoubledKeyNamesTheLineOfTheFile(t *testing.T) {
	g := NewWithT(t)
	folder := written(t, map[string]string{"t.jsonl": line("one", "http://h", "a") + "\n" +
		`{"name":"b","api":"sdm","url":"embedded","headers":{"A":"b","A":"c"},"strict":true,"strict":true}`})
	_, err := Load(folder, nil, nil)
	g.Expect(err).To(MatchError(ContainSubstring("t.jsonl:2:61: target \"b\": the key `A` stands here twice, first in " +
		"line 2")))
	g.Expect(err).To(MatchError(ContainSubstring("the key `strict` stands here twice, first in line 2; remove one")))
	g.Expect(err).NotTo(MatchError(ContainSubstring("targets:")), "the line that is ours is not shown")
}

func TestALineThatIsNoTargetIsNamed(t *testing.T) {
	for text, says := range map[string]string{
		line("a", "http://h", "a") + "\n[]\n":  "t.jsonl:2:1: this line is no JSON object",
		`{"name": "a",`:                        "t.jsonl:1:1: this line is no JSON object",
		"{\"name\": \"\xff\"}":                 "t.jsonl:1:1: this line is not UTF-8",
		"\n\n":                                 "t.jsonl holds no target",
		"{" + strings.Repeat(" ", 2<<20) + "}": "t.jsonl:1:1: this line cannot be read",
	} {
		g := NewWithT(t)
		folder := written(t, map[string]string{"t.jsonl": text})
		_, err := Load(filepath.Join(folder, "t.jsonl"), nil, nil)
		g.Expect(err).To(MatchError(ContainSubstring(says)))
	}
}

func TestStandardInputHasNoFolder(t *testing.T) {
	g := NewWithT(t)
	here, err := os.Getwd()
	g.Expect(err).NotTo(HaveOccurred())
	folder := written(t, map[string]string{StandardInput: `{"name":"a","api":"sdm","url":"https://h","tls":{"ca_file":` +
		`"nope.pem"},"user":{"login":"a","password":"b"}}`})
	_, err = Load(filepath.Join(folder, StandardInput), nil, nil)
	g.Expect(err).To(MatchError(And(HavePrefix("standard input:1:"),
		ContainSubstring("cannot read "+filepath.Join(here, "nope.pem")), Not(ContainSubstring(folder)))))
}

func TestShardsShareOutAllTargetsAndKeepAccountsTogether(t *testing.T) {
	g := NewWithT(t)
	var lines []string
	for i := range 300 {
		// Each account has three targets: two addresses of a host differ in case and path only.
		lines = append(lines, line(fmt.Sprintf("t%d", i), []string{"http://Host:80/a", "http://host:80",
			"http://HOST:80/b/"}[i%3], fmt.Sprintf("user%d", i/3)))
	}
	folder := written(t, map[string]string{"t.jsonl": strings.Join(lines, "\n")})
	in := map[string]int{}
	for k := 1; k <= 4; k++ {
		t.Setenv(ShardVariable, Shard{k, 4}.String())
		targets, err := Load(folder, nil, nil)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(len(targets)).To(BeNumerically(">", 30), "shard %d", k)
		for _, target := range targets {
			g.Expect(in).NotTo(HaveKey(target.Name))
			in[target.Name] = k
		}
	}
	g.Expect(in).To(HaveLen(300))
	for i := range 300 {
		g.Expect(in[fmt.Sprintf("t%d", i)]).To(Equal(in[fmt.Sprintf("t%d", i/3*3)]))
	}
}

func TestAnAccountOfTwoTargetsJoinsTheirOtherAccounts(t *testing.T) {
	g := NewWithT(t)
	node := func(name, user, other string) *node {
		ps := &problems{}
		root := ps.parse(fmt.Sprintf("targets:\n- {name: %s, url: http://h, user: {login: %s}, other_user: {login: %s}}\n",
			name, user, other))
		return root.get("targets").items[0]
	}
	var groups Groups
	a, b, c, d := accountsOf(node("a", "u1", "u2")), accountsOf(node("b", "u3", "u2")), accountsOf(node("c", "u4", "u3")),
		accountsOf(node("d", "u5", "u6"))
	for _, keys := range [][]string{c, a, d, b} {
		groups.Join(keys...)
	}
	g.Expect(groups.Find(a[0])).To(Equal(groups.Find(c[0])))
	g.Expect(groups.Find(a[0])).NotTo(Equal(groups.Find(d[0])))
}

func TestAWrongShardSaysHowOneIsWritten(t *testing.T) {
	for _, text := range []string{"0/3", "4/3", "1", "a/b", "1/0", "-1/3", "1/3/5", " 1/3"} {
		_, err := ParseShard(text)
		NewWithT(t).Expect(err).To(HaveOccurred(), text)
	}
}
