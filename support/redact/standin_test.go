//go:build unit

package redact

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

func TestAStandInKeepsTheShape(t *testing.T) {
	for secret, shape := range map[string]string{
		"a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d":     `^[a-f][0-9][a-f][0-9]{3}[a-f]{2}-[0-9][a-f][0-9]{2}-4[a-f]{3}-b[0-9]{2}[a-f]-[a-f][0-9][a-f][0-9][a-f]{3}[0-9]{2}[a-f][0-9][a-f]$`,
		"37366B7ECFF47D540C87705CF7584AD9.tomcat1": `^[1-9][0-9A-F]{31}\.tomcat1$`,
		"1451677502000":  `^[1-9][0-9]{12}$`,
		"Grüße 東京 Ωμέγα": `^[G-Z][g-z][àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ][ß-ÿ][a-f] \p{Han}{2} \p{Lu}(\p{Greek}){4}$`,
		"":               `^$`,
		`"!?" <&> `:      `^"!\?" <&> $`,
		"\xff\x00a\xfe":  "^\ufffd\x00[b-f]\ufffd$",
	} {
		g := NewWithT(t)
		stand := New().StandIn(secret)
		g.Expect(strings.ToValidUTF8(stand, "\ufffd")).To(MatchRegexp(shape))
		g.Expect(stand).To(HaveLen(len(secret)))
	}
}

func TestEqualSecretsHaveEqualStandIns(t *testing.T) {
	g := NewWithT(t)
	h := New()
	g.Expect(h.StandIn("5f0c2b1a9e")).To(Equal(h.StandIn("5f0c2b1a9e")))
	g.Expect(h.StandIn(`"5f0c2b1a9e"`)).To(Equal(`"`+h.StandIn("5f0c2b1a9e")+`"`), "quotation marks change nothing")
	g.Expect(h.StandIn("5f0c2b1a9e")).NotTo(Equal(New().StandIn("5f0c2b1a9e")), "another run, another stand-in")
	g.Expect(NewWithKey([]byte("k")).StandIn("5f0c2b1a9e")).To(Equal(NewWithKey([]byte("k")).StandIn("5f0c2b1a9e")))
}

func TestALearntSecretIsRecognisedWithinAnother(t *testing.T) {
	g := NewWithT(t)
	h := hider("2F42C14157AEA4956E97ED80A755671E")
	g.Expect(h.StandIn("2F42C14157AEA4956E97ED80A755671E.tomcat1")).
		To(Equal(h.StandIn("2F42C14157AEA4956E97ED80A755671E") + ".tomcat1"))
}

func TestShortSecretsDifferWhileThereIsAChoice(t *testing.T) {
	g := NewWithT(t)
	h := New()
	h.Keep("7")
	seen := map[string]string{}
	for i := range 9 {
		secret := fmt.Sprint(i)
		stand := h.StandIn(secret)
		g.Expect(stand).NotTo(Equal("7"), "a kept word")
		g.Expect(stand).NotTo(Equal(secret))
		g.Expect(seen).NotTo(HaveKey(stand))
		seen[stand] = secret
		if len(seen) == 8 {
			break
		}
	}
	for i := range 100 {
		h.StandIn(fmt.Sprintf("%02d", i)) // more than there are stand-ins: ends all the same
	}
}

func TestAStandInIsNoOtherSecret(t *testing.T) {
	g := NewWithT(t)
	h := New()
	for _, c := range "abcd" {
		h.Learn("letter", string(c))
	}
	g.Expect(h.StandIn("a")).To(BeElementOf("e", "f"))
	g.Expect(h.StandIn("b")).To(BeElementOf("e", "f"))
	g.Expect(h.StandIn("c")).To(BeElementOf("a", "b", "d"), "there is no other choice")
}

// secrets are texts such as people and machines choose.
func secrets() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`),
		rapid.StringMatching(`[A-Za-z0-9+/_.-]{10,40}={0,2}`),
		rapid.StringOfN(rapid.RuneFrom([]rune(`aZ09éЖß東𝔘"\&<>%+/=' :;.`)), 10, 20, -1),
		rapid.StringN(12, 20, 60),
	).Filter(func(s string) bool {
		_, core, _ := trim(s)
		return utf8.RuneCountInString(core) >= 8 && changeable(core) >= 6 && percent.decode(s) == s
	})
}

func changeable(s string) int {
	n := 0
	for _, r := range s {
		if changes(r) {
			n++
		}
	}
	return n
}

func TestEveryStandInKeepsLengthAndClasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		h := NewWithKey(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key"))
		secret := secrets().Draw(t, "secret")
		stand := []rune(h.StandIn(secret))
		g.Expect(string(stand)).NotTo(Equal(secret))
		g.Expect(stand).To(HaveLen(utf8.RuneCountInString(secret)))
		for i, r := range []rune(secret) {
			g.Expect(utf8.RuneLen(stand[i])).To(Equal(utf8.RuneLen(r)))
			g.Expect(classOf(stand[i])).To(Equal(classOf(r)), "%q for %q", stand[i], r)
		}
	})
}

func classOf(r rune) string {
	switch {
	case r < utf8.RuneSelf && unicode.IsDigit(r):
		return "digit"
	case strings.ContainsRune("abcdef", r):
		return "hexadecimal"
	case strings.ContainsRune("ABCDEF", r):
		return "HEXADECIMAL"
	case !changes(r):
		return string(r)
	case unicode.IsUpper(r):
		return "LETTER"
	case unicode.IsLower(r):
		return "letter"
	}
	return "another letter"
}

func TestStandInsAreEqualWhereSecretsAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		h := New()
		several := rapid.SliceOfN(secrets(), 2, 8).Draw(t, "secrets")
		several = append(several, `"`+several[0]+`"`, several[1]+"x", strings.ToUpper(several[0]))
		for i, s := range several {
			if i%2 == 0 {
				h.Learn("secret", s)
			}
		}
		for _, a := range several {
			for _, b := range several {
				g.Expect(h.StandIn(a) == h.StandIn(b)).To(Equal(a == b), "%q and %q", a, b)
			}
		}
	})
}

// Where little can change, the stand-in of one secret may be another in the other case.
func TestStandInsOfOneLetterAreNoSecrets(t *testing.T) {
	g := NewWithT(t)
	secrets := []string{"        x", "        X", "        r", "        Y", "        x "}
	for key := range byte(100) {
		h := NewWithKey([]byte{key})
		for _, secret := range secrets {
			h.Learn("password", secret)
		}
		for _, secret := range secrets {
			g.Expect(h.Leaks([]byte(h.StandIn(secret)))).To(BeEmpty(), "%q", secret)
		}
		// What is no letter stays, at the ends too: a stand-in must hold no secret together with it.
		for _, wrong := range []string{"        n🔞", "        w", "        b "} {
			g.Expect(h.Leaks([]byte(h.StandIn(wrong)))).To(BeEmpty(), "%q", wrong)
		}
	}
}
