//go:build samples

package samples

import (
	"cmp"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestSAYMON(t *testing.T) {
	const login, password = "Zoë", `5 €`
	python := cmp.Or(os.Getenv("PYTHON"), "python3")
	for name, c := range map[string]struct {
		command         func(url string) *exec.Cmd
		login, password string // as the client writes them
	}{
		"curl": {func(url string) *exec.Cmd {
			curl := exec.Command("curl", "-s", "-X", "POST", url, "-H", "Content-Type: application/json", "-d", "@-")
			curl.Stdin = strings.NewReader("{\n    \"login\": \"" + login + "\",\n    \"password\": \"" + password + "\"\n}\n")
			return curl
		}, login, password},
		"fetch": {func(url string) *exec.Cmd { return exec.Command("node", "saymon_fetch.js", url, login, password) }, login,
			password},
		"nodejs": {func(url string) *exec.Cmd { return exec.Command("node", "saymon_nodejs.js", url, login, password) },
			login, password},
		"python": {func(url string) *exec.Cmd { return exec.Command(python, "saymon.py", url, login, password) }, `Zo\u00eb`,
			`5 \u20ac`},
	} {
		t.Run(name, func(t *testing.T) {
			recorded, err := os.ReadFile("../../suites/saymon/samples/" + name + ".http")
			if err != nil {
				t.Fatal(err)
			}
			address, request := listen(t)
			if output, err := c.command("http://" + address + "/node/api/users/session").CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s\ninstall curl, node, and requests for Python", err, output)
			}
			want := strings.NewReplacer("{login}", `"`+c.login+`"`, "{password}", `"`+c.password+`"`).Replace(string(recorded))
			if got := headersAlike(plain(<-request)); got != headersAlike(plain(want)) {
				t.Errorf("%s sends\n%q\nand samples/%s.http says\n%q", name, got, name, headersAlike(plain(want)))
			}
		})
	}
}

// headersAlike writes the names of headers in lower case: NodeJS does so in some releases only.
func headersAlike(request string) string {
	head, body, _ := strings.Cut(request, "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	for i, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		lines[i+1] = strings.ToLower(name) + ": " + value
	}
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + body
}
