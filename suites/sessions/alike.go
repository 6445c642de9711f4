package sessions

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
)

var (
	// ofOneRequest are the names of members that say which request it was, or when.
	ofOneRequest = regexp.MustCompile(`(?i)time|date|request|trace|span|correlation|instance|nonce|uuid|id$`)
	// drawn are texts that differ from request to request: times, and long runs that look drawn at random.
	drawn = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([.,]\d+)?(Z|[+-]\d\d:?\d\d)?|\d{9,}|[A-Za-z0-9+/_=-]{16,}`)
)

// beRefusedLike is met by a refusal with the status and the words of another one. The login that was sent, times and
// request numbers do not count.
func beRefusedLike(other *exchange.Exchange) types.GomegaMatcher {
	return Meet("the answer to a wrong password: "+Outline(other), func(e *exchange.Exchange) bool {
		logins := []string{loginOf(e), loginOf(other)}
		return e.Status() == other.Status() && words(e, logins) == words(other, logins)
	}, Outline)
}

// words are the body of a refusal without what belongs to one request only.
func words(e *exchange.Exchange, logins []string) string {
	text := string(e.Body())
	var value any
	if _, ok := ParseJSON(e); ok && json.Unmarshal(e.Body(), &value) == nil {
		if canonical, err := json.Marshal(stripped(value)); err == nil {
			text = string(canonical)
		}
	}
	for _, login := range logins {
		if login != "" {
			text = strings.ReplaceAll(text, login, "…")
		}
	}
	return drawn.ReplaceAllString(text, "…")
}

// loginOf is the login that a request names.
func loginOf(e *exchange.Exchange) string { return gjson.GetBytes(e.Request.Body, "login").String() }

// stripped is a JSON value without the members that belong to one request only.
func stripped(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if ofOneRequest.MatchString(name) {
				delete(v, name)
				continue
			}
			v[name] = stripped(inner)
		}
	case []any:
		for i := range v {
			v[i] = stripped(v[i])
		}
	}
	return value
}
