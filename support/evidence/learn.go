package evidence

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"session-conformance/support/exchange"
	"session-conformance/support/redact"
	"session-conformance/support/target"
)

// words are runs of a refusal's body that are too long for a word and yet are one: NOT_AUTHENTICATED. What a refusal mints
// against the rules has digits or both cases.
var words = regexp.MustCompile(`\b([A-Z_-]{16,}|[a-z_-]{16,})\b`)

// idLike are cookies' values that are looked for elsewhere too. Others, such as a language or a time zone, are hidden where
// they stand: as words they may stand in any answer.
var idLike = regexp.MustCompile(`\d|^[^/]{16,}$`)

// learnAll tells the hider every secret before anything is hidden, so that the order of exchanges does not matter.
func (r *recorder) learnAll(api *API, all []*exchange.Exchange) {
	for _, e := range all {
		r.hider.Keep(e.Scenario, e.Step)
	}
	r.learnSettings(api)
	for _, e := range all {
		for _, c := range e.Cookies() {
			if value := strings.Trim(c.Value, `"`); idLike.MatchString(value) {
				r.hider.Learn("cookie "+c.Name, value)
			}
		}
		if e.Mints {
			if !e.Succeeded() {
				r.hider.Keep(words.FindAllString(string(e.Body()), -1)...)
			}
			r.hider.LearnMinted("answer to "+e.Step, e.Body())
		}
	}
}

// learnSettings tells the hider the secrets of the target's settings, and the words that are none.
func (r *recorder) learnSettings(api *API) {
	r.hider.Keep(api.Words...)
	r.hider.Keep(secretKeys...)
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
	r.learnProxies()
}

// Search gives a search for the secrets of a target's settings, as Gathered's, for those who know nothing else of the target. It looks
// through one encoding.
func Search(api *API, t target.Target) func(text []byte) []string {
	r := sync.OnceValue(func() *recorder {
		r := &recorder{target: t, hider: redact.New(), labels: map[string]string{}}
		r.learnSettings(api)
		return r
	})
	return func(text []byte) []string { return r().shown(r().hider.LeaksQuickly(text)) }
}

// shown are labels of secrets as they may be shown: one that names a cookie may be one itself.
func (r *recorder) shown(labels []string) []string {
	for i := range labels {
		labels[i] = r.hider.Text(labels[i])
	}
	return labels
}

// naming is a search for secrets that shows their labels.
func (r *recorder) naming(search func([]byte) []string) func([]byte) []string {
	return func(text []byte) []string { return r.shown(search(text)) }
}

// learnNode learns the texts of a node's map, at any depth, but for those under openKeys.
func learnNode(h *redact.Hider, label string, value any) {
	switch v := value.(type) {
	case string:
		h.Learn(label, v)
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
