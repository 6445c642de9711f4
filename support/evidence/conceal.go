package evidence

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"session-conformance/support/exchange"
)

// secretKeys are the keys and elements of a body whose value is a secret wherever it stands.
var secretKeys = []string{"password", "auth-token", "token", "access_token", "client_secret"}

// openKeys are the keys of a node's map that are no secret; all others there may be.
var openKeys = []string{"login", "name", "id", "node", "nodeName", "host", "hostname", "version"}

// har hides the secrets of all that was recorded and writes it as a HAR file. It uses up the recorder.
func (r *recorder) har(api *API) []byte {
	var all []*exchange.Exchange
	for _, s := range api.Scenarios() {
		all = append(all, r.exchanges[s]...)
	}
	for s, exchanges := range r.exchanges {
		if s.Name == CleanUpName {
			all = append(all, exchanges...)
		}
	}
	r.learnAll(api, all)
	for i, e := range all {
		e.Number = i + 1
		r.conceal(e)
	}
	outcomes := slices.Clone(r.outcomes)
	for i := range outcomes {
		outcomes[i].Reason = r.hider.Text(outcomes[i].Reason)
	}
	return encode(r.describe(), all, outcomes, Version())
}

// nodeKeys adds the keys of a node's map, at any depth, but for openKeys.
func nodeKeys(node map[string]any, keys []string) []string {
	for key, value := range node {
		if !slices.Contains(openKeys, key) {
			keys = append(keys, key)
		}
		if inner, ok := value.(map[string]any); ok {
			keys = nodeKeys(inner, keys)
		}
	}
	return keys
}

// longTailCut is what is left out at the end of a body that was too long, in bytes: no secret of this length, as it is encoded,
// is left in part.
const longTailCut = 4 << 10

// conceal replaces the secrets of an exchange by their stand-ins, by position and by value.
func (r *recorder) conceal(e *exchange.Exchange) {
	keys := nodeKeys(r.target.Node, slices.Clone(secretKeys))
	position := func(path []string) bool {
		return len(path) > 0 && slices.Contains(keys, path[len(path)-1])
	}
	q := &e.Request
	q.URL = r.concealURL(q.URL)
	q.Header = r.concealHeader(q.Header, false)
	q.Body = r.hider.Body(q.Body, position)
	e.NoAnswer = r.hider.Text(e.NoAnswer)
	for name, value := range e.Notes {
		e.Notes[name] = r.hider.Text(value)
	}
	if a := e.Answer; a != nil {
		a.Header = r.concealHeader(a.Header, e.Mints)
		a.Reason = r.hider.Text(a.Reason)
		if a.Undecoded != "" && len(a.Body) > 0 { // nothing can be looked for in it
			a.Body = fmt.Appendf(nil, "[%d bytes encoded as %s are left out]", len(a.Body), r.hider.Text(a.Undecoded))
		}
		if e.Mints { // and not by position too, which would hide a stand-in again
			a.Body = r.hider.Minted(a.Body)
		} else {
			a.Body = r.hider.Body(a.Body, position)
		}
		if a.TooLong { // it was cut, perhaps within a secret
			a.Body = a.Body[:max(0, len(a.Body)-longTailCut)]
		}
	}
}

func (r *recorder) concealURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return r.hider.Text(address)
	}
	values := u.Query()
	if token := values.Get("api-token"); token != "" {
		address = strings.Replace(address, "api-token="+url.QueryEscape(token), "api-token="+url.QueryEscape(r.hider.StandIn(token)), 1)
	}
	return r.hider.Text(address)
}

// plainHeaders never carry a secret of their own: runs of ID characters in them are left.
var plainHeaders = []string{"Content-Type", "Date", "Server", "Cache-Control", "Expires", "Vary", "Allow", "Via", "Last-Modified",
	"Content-Security-Policy", "Strict-Transport-Security", "Www-Authenticate", "Content-Encoding", "Content-Length", "Transfer-Encoding"}

func (r *recorder) concealHeader(h http.Header, mints bool) http.Header {
	hidden := http.Header{}
	configured := http.Header{}
	for name, value := range r.target.Headers {
		configured.Set(name, value)
	}
	for name, values := range h {
		shown := r.hider.Name(name)
		for _, value := range values {
			switch {
			case name == "Set-Cookie":
				value = r.concealSetCookie(value)
			case name == "Cookie":
				value = r.concealCookies(value)
			case name == "Authorization", name == "Proxy-Authorization":
				value = r.concealCredentials(value)
			case configured.Get(name) == value:
				value = r.hider.StandIn(value)
			case mints && !slices.Contains(plainHeaders, name):
				value = string(r.hider.Minted([]byte(value)))
			default:
				value = r.hider.Text(value)
			}
			hidden[shown] = append(hidden[shown], value)
		}
	}
	return hidden
}

func (r *recorder) concealSetCookie(line string) string {
	pair, attributes, more := strings.Cut(line, ";")
	pair = r.concealPair(pair)
	if more {
		return pair + ";" + r.hider.Text(attributes)
	}
	return pair
}

func (r *recorder) concealCookies(line string) string {
	pairs := strings.Split(line, ";")
	for i := range pairs {
		pairs[i] = r.concealPair(pairs[i])
	}
	return strings.Join(pairs, ";")
}

// concealPair hides a cookie's value. Quotation marks around it are no part of the value, so that a quoted cookie still
// carries the stand-in of the unquoted one.
func (r *recorder) concealPair(pair string) string {
	name, value, found := strings.Cut(pair, "=")
	name = r.hider.Text(name)
	if !found {
		return name
	}
	bare := strings.Trim(value, "\" \t")
	if bare == "" {
		return name + "=" + value
	}
	return name + "=" + strings.Replace(value, bare, r.hider.StandIn(bare), 1)
}

// concealCredentials hides an Authorization header: of Basic ones the password, of others all after the scheme.
func (r *recorder) concealCredentials(value string) string {
	scheme, credentials, found := strings.Cut(value, " ")
	if !found {
		return r.hider.StandIn(value)
	}
	if strings.EqualFold(scheme, "Basic") {
		if plain, err := base64.StdEncoding.DecodeString(credentials); err == nil {
			login, password, _ := strings.Cut(string(plain), ":")
			return scheme + " " + base64.StdEncoding.EncodeToString([]byte(login+":"+r.hider.StandIn(password)))
		}
	}
	return scheme + " " + r.hider.StandIn(credentials)
}
