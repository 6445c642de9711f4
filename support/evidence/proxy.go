package evidence

import (
	"net/url"
	"os"
	"strings"

	"session-conformance/support/redact"
)

// proxyVariables are those of the environment that net/http takes the addresses of proxies from.
var proxyVariables = []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"}

// learnProxies learns the passwords in the addresses of proxies: an error may quote the address, a proxy its
// credentials. An address that is none has them too.
func learnProxies(h *redact.Hider) {
	for _, name := range proxyVariables {
		address := os.Getenv(name)
		end := strings.LastIndex(address, "@")
		if end < 0 {
			continue
		}
		before := address[:end]
		if _, rest, scheme := strings.Cut(before, "://"); scheme {
			before = rest
		}
		_, password, _ := strings.Cut(before, ":")
		h.Learn("the password of "+name, password)
		if plain, err := url.PathUnescape(password); err == nil {
			h.Learn("the password of "+name, plain)
		}
	}
}
