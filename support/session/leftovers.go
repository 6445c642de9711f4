package session

import (
	"fmt"
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

var csrfName = regexp.MustCompile(`(?i)csrf|xsrf`)

// CSRFCookie is the cookie against forged requests that an answer sets, as name=value; empty where it sets none.
func CSRFCookie(e *exchange.Exchange) string {
	for _, c := range e.Cookies() {
		if csrfName.MatchString(c.Name) && !c.Deletes() {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

// csrfNames are header fields of an answer that hand out a token against forged requests, as net/http writes them.
var csrfNames = []string{"X-Csrf-Token", "X-Csrftoken", "Xcsrf-Token", "Xcsrftoken", "X-Xsrf-Token", "X-Xsrftoken",
	"Xxsrf-Token", "Xxsrftoken"}

func csrfFields(a *exchange.Answer) (names []string) {
	for _, name := range csrfNames {
		if len(a.Header[name]) > 0 {
			names = append(names, name)
		}
	}
	return names
}

// CSRF gives the header fields in which a call that changes something returns what protects the session of the cookies
// against forged requests: the cookie for it that is among them, and the field that the latest answer about the session
// had. Frameworks read the cookie from fields of different names.
func CSRF(t *evidence.Caller, cookies string) (options []evidence.Option) {
	for _, pair := range strings.Split(cookies, "; ") {
		if name, value, _ := strings.Cut(pair, "="); csrfName.MatchString(name) {
			headers := []string{"X-Csrf-Token", "X-Csrftoken"} // Django reads the latter
			if strings.Contains(strings.ToLower(name), "xsrf") {
				headers = []string{"X-Xsrf-Token"}
			}
			for _, header := range headers {
				options = append(options, evidence.Header(header, strings.Trim(value, `"`)))
			}
		}
	}
	for _, e := range t.About(cookies, func(a *exchange.Answer) bool { return len(csrfFields(a)) > 0 }) {
		for _, name := range csrfFields(e.Answer) {
			options = append(options, evidence.Header(name, e.Answer.Header[name][0]))
		}
	}
	return options
}

// fewPlaces is in how many characters two session IDs differ at least where they are made by chance.
const fewPlaces = 12

// AlikeNote says in how many characters a session ID or token differs from the earlier one, where they are few, as
// those of a counter are: specs see only stand-ins.
const AlikeNote = "differs from the earlier session ID in"

// NoteAlike notes it of an answer that gave a later ID. That the two are the same is for another clause to say.
func NoteAlike(e *exchange.Exchange, later, earlier string) {
	if differ := Differing(later, earlier); differ > 0 && differ < fewPlaces {
		places := fmt.Sprint(differ, " characters")
		if differ == 1 {
			places = "one character"
		}
		e.Note(AlikeNote, places)
	}
}

// Differing counts the characters in which two texts differ, those that one has more than the other included.
func Differing(a, b string) int {
	x, y := []rune(a), []rune(b)
	differ := max(len(x), len(y)) - min(len(x), len(y))
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			differ++
		}
	}
	return differ
}
