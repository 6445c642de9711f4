package evidence

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// LetIn says whether control's login was let in: answered 2xx, and not with a page for people, which some proxy shows
// to everybody.
func LetIn(login *exchange.Exchange) bool { return login.Succeeded() && login.Page() == "" }

// NotLetIn settles that control's login of the account is refused. others try further documented forms or ways of the
// same user, each once until one is let in; at most one of them carries the password again. Accepted, the refused login
// is the product's failure, and all is asked but what carries the same credentials: that could lock the account.
// Refused too, one sentence says what came and the likely causes, and nothing more is sent.
func (t *Caller) NotLetIn(account string, login *exchange.Exchange, others ...func() *exchange.Exchange) {
	t.rec.refuse(account, fmt.Sprintf("the configured login of %s is answered %s", account, login.StatusLine()))
	var tried []*exchange.Exchange
	for _, other := range others {
		t.Wait(t.WrongPasswordPause)
		e := other()
		switch {
		case e.NotAsked != "":
		case LetIn(e):
			return
		default:
			tried = append(tried, e)
		}
	}
	why := t.whyNotLetIn(account, login, tried)
	for _, e := range append(tried, login) {
		e.Void(why)
	}
	if login.Status() == http.StatusUnauthorized || login.Status() == http.StatusForbidden {
		t.rec.accounts.turnAway(&t.Target, account)
	}
	t.Stop(why)
}

// whyNotLetIn is the sentence on a login that was refused in each way that was tried.
func (t *Caller) whyNotLetIn(account string, login *exchange.Exchange, tried []*exchange.Exchange) string {
	said := fmt.Sprintf("control was not let in: %s %s with %s.login and %s.password is answered %s", login.Request.Method,
		pathOf(login.Request.URL), account, account, outline(login))
	for _, e := range tried {
		said += fmt.Sprintf(", and %q %s", e.Step, outline(e))
	}
	var causes []string
	add := func(cause string, a ...any) { causes = append(causes, fmt.Sprintf(cause, a...)) }
	status, to := login.Status(), login.Header("Location")
	body := strings.ToLower(string(login.Body()[:min(len(login.Body()), 4<<10)]))
	switch {
	case strings.Contains(body, "https") &&
		(strings.Contains(body, "plain http") || strings.Contains(body, "http request")):
		add("url begins with http:// and the port speaks TLS: write https://")
	case status >= 300 && status < 400 && to != "":
		add("url is not the address of the API itself: it leads to %s", exchange.Printable(to, 120))
		add("a login page or proxy stands before the product")
	case status == 404 || status == 405 || status == 410 || status == 501:
		add("%s", t.basePath(login))
		add("url leads to another program: is its port right, and is api: %s?", t.API)
	case login.Page() != "":
		add("a login page or proxy stands before the product, or url leads to its pages and not to its API: %s",
			target.Of(t.API).Address)
		add("url leads to another program: is its port right, and is api: %s?", t.API)
	case status == 401 || status == 403:
		add("%s.login or %s.password is not right%s", account, account, t.comesFrom(account))
		if challenge := login.Header("WWW-Authenticate"); challenge != "" && login.Request.Header.Get("Authorization") == "" {
			add("a proxy before the product asks for credentials of its own (WWW-Authenticate: %s)",
				exchange.Printable(challenge, 80))
		}
		add("the account is locked, or may not log in this way")
		add("url leads to another installation, with other users")
	case status >= 500:
		add("the product itself fails: its log says why")
		add("url leads to another program: is api: %s?", t.API)
	default:
		add("the product does not take this form of a login: is api: %s, and is the version of the product one that its "+
			"document is about?", t.API)
		add("url leads to another program: is its port right?")
	}
	if proxy := login.Request.Proxy(); proxy != "" {
		add("the answer is that of %s, by which the request went: except the host in NO_PROXY", proxy)
	}
	said += ". Likely causes: " + strings.Join(causes, "; or ")
	if !strings.HasSuffix(said, "?") {
		said += "."
	}
	return said + " Nothing else was asked"
}

// outline is the status of an answer, and what page it is.
func outline(e *exchange.Exchange) string {
	if !e.Answered() {
		return "with nothing: " + e.Unanswered()
	}
	if page := e.Page(); page != "" {
		return e.StatusLine() + " with " + page
	}
	return e.StatusLine()
}

func pathOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.EscapedPath()
	}
	return address
}

// basePath looks at the address without its last part, and says whether anything of the API is there.
func (t *Caller) basePath(login *exchange.Exchange) string {
	u, err := url.Parse(login.Request.URL)
	if err != nil {
		return "the path of url is not right"
	}
	u.Path, u.RawPath = path.Dir(u.Path), ""
	look := t.rec.send(t.ctx, looks,
		call{request: exchange.Request{Method: http.MethodGet, URL: u.String(), Header: http.Header{}},
			step: NewStep("GET " + u.Path)})
	there := look.Answered() && !slices.Contains([]int{404, 410, 501}, look.Status()) && look.Page() == ""
	if there {
		return fmt.Sprintf("something of the API is there (GET %s is answered %s), and this call is not: is the product's "+
			"version one that its document is about?", u.Path, look.StatusLine())
	}
	return fmt.Sprintf("the path of url is not right (GET %s is answered %s): %s", u.Path, outline(look),
		target.Of(t.API).Address)
}

// inQuotes is a value that a shell would have taken out of its quotation marks.
var inQuotes = regexp.MustCompile(`(?s)^(".*"|'.*')$`)

// comesFrom names the variables that an account's credentials come from.
func (t *Caller) comesFrom(account string) string {
	var names []string
	end := ")"
	for _, key := range []string{"login", "password"} {
		name := t.Variables[account+"."+key]
		if name == "" {
			continue
		}
		names = append(names, "$"+name)
		if inQuotes.MatchString(os.Getenv(name)) {
			end = fmt.Sprintf("; the value of $%s stands in quotation marks, as env files of Docker keep them)", name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " (from " + strings.Join(names, " and ") + end
}

// UseTokens fetches the target's Keycloak tokens for a scenario that does not always need them; it says whether there
// are any.
func (t *Caller) UseTokens() bool {
	if t.Realm() == nil || t.Lacks(needToken) {
		return false
	}
	_, none := t.rec.giveTokens(t)
	return none == ""
}
