package target

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Wrong says what is wrong with settings that evidence carries, as it would be said of targets.yaml; empty: nothing.
// Secrets are not among them.
func (t Target) Wrong() (first string) {
	wrong := func(key, what string) {
		if first == "" && what != "" {
			first = fmt.Sprintf("`%s` %s", key, what)
		}
	}
	api := Of(t.API)
	for i, f := range t.Without {
		if !slices.Contains(api.Features, f) || slices.Contains(t.Without[:i], f) {
			wrong("without", fmt.Sprintf("holds %q twice, or it is none of %s", f, oneOf(api.Features)))
		}
	}
	wrong("name", badName(t.Name))
	wrong("url", badURL(t.URL))
	switch {
	case strings.HasSuffix(t.URL, "/"):
		wrong("url", "ends with a slash")
	case t.Embedded(): // it did not start, so it has no user
	case t.User == nil:
		wrong("user", "is missing, and every run has one")
	case t.User.Login == "":
		wrong("user", "has no login")
	}
	if t.Timeout <= 0 || t.Concurrency < 1 {
		wrong("timeout", "and `concurrency` must be more than 0")
	}
	for _, path := range slices.Sorted(maps.Keys(api.Forms)) {
		wrong(path, api.Forms[path].Wrong(t.value(path).String()))
	}
	return first
}

// Below says whether an address is one of the target's, and gives its path below the target's url, without a query.
func (t Target) Below(address string) (path string, ok bool) {
	rest, ok := strings.CutPrefix(address, t.URL)
	if !ok || rest == "" || rest[0] != '/' {
		return "", false
	}
	u, err := url.Parse(rest)
	if err != nil || u.Host != "" || u.Fragment != "" || slices.Contains(strings.Split(u.Path, "/"), "..") {
		return "", false
	}
	return u.EscapedPath(), true
}
