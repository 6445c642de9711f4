//go:build samples

package samples

import (
	"bufio"
	"cmp"
	"io"
	"net"
	"net/http/httputil"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// listen takes one request on a loopback address, answers it 200, and gives its bytes.
func listen(t *testing.T) (address string, request <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	got := make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(10 * time.Second))
		got <- read(bufio.NewReader(c))
		c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
	}()
	return l.Addr().String(), got
}

// read reads a request as it came; a body in chunks without their sizes.
func read(r *bufio.Reader) string {
	var text strings.Builder
	length, chunked := 0, false
	for {
		line, err := r.ReadString('\n')
		text.WriteString(line)
		if value, is := strings.CutPrefix(strings.ToLower(line), "content-length:"); is {
			length, _ = strconv.Atoi(strings.TrimSpace(value))
		}
		chunked = chunked || strings.EqualFold(line, "Transfer-Encoding: chunked\r\n")
		if err != nil || line == "\r\n" {
			break
		}
	}
	if chunked {
		body, _ := io.ReadAll(httputil.NewChunkedReader(r))
		return text.String() + string(body)
	}
	body := make([]byte, length)
	n, _ := r.Read(body)
	return text.String() + string(body[:n])
}

// transport are the header fields that belong to the connection, and the numbers of a program's version.
var (
	transport = regexp.MustCompile(`(?mi)^(Host|Content-Length|Connection): .*\r\n`)
	version   = regexp.MustCompile(`(?m)^(User-Agent: [\w-]+)/.*\r$`)
)

func plain(request string) string {
	return version.ReplaceAllString(transport.ReplaceAllString(request, ""), "$1\r")
}

const file = `<?xml version="1.0" encoding="UTF-8"?>
<session>
<userName>Zoë&amp;admin</userName>
<password>5 € &lt; "6"</password>
</session>
`

func TestSDM(t *testing.T) {
	in := filepath.Join(t.TempDir(), "request.xml")
	if err := os.WriteFile(in, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		command            func(url string) *exec.Cmd
		userName, password string
	}{
		"curl": {func(url string) *exec.Cmd {
			return exec.Command("curl", "-s", "-X", "POST", "-d@"+in, "-H", "Accept: application/xml", "-H",
				"Content-Type: application/xml", url)
		}, "Zoë&amp;admin", `5 € &lt; "6"`},
		"python": {func(url string) *exec.Cmd {
			return exec.Command(cmp.Or(os.Getenv("PYTHON"), "python3"), "sdm.py", url, in)
		}, "Zo&#235;&amp;admin", `5 &#8364; &lt; "6"`},
	} {
		t.Run(name, func(t *testing.T) {
			recorded, err := os.ReadFile("../../suites/sdm/samples/" + name + ".http")
			if err != nil {
				t.Fatal(err)
			}
			address, request := listen(t)
			if output, err := c.command("http://" + address + "/rest/v1.3/admin/login").CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s\ninstall curl, and requests and lxml for Python", err, output)
			}
			want := strings.NewReplacer("{userName}", c.userName, "{password}", c.password).Replace(string(recorded))
			if got := plain(<-request); got != plain(want) {
				t.Errorf("%s sends\n%q\nand samples/%s.http says\n%q", name, got, name, plain(want))
			}
		})
	}
}
