package evidence

import (
	"encoding/json"
	"slices"
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/redact"
)

// learnAll tells the hider every secret before anything is hidden, so that the order of exchanges does not matter.
func (r *recorder) learnAll(api *API, all []*exchange.Exchange) {
	for _, e := range all {
		r.hider.Keep(e.Scenario, e.Step)
	}
	r.hider.Keep(CreatorName, r.userAgent)
	r.learnSettings(api)
	for _, e := range all {
		for _, c := range e.Cookies() {
			r.learnCookie("cookie "+c.Name, c.Value)
		}
		if e.Succeeded() { // what a request got in with is a session, wherever it came from
			for _, c := range requestCookies(e.Request.Header) {
				r.learnCookie("cookie "+c.Name, c.Value)
			}
		}
		r.walk(e, learning{r.hider, "answer to " + e.Step})
	}
}

// learnCookie learns a cookie's value where it looks like an ID. Others, such as a language or a time zone, are hidden where
// they stand: as words they may stand in any answer.
func (r *recorder) learnCookie(label, value string) {
	if value = strings.Trim(value, "\" "); redact.LooksLikeID(value) {
		r.hider.Learn(label, value)
	}
}

// learnSettings tells the hider the secrets of the target's settings, and the words that are none.
func (r *recorder) learnSettings(api *API) {
	r.hider.Keep(api.Words...)
	t := &r.target
	r.hider.Keep(t.Name, t.URL) // an error page may name its server
	if t.User != nil {
		r.hider.Keep(t.User.Login, t.User.Email, t.User.ID)
		r.learn("user.password", t.User.Password)
	}
	if t.OtherUser != nil {
		r.hider.Keep(t.OtherUser.Login, t.OtherUser.Email, t.OtherUser.ID)
		r.learn("other_user.password", t.OtherUser.Password)
	}
	if t.Keycloak != nil {
		r.hider.Keep(t.Keycloak.Issuer, t.Keycloak.ClientID, t.Keycloak.Username, t.Keycloak.Scope)
		r.learn("keycloak.token", t.Keycloak.Token)
		r.learn("keycloak.expired_token", t.Keycloak.ExpiredToken)
		r.learn("keycloak.other_realm_token", t.Keycloak.OtherRealmToken)
		r.learn("keycloak.password", t.Keycloak.Password)
		r.learn("keycloak.client_secret", t.Keycloak.ClientSecret)
	}
	r.learn("token", t.Token)
	for name, value := range t.Headers {
		r.learn("headers."+name, value)
	}
	learnNode(r.hider, "node", t.Node)
	r.hider.Names(nodeKeys(t.Node, nil)...)
	r.learnProxies()
}

// shown are labels of secrets as they may be shown: one that names a cookie may be one itself.
func (r *recorder) shown(labels []string) []string {
	for i := range labels {
		labels[i] = r.hider.Text(labels[i])
	}
	return labels
}

// learnNode learns the texts of a node's map, at any depth, but for those under openKeys.
func learnNode(h *redact.Hider, label string, value any) {
	switch v := value.(type) {
	case string:
		h.Learn(label, v)
	case json.Number:
		h.Learn(label, v.String())
	case map[string]any:
		for key, inner := range v {
			if slices.Contains(openKeys, key) {
				if text, ok := inner.(string); ok {
					h.Keep(text)
				}
				continue
			}
			learnNode(h, label+"."+key, inner)
		}
	case []any:
		for _, inner := range v {
			learnNode(h, label, inner)
		}
	}
}
