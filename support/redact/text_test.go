//go:build unit

package redact

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/text/encoding/charmap"
)

const nasty = `Пароль "1" & <Ünd> \ 東 𝔘x+/%z` // 𝔘 and % go through every escape

func hider(secrets ...string) *Hider {
	h := NewWithKey([]byte("a key for tests"))
	for _, s := range secrets {
		h.Learn("secret", s)
	}
	return h
}

func TestASecretIsHiddenInEveryEncoding(t *testing.T) {
	for name, encode := range encoders {
		for _, secret := range []string{nasty, "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", "abcabcab"} {
			t.Run(name, func(t *testing.T) {
				g := NewWithT(t)
				h := hider(secret)
				for _, around := range []string{"", " ", `{"a": 1} <b>&amp;</b> `} {
					if around != "" && name == "UTF-16" {
						around = inUTF16LE(around)
					}
					was := around + encode(secret) + around
					g.Expect(h.Leaks([]byte(was))).To(ConsistOf("secret"))
					now := h.Text(was)
					g.Expect(h.Leaks([]byte(now))).To(BeEmpty())
					if slices.Contains(rewritten, name) {
						seen := []string{now}
						for _, e := range spellings {
							seen = append(seen, e.decode(now))
						}
						g.Expect(seen).To(ContainElement(ContainSubstring(h.StandIn(secret))), now)
						g.Expect(now).NotTo(ContainSubstring(leftOutMark))
					} else if !strings.Contains(now, h.StandIn(secret)) {
						g.Expect(now).To(MatchRegexp(`\[left out: (\d+ bytes|\d\.\d KiB) holding secret\]`))
					}
					g.Expect(h.Text(now)).To(Equal(now), "what is hidden stays")
				}
			})
		}
	}
}

func TestOneByteCharacterSets(t *testing.T) {
	g := NewWithT(t)
	for secret, table := range map[string]*charmap.Charmap{"Straße, größer": charmap.ISO8859_1,
		"Пароль 1": charmap.Windows1251} {
		was, err := table.NewEncoder().String("<p>" + secret + "</p>")
		g.Expect(err).NotTo(HaveOccurred())
		h := hider(secret)
		g.Expect(h.Text(was)).To(HavePrefix(leftOutMark))
		g.Expect(h.Text("ok " + base64.StdEncoding.EncodeToString([]byte(was)))).To(HavePrefix("ok " + leftOutMark))
	}
}

// A piece is left out where it stands, so that the rest is read and a document stays one.
func TestAPieceIsLeftOut(t *testing.T) {
	g := NewWithT(t)
	h := hider("hunter2-hunter2")
	in64 := base64.StdEncoding.EncodeToString([]byte("qa:hunter2-hunter2"))
	g.Expect(string(h.Body(Answered, []byte(`{"a": "no `+in64+` here", "b": 1}`)))).
		To(Equal(`{"a": "no [left out: 24 bytes holding secret] here", "b": 1}`))
	g.Expect(string(h.Body(Answered, []byte(`<a b="`+in64+`">`+in64+`<c/></a>`)))).
		To(Equal(`<a b="[left out: 24 bytes holding secret]">[left out: 24 bytes holding secret]<c/></a>`))
	digits := hex.EncodeToString([]byte("20202020hunter2-hunter2"))
	g.Expect(string(h.Body(Answered, []byte(`{"a": `+digits+`}`)))).
		To(Equal(`{"a": "[left out: 46 bytes holding secret]"}`))
	g.Expect(string(h.Body(Answered, []byte(`{"`+in64+`": 1}`)))).To(Equal("[left out: 31 bytes holding secret]"), "a key")
}

func TestTheLongestSecretIsHiddenFirst(t *testing.T) {
	g := NewWithT(t)
	h := hider("password-1234", "password-1234-and-more", "and-more-of-it")
	now := h.Text("(password-1234) (password-1234-and-more) (password-1234-and-more-of-it)")
	g.Expect(now).To(HavePrefix("(" + h.StandIn("password-1234") + ") (" + h.StandIn("password-1234-and-more") + ") ("))
	g.Expect(now).NotTo(MatchRegexp("password|and|more|of|it|1234"), "nothing stays where secrets overlap")
	g.Expect(now).To(HaveLen(13 + 22 + 28 + 8))
	g.Expect(h.StandIn("password-1234-and-more")).To(HavePrefix(h.StandIn("password-1234")), "a secret within a secret")
}

func TestWhatIsTooCommonIsNotSearched(t *testing.T) {
	g := NewWithT(t)
	h := NewWithKey(nil)
	h.Keep("administrators", "password-missing")
	h.Learn("short", "seven77")
	h.Learn("word", "administrators")
	h.Learn("part of a word", "password")
	h.Learn("nothing to change", "!?!?!?!?")
	h.Learn("fine", "Administrators")
	h.Learn("eight characters", "пароль12")
	h.Learn("again", "пароль12")
	h.Learn("too long", strings.Repeat("long", 20_000))
	h.Learn("none", "")
	g.Expect(h.TooCommon()).To(Equal([]string{"nothing to change", "part of a word", "short", "too long", "word"}))
	text := "seven77 administrators password !?!?!?!?"
	g.Expect(h.Text(text)).To(Equal(text))
	g.Expect(h.Leaks([]byte(text + " пароль12 Administrators"))).To(Equal([]string{"eight characters", "fine"}))
	g.Expect(h.StandIn("seven77")).NotTo(Equal("seven77"), "at a position it is hidden all the same")
}

func TestOtherBytesSurvive(t *testing.T) {
	g := NewWithT(t)
	h := hider("a5f946dc-4c21", nasty)
	all := make([]byte, 0, 1024)
	for i := range 1024 {
		all = append(all, byte(i*7))
	}
	was := string(all) + "\xff\\u12\\q&nope;%zz%C3+ ==" + string(all)
	g.Expect(h.Text(was)).To(Equal(was))
	g.Expect(h.Text(was + "a5f946dc-4c21" + was)).To(Equal(was + h.StandIn("a5f946dc-4c21") + was))
}

func TestAPercentEncodedSecretIsKnownDecodedToo(t *testing.T) {
	g := NewWithT(t)
	h := hider("s%3Aa5f946dc.4c%2B21/xyz")
	now := h.Text("sid=s%3Aa5f946dc.4c%2B21/xyz s:a5f946dc.4c+21/xyz")
	g.Expect(now).To(Equal("sid=" + h.StandIn("s%3Aa5f946dc.4c%2B21/xyz") + " " + h.StandIn("s:a5f946dc.4c+21/xyz")))
	g.Expect(percent.decode(h.StandIn("s%3Aa5f946dc.4c%2B21/xyz"))).To(Equal(h.StandIn("s:a5f946dc.4c+21/xyz")))
}
