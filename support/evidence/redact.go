package evidence

import (
	"encoding/base64"
	"fmt"
	"hash/maphash"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/redact"
)

// har hides the secrets of all that was recorded and writes it as a HAR file. It uses up the recorder.
func (r *recorder) har(api *API) []byte {
	var all []*exchange.Exchange
	for _, s := range api.Scenarios() {
		all = append(all, r.exchanges[s]...)
	}
	for _, s := range ownScenarios {
		all = append(all, r.exchanges[s]...)
	}
	for i, e := range all {
		e.Number = i + 1
		if a := e.Answer; a != nil && a.Undecoded != "" && len(a.Body) > 0 { // nothing can be looked for in it
			a.Body = fmt.Appendf(nil, "[%d bytes encoded as %s are left out]", len(a.Body), a.Undecoded)
		}
	}
	r.learnAll(api, all)
	hide := hiding(r.hider)
	for _, e := range all {
		r.walk(e, hide)
		if a := e.Answer; a != nil && a.TooLong { // it was cut, perhaps within a secret
			a.Body = a.Body[:max(0, len(a.Body)-longTailCut)]
		}
	}
	outcomes := slices.Clone(r.outcomes)
	for i := range outcomes {
		outcomes[i].Reason = r.hider.Text(outcomes[i].Reason)
	}
	return encode(r.describe(), all, outcomes, Version())
}

// longTailCut is what is left out at the end of a body that was too long, in bytes: no secret of this length, as it is
// encoded, is left in part.
const longTailCut = 4 << 10

// pass is one of the two passes over all that an exchange holds: first all secrets are learnt, then they are hidden. It
// gives what is to stand in the place of what it is shown.
type pass struct {
	body func(from redact.Origin, body []byte) []byte
	// value takes a text under a name, such as a header's; the name may be empty.
	value func(from redact.Origin, name, text string) string
	// secret takes a text that is a secret as a whole, by its place; header the name of a header.
	secret, header func(text string) string
}

// learning learns the secrets that values reveal and answers mint, and changes nothing.
func learning(h *redact.Hider, label string) pass {
	same := func(text string) string { return text }
	return pass{func(from redact.Origin, body []byte) []byte { h.LearnBody(label, from, body); return body },
		func(from redact.Origin, name, text string) string { h.LearnValue(label, from, name, text); return text }, same, same}
}

// hiding replaces the secrets by their stand-ins, by position and by value. All has been learnt, so what comes again,
// as most headers and many bodies do, is hidden as it was before.
func hiding(h *redact.Hider) pass {
	type named struct {
		from       redact.Origin
		name, text string
	}
	type hashed struct {
		from redact.Origin
		hash uint64
	}
	values, bodies, names, seed := map[named]string{}, map[hashed][]byte{}, map[string]string{}, maphash.MakeSeed()
	return pass{
		func(from redact.Origin, body []byte) []byte {
			key := hashed{from, maphash.Bytes(seed, body)}
			hidden, again := bodies[key]
			if !again {
				hidden = h.Body(from, body)
				bodies[key] = hidden
			}
			return hidden
		},
		func(from redact.Origin, name, text string) string {
			key := named{from, name, text}
			hidden, again := values[key]
			if !again {
				hidden = h.Value(from, name, text)
				values[key] = hidden
			}
			return hidden
		},
		h.StandIn,
		func(name string) string {
			if _, again := names[name]; !again {
				names[name] = h.Name(name)
			}
			return names[name]
		},
	}
}

// origin says what the answer of an exchange is, to those who look for secrets in it.
func origin(e *exchange.Exchange) redact.Origin {
	switch {
	case e.Succeeded() && e.Mints:
		return redact.Minting
	case e.Succeeded():
		return redact.Answered
	case e.Mints:
		return redact.RefusedLogin
	}
	return redact.Refused
}

// walk takes all that an exchange holds through a pass.
func (r *recorder) walk(e *exchange.Exchange, p pass) {
	q, from := &e.Request, origin(e)
	q.URL = r.walkURL(q.URL, p)
	q.Header = r.walkHeader(q.Header, redact.Sent, p)
	q.Body = p.body(redact.Sent, q.Body)
	e.NoAnswer = p.value(redact.Refused, "", e.NoAnswer)
	for name, value := range e.Notes {
		e.Notes[name] = p.value(redact.Refused, "", value)
	}
	if a := e.Answer; a != nil {
		a.Header = r.walkHeader(a.Header, from, p)
		a.Reason = p.value(from, "", a.Reason)
		a.Undecoded = p.value(from, "", a.Undecoded)
		a.Body = p.body(from, a.Body)
	}
}

func (r *recorder) walkURL(address string, p pass) string {
	name := r.api.TokenQuery
	if u, err := url.Parse(address); err == nil && name != "" {
		if token := u.Query().Get(name); token != "" && !r.isWord(token) {
			address = strings.Replace(address, name+"="+url.QueryEscape(token), name+"="+url.QueryEscape(p.secret(token)), 1)
		}
	}
	return p.value(redact.Sent, "", address)
}

func (r *recorder) walkHeader(h http.Header, from redact.Origin, p pass) http.Header {
	walked := http.Header{}
	configured := http.Header{}
	for name, value := range r.target.Headers {
		configured.Set(name, value)
	}
	for name, values := range h {
		shown := p.header(name)
		for _, value := range values {
			switch {
			case name == "Set-Cookie":
				value = walkSetCookie(value, from, p)
			case name == "Cookie":
				value = r.walkCookies(value, p)
			case name == "Authorization", name == "Proxy-Authorization":
				value = r.walkCredentials(value, p)
			case configured.Get(name) == value:
				value = p.secret(value)
			default:
				value = p.value(from, name, value)
			}
			walked[shown] = append(walked[shown], value)
		}
	}
	return walked
}

func walkSetCookie(line string, from redact.Origin, p pass) string {
	pair, attributes, more := strings.Cut(line, ";")
	pair = walkPair(pair, p)
	if more {
		return pair + ";" + p.value(from, "", attributes)
	}
	return pair
}

func (r *recorder) walkCookies(line string, p pass) string {
	pairs := strings.Split(line, ";")
	for i, pair := range pairs {
		if name, value, _ := strings.Cut(pair, "="); r.isWord(value) {
			pairs[i] = p.value(redact.Sent, "", name) + "=" + p.value(redact.Sent, "", value)
			continue
		}
		pairs[i] = walkPair(pair, p)
	}
	return strings.Join(pairs, ";")
}

// walkPair takes a cookie. Quotation marks around its value are no part of the value, so that a quoted cookie still
// carries the stand-in of the unquoted one.
func walkPair(pair string, p pass) string {
	name, value, found := strings.Cut(pair, "=")
	name = p.value(redact.Sent, "", name)
	if !found {
		return name
	}
	bare := strings.Trim(value, "\" \t")
	if bare == "" {
		return name + "=" + value
	}
	return name + "=" + strings.Replace(value, bare, p.secret(bare), 1)
}

// walkCredentials takes an Authorization header: of Basic ones the password is a secret, of others all after the
// scheme.
func (r *recorder) walkCredentials(value string, p pass) string {
	scheme, credentials, found := strings.Cut(value, " ")
	if !found {
		return p.secret(value)
	}
	plain, err := base64.StdEncoding.DecodeString(credentials)
	login, password, pair := strings.Cut(string(plain), ":")
	switch basic := strings.EqualFold(scheme, "Basic") && err == nil; {
	case basic && pair && !r.isWord(password):
		return scheme + " " + base64.StdEncoding.EncodeToString([]byte(login+":"+p.secret(password)))
	case basic && (pair || r.isWord(string(plain))), !basic && r.isWord(credentials):
		return value
	}
	return scheme + " " + p.secret(credentials)
}
