//go:build unit

package keycloak

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// token is an access token with the claims; nobody signed it.
func token(claims map[string]any) string {
	part := func(v any) string {
		text, _ := json.Marshal(v)
		return base64.RawURLEncoding.EncodeToString(text)
	}
	return part(map[string]string{"alg": "RS256"}) + "." + part(claims) + ".c2lnbmF0dXJl"
}

func TestDoubtOfARefusedToken(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	claims := func(aud any) map[string]any {
		c := map[string]any{"iat": now.Unix(), "exp": now.Unix() + 300}
		if aud != nil {
			c["aud"] = aud
		}
		return c
	}
	fetched := func(aud any) Tokens {
		return Tokens{Access: token(claims(aud)), Fetched: true, Until: now.Add(300 * time.Second)}
	}
	good := fetched([]string{"account", "saymon"})
	ofClient := good
	ofClient.OfClient = true
	noIAT := Tokens{Access: token(map[string]any{"aud": "saymon"}), Fetched: true}
	for name, test := range map[string]struct {
		tokens         Tokens
		answered, date time.Time
		doubt          string // empty: none
	}{
		"nothing speaks for a cause":   {good, now, now, ""},
		"no Date":                      {good, now, time.Time{}, ""},
		"at its first second":          {good, now, now, ""},
		"at its last second":           {good, now, now.Add(300 * time.Second), ""},
		"the target's clock is behind": {good, now, now.Add(-2 * time.Minute), "not yet issued: 2m0s behind its iat"},
		"the target's clock is ahead":  {good, now, now.Add(400 * time.Second), "ended 1m40s earlier"},
		"it expired on its way":        {good, now.Add(300 * time.Second), now, "Access Token Lifespan longer"},
		"the audience is a text":       {fetched("saymon"), now, now, ""},
		"another audience": {fetched("account"), now, now,
			`aud of the Keycloak token is "account" and has not the client "saymon"`},
		"no audience": {fetched(nil), now, now,
			`aud of the Keycloak token is absent and has not the client "saymon"`},
		"no times": {noIAT, now, now.Add(-time.Hour), ""},
		"no JWT":   {Tokens{Access: "opaque", Fetched: true}, now, now.Add(-time.Hour), ""},
		"claims of other types": {Tokens{Access: token(map[string]any{"iat": "x", "aud": 1}), Fetched: true}, now,
			now.Add(-time.Hour), ""},
		"the client's own":        {ofClient, now, now, "client's own, for whom the target may have no user"},
		"a token of targets.yaml": {Tokens{Access: token(claims("account"))}, now, now.Add(-time.Hour), ""},
		"an audience of a stranger": {fetched("a\x1b[31m" + strings.Repeat("x", 1000)), now, now,
			`aud of the Keycloak token is "a [31mxxx`},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			doubt := test.tokens.Doubt("saymon", test.answered, test.date)
			if test.doubt == "" {
				g.Expect(doubt).To(BeEmpty())
			} else {
				g.Expect(doubt).To(ContainSubstring(test.doubt))
				g.Expect(len(doubt)).To(BeNumerically("<", 500))
			}
		})
	}
}

func TestATokenOfAUserWhomTheTargetMayNotKnow(t *testing.T) {
	g := NewWithT(t)
	now := time.Now()
	of := func(username, email string) string {
		tokens := Tokens{Fetched: true,
			Access: token(map[string]any{"aud": "saymon", "preferred_username": username, "email": email})}
		return tokens.Doubt("saymon", now, time.Time{}, "User.Name", "user@example.com", "", "")
	}
	g.Expect(of("user.name", "")).To(BeEmpty())
	g.Expect(of("x", "USER@example.com")).To(BeEmpty())
	g.Expect(of("", "")).To(BeEmpty(), "it names nobody")
	g.Expect(of("qa", "")).To(ContainSubstring(`is that of "qa", who is neither user nor other_user`))
}
