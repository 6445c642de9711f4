package evidence

import (
	"encoding/base64"
	"net/url"
	"os"
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/redact"
	"session-conformance/support/target"
)

// learnAll tells the hider every secret before anything is hidden, so that the order of exchanges does not matter.
func (r *recorder) learnAll(api *API, all []*exchange.Exchange) {
	words := []string{CreatorName, r.userAgent}
	for _, e := range all {
		words = append(words, e.Scenario, e.Step)
	}
	r.hider.Keep(words...)
	LearnSettings(r.hider, api, r.target, "")
	for _, text := range r.target.Texts() {
		if text.Secret { // whatever a scenario that sent it amiss called it
			r.labels[text.Value] = text.Path
		}
	}
	for _, e := range all {
		for _, c := range e.Cookies() {
			if value := bareCookie(c.Value); !r.wasHandedOut(value) {
				r.handedOut[value] = e.Number
			}
		}
	}
	for _, e := range all {
		for _, c := range e.Cookies() {
			r.learnCookie("cookie "+c.Name, c.Value)
		}
		if e.Succeeded() { // what a request got in with is a session, wherever it came from
			for _, c := range requestCookies(e.Request.Header) {
				r.learnCookie("cookie "+c.Name, c.Value)
			}
		}
		r.walk(e, learning(r.hider, "answer to "+e.Step))
	}
}

// learnCookie learns a cookie's value where it looks like an ID. Others, such as a language or a time zone, are hidden
// where they stand: as words they may stand in any answer.
func (r *recorder) learnCookie(label, value string) {
	if value = bareCookie(value); redact.LooksLikeID(value) && !r.isWord(value) {
		r.hider.Learn(label, value)
	}
}

// isWord says whether what stands for a session, a token or a password is a word of the suite's own or of the settings,
// such as a login, that a scenario tries for one. What an answer handed out, or a setting gives, is none, however it
// looks.
func (r *recorder) isWord(value string) bool {
	if _, labelled := r.labels[value]; labelled { // it may begin with a blank
		return false
	}
	value = bareCookie(value)
	plain, err := url.QueryUnescape(value)
	if err != nil {
		plain = value
	}
	_, labelled := r.labels[value]
	return plain != "" && !labelled && !r.wasHandedOut(value) && (r.hider.Keeps(plain) || r.hider.Keeps(value))
}

// wasHandedOut says that an answer set a cookie of this value.
func (r *recorder) wasHandedOut(value string) bool {
	_, was := r.handedOut[value]
	return was
}

// bareCookie is a cookie's value without quotation marks and blanks around it.
func bareCookie(value string) string { return strings.Trim(value, "\" \t") }

// LearnSettings tells a hider the secrets of a target's settings, with words before their labels, and the words that
// are none.
func LearnSettings(h *redact.Hider, api *API, t target.Target, before string) {
	h.Keep(api.Words...)
	h.Keep(ownWords()...) // a password may be one of them: response
	for _, text := range t.Texts() {
		switch {
		case text.Secret:
			h.Learn(before+text.Path, text.Value)
			if strings.HasPrefix(text.Path, "node.") {
				h.Names(text.Key)
			}
		case text.Word: // scenarios try some of them for a session, in base64 too
			h.Keep(append(InBase64(text.Value), text.Value)...)
		}
	}
	learnProxies(h)
}

// learnProxies learns the passwords in the addresses of proxies: an error may quote the address, a proxy its
// credentials. An address that is none has them too.
func learnProxies(h *redact.Hider) {
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"} {
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

// InBase64 are the forms of a word in base64.
func InBase64(word string) []string {
	return []string{base64.StdEncoding.EncodeToString([]byte(word)), base64.URLEncoding.EncodeToString([]byte(word))}
}

func (r *recorder) learn(label, secret string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hider.Learn(label, secret)
	if _, known := r.labels[secret]; !known && secret != "" {
		r.labels[secret] = label
	}
}
