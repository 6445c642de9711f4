package target

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/http/httpguts"
)

// Each of these says what is wrong with a text, and the remedy; nothing where it is right. None repeats the text.

func empty(s string) string {
	if s == "" {
		return "is empty; give it a value"
	}
	return ""
}

var nameForm = regexp.MustCompile(namePattern)

// nameLimit bounds a target's name, in letters: it names files.
const nameLimit = 100

func badName(s string) string {
	switch {
	case s == "":
		return empty(s)
	case !nameForm.MatchString(s):
		return "may hold letters a to z, digits, dots and hyphens only, a letter or digit first, and no variable; change it"
	case len(s) > nameLimit:
		return "is longer than 100 letters, and names files; shorten it"
	case !filepath.IsLocal(s + ".har"): // con and nul, on Windows
		return "is that of a device of this system, and names files; change it"
	}
	return ""
}

// badURL wants "embedded" or an address that paths can follow.
func badURL(s string) string {
	switch {
	case s == "embedded":
		return ""
	case strings.EqualFold(s, "embedded"):
		return "must be `embedded` in small letters, or an address"
	}
	what := badAddress(s)
	if strings.HasPrefix(what, "must begin") {
		return what + " (or write: embedded)"
	}
	return what
}

// scheme begins an address; case does not count.
var scheme = regexp.MustCompile(`^(?i:https?)://`)

func badAddress(s string) string {
	if s == "" {
		return empty(s)
	}
	u, err := url.Parse(s)
	switch {
	case strings.ContainsFunc(s, unicode.IsSpace):
		return "holds a blank; remove it"
	case !scheme.MatchString(s):
		return "must begin with http:// or https://"
	case err != nil:
		return "is not an address such as https://product.acme.test:8443"
	case u.User != nil:
		return "holds a user or password; give them by keys of their own, not in the address"
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(s, "#"):
		return "must end with its path; remove what begins with ? or #"
	case u.Hostname() == "":
		return "names no host; write https://HOST"
	}
	if port := u.Port(); port != "" || strings.HasSuffix(u.Host, ":") {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return "has a port that is none; write 1 to 65535, or leave it out"
		}
	}
	return ""
}

var timeForm = regexp.MustCompile(strings.TrimSuffix(timePattern, "|"+variable))

func badTimeout(s string) string {
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return "has no unit; write seconds as 10s, milliseconds as 500ms"
	}
	d, err := time.ParseDuration(s)
	switch {
	case strings.HasPrefix(s, "-") || err == nil && d <= 0:
		return "must be longer than zero, such as 10s"
	case err != nil || !timeForm.MatchString(s):
		return "is not a time such as 10s, 500ms or 1m30s"
	}
	return ""
}

// badPause is badTimeout, but for a time of none.
func badPause(s string) string {
	if d, err := time.ParseDuration(s); err == nil && d == 0 && timeForm.MatchString(s) {
		return ""
	}
	return badTimeout(s)
}

func badDate(s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "is not a day; write it as 2027-01-31"
	}
	return ""
}

func badHeaderName(s string) bool { return !httpguts.ValidHeaderFieldName(s) }

func badHeaderValue(s string) string {
	if !httpguts.ValidHeaderFieldValue(s) {
		return "holds a line end or control character, which HTTP does not allow in a header; remove it"
	}
	return ""
}

// variable is the one form of a reference to the environment, as a regular expression.
const variable = `\$\{[A-Za-z_][A-Za-z0-9_]*\}`

// Patterns of texts, for editors. The checks of formats.go are stricter and give the remedy.
const (
	namePattern   = `^[A-Za-z0-9][A-Za-z0-9.-]*$`
	urlPattern    = `^(embedded|[hH][tT][tT][pP][sS]?://[^\s?#]+)$|` + variable
	timePattern   = `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|` + variable
	datePattern   = `^[0-9]{4}-[0-9]{2}-[0-9]{2}$|` + variable
	headerPattern = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
)

// refusedTokens are the keys of keycloak that go with a token as well as with an issuer.
var refusedTokens = []string{"expired_token", "other_realm_token"}
