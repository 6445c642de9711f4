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
func (t Target) Wrong() string {
	what := func(key, problem string) string {
		if problem == "" {
			return ""
		}
		return fmt.Sprintf("`%s` %s", key, problem)
	}
	api := Of(t.API)
	for i, f := range t.Without {
		if !slices.Contains(api.Features, f) || slices.Contains(t.Without[:i], f) {
			return fmt.Sprintf("`without` holds %q twice, or it is none of %s", f, oneOf(api.Features))
		}
	}
	user := ""
	switch {
	case t.Embedded(): // it did not start, so it has neither
	case t.User == nil:
		user = "is missing, and every run has one"
	case t.User.Login == "":
		user = "has no login"
	}
	address := badURL(t.URL)
	if address == "" && strings.HasSuffix(t.URL, "/") {
		address = "ends with a slash"
	}
	bounds := ""
	if t.Timeout <= 0 || t.Concurrency < 1 {
		bounds = "and `concurrency` must be more than 0"
	}
	found := []string{what("name", badName(t.Name)), what("url", address), what("user", user), what("timeout", bounds)}
	for _, path := range slices.Sorted(maps.Keys(api.Forms)) {
		found = append(found, what(path, api.Forms[path].Wrong(t.value(path).String())))
	}
	for _, wrong := range found {
		if wrong != "" {
			return wrong
		}
	}
	return ""
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
