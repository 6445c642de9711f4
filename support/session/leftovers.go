package session

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

// idLike are the runs of a body that could be a session ID or token: long ones with a digit.
var idLike = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9_.~+/%-]{14,254}[A-Za-z0-9_-]={0,2}`)

// IDs are the runs of an answer's body that could be a session ID or token. One that came with the request is none:
// many a framework repeats what it refuses.
func IDs(e *exchange.Exchange) []string {
	if len(e.Body()) >= exchange.LongBodyKept {
		return nil
	}
	return slices.DeleteFunc(idLike.FindAllString(string(e.Body()), 16),
		func(id string) bool { return !strings.ContainsAny(id, "0123456789") || came(e, id) })
}

// came says whether a value stood in the request.
func came(e *exchange.Exchange, value string) bool {
	address, err := url.QueryUnescape(e.Request.URL)
	if err != nil {
		address = e.Request.URL
	}
	return slices.ContainsFunc([]string{address, string(e.Request.Body), e.Request.Header.Get("Cookie")},
		func(sent string) bool { return strings.Contains(sent, value) })
}

// Left are the pairs of a Cookie header that an answer left and its request did not bring: some products set a
// session's cookie anew with every answer, refusals too.
func Left(e *exchange.Exchange, cookies string) string {
	brought := strings.Split(e.Request.Header.Get("Cookie"), "; ")
	pairs := slices.DeleteFunc(strings.Split(cookies, "; "), func(pair string) bool {
		return slices.Contains(brought, pair)
	})
	return strings.Join(pairs, "; ")
}

// Live is the name of the attempts that TryLeftovers makes.
const Live = "is %d live"

// most is how many leftovers of one refusal are tried.
const most = 4

// TryLeftovers uses what a refused login may have left, each once: none may be live. use sends a step with one of them.
func TryLeftovers(refused *evidence.Step, live *evidence.FollowUp, leftovers []string,
	use func(step *evidence.Step, leftover string)) {
	var tried []string
	for _, leftover := range leftovers {
		if leftover != "" && len(tried) < most && !slices.Contains(tried, leftover) {
			tried = append(tried, leftover)
			use(refused.Then(live, len(tried)), leftover)
		}
	}
}
