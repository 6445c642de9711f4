//go:build unit

package keycloak

import (
	"maps"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/vary"
)

var noon = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

// signed is a token with the claims of a genuine one but for some; nil removes one.
func signed(changed map[string]any) string {
	claims := map[string]any{"iss": "https://kc/realms/a", "sub": "1", "azp": "c", "preferred_username": "u",
		"email": "u@x", "exp": noon.Add(time.Hour).Unix()}
	maps.Copy(claims, changed)
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	return token(claims)
}

func genuine(t *testing.T) *vary.JWT {
	j, err := vary.ParseJWT(signed(nil))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return j
}

func TestWhichExpiredTokensFit(t *testing.T) {
	g := NewWithT(t)
	past := noon.Add(-time.Second).Unix()
	for name, c := range map[string]struct {
		token string
		unfit string
	}{
		"fits":           {signed(map[string]any{"exp": past, "email": "new@x", "jti": "2"}), ""},
		"none":           {"", "keycloak.expired_token is not set"},
		"opaque":         {"opaque", "keycloak.expired_token cannot be compared"},
		"valid":          {signed(nil), "has not expired"},
		"without end":    {signed(map[string]any{"exp": nil}), "has not expired"},
		"another realm":  {signed(map[string]any{"exp": past, "iss": "https://kc/realms/b"}), "in the claim iss"},
		"another user":   {signed(map[string]any{"exp": past, "sub": "2"}), "in the claim sub"},
		"another client": {signed(map[string]any{"exp": past, "azp": "d"}), "in the claim azp"},
	} {
		if unfit := UnfitExpired(c.token, genuine(t), noon); c.unfit == "" {
			g.Expect(unfit).To(BeEmpty(), name)
		} else {
			g.Expect(unfit).To(ContainSubstring(c.unfit), name)
		}
	}
}

func TestWhichTokensOfAnotherRealmFit(t *testing.T) {
	g := NewWithT(t)
	other := func(changed map[string]any) string {
		all := map[string]any{"iss": "https://kc/realms/b", "sub": "2", "azp": "d"}
		maps.Copy(all, changed)
		return signed(all)
	}
	for name, c := range map[string]struct {
		token string
		unfit string
	}{
		"fits":           {other(nil), ""},
		"without end":    {other(map[string]any{"exp": nil}), ""},
		"none":           {"", "keycloak.other_realm_token is not set"},
		"opaque":         {"opaque", "keycloak.other_realm_token cannot be compared"},
		"the same realm": {signed(nil), "is of the same realm"},
		"expired":        {other(map[string]any{"exp": noon.Unix()}), "has expired"},
		"another user":   {other(map[string]any{"preferred_username": "v"}), "in the claim preferred_username"},
		"another email":  {other(map[string]any{"email": nil}), "in the claim email"},
	} {
		if unfit := UnfitOtherRealm(c.token, genuine(t), noon); c.unfit == "" {
			g.Expect(unfit).To(BeEmpty(), name)
		} else {
			g.Expect(unfit).To(ContainSubstring(c.unfit), name)
		}
	}
}
