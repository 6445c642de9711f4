//go:build unit

package redact

import (
	_ "embed"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// The texts of both files stand a line each: a name, a tab, and the text in quotation marks, as Go and JSON write it.
// Refusals are as servers write them: their words stay to the letter. What names or forms reveal stands between §, and
// is hidden in any answer, also where it refuses.
var (
	//go:embed testdata/refusals.txt
	refusals string
	//go:embed testdata/reveals.txt
	reveals string
)

// texts are those of such a file by their names.
func texts(t *testing.T, file string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for line := range strings.Lines(file) {
		name, quoted, _ := strings.Cut(strings.TrimSpace(line), "\t")
		text, err := strconv.Unquote(quoted)
		NewWithT(t).Expect(err).NotTo(HaveOccurred(), name)
		all[name] = text
	}
	NewWithT(t).Expect(all).To(HaveLen(strings.Count(file, "\n")), "each name stands once")
	return all
}

func TestTheWordsOfARefusalStay(t *testing.T) {
	for name, body := range texts(t, refusals) {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			h := hider(nasty, "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d")
			for _, from := range []Origin{Refused, RefusedLogin} {
				h.LearnBody("refusal", from, []byte(body))
				g.Expect(string(h.Body(from, []byte(body)))).To(Equal(body))
			}
			g.Expect(h.Value(Refused, "", body)).To(Equal(body))
			g.Expect(h.Text(body)).To(Equal(body))
			g.Expect(h.Leaks([]byte(body))).To(BeEmpty())
		})
	}
}

func TestNamesAndFormsRevealSecrets(t *testing.T) {
	for name, marked := range texts(t, reveals) {
		t.Run(name, func(t *testing.T) {
			expectMarked(t, marked, func(was []byte) []byte {
				h := hider()
				h.LearnBody("answer", Refused, was)
				return h.Body(Refused, was)
			})
		})
	}
}

// In a login's refusal a UUID and 32 hexadecimal digits may be a session that was opened all the same; elsewhere they
// are numbers.
func TestARefusedLoginMayHaveOpenedASession(t *testing.T) {
	g := NewWithT(t)
	for _, id := range []string{"0b6a1f0e-5d0e-4a51-9a39-0f1d9f1b6c11", "37366B7ECFF47D540C87705CF7584AD9"} {
		body := `{"code":"InvalidCredentials","id":"` + id + `","traceId":"` + id + `"}`
		hidden := string(hider().Body(RefusedLogin, []byte(body)))
		g.Expect(hidden).To(And(HavePrefix(`{"code":"InvalidCredentials","id":"`), HaveSuffix(`","traceId":"`+id+`"}`),
			Not(ContainSubstring(`"id":"`+id))))
		g.Expect(string(hider().Body(Refused, []byte(body)))).To(Equal(body))
		g.Expect(hider().Value(RefusedLogin, "Etag", `"`+id+`"`)).To(Equal(`"` + id + `"`))
		g.Expect(hider().Value(RefusedLogin, "Location", "/app/"+id)).NotTo(ContainSubstring(id))
	}
}

// Headers that carry no secret by their name are constants, whatever they look like.
func TestConstantHeadersStay(t *testing.T) {
	g := NewWithT(t)
	for name, value := range map[string]string{"Referrer-Policy": "strict-origin-when-cross-origin",
		"Permissions-Policy": "interest-cohort=(), browsing-topics=()",
		"Etag":               `W/"c-dAuDFQrdjS3hezqxDTNgW7AOlYk"`,
		"X-Amzn-Errortype":   "NotAuthorizedException:http://internal.amazon.com/coral/", "Server": "Apache-Coyote/1.1",
		"Via":                              "1.1 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)",
		"X-Request-Id":                     "0b6a1f0e-5d0e-4a51-9a39-0f1d9f1b6c11",
		"Access-Control-Allow-Credentials": "true",
		"Public-Key-Pins":                  `pin-sha256="cUPcTAZWKaASuYWhhneDttWpY3oBAkE3h2+soZS7sWs="`,
		"Access-Control-Expose-Headers":    "X-CSRF-Token, Authorization",
		"Www-Authenticate":                 `Bearer realm="saymon-production-realm", error="invalid_token"`,
		"Content-Security-Policy":          "default-src 'self' https://static-content-0123456789.example.com"} {
		for _, from := range []Origin{Answered, Refused, RefusedLogin, Minting} {
			h := hider()
			h.LearnValue("header", from, name, value)
			g.Expect(h.Value(from, name, value)).To(Equal(value))
			g.Expect(h.Text(value)).To(Equal(value))
		}
	}
	for name, value := range map[string]string{"X-Csrf-Token": "f3a9c1d2", "X-Auth-Token": "t9", "X-Session-Id": "12",
		"Authorization": "x1", "X-Api-Key": "k9", "Session": "f3a9c1d2e5"} {
		g.Expect(hider().Value(Answered, name, value)).NotTo(Equal(value), name)
	}
}

// A request shows what was sent; only what is known is hidden.
func TestARequestIsShownAsItWasSent(t *testing.T) {
	g := NewWithT(t)
	body := `{"login":12345,"password":["a","list"],"auth-token":"0b6a1f0e-5d0e-4a51-9a39-0f1d9f1b6c11"}`
	g.Expect(string(hider("short").Body(Sent, []byte(body)))).To(Equal(body))
	h := hider("short")
	h.Keep("short")
	g.Expect(string(h.Body(Sent, []byte(`{"login":"short","password":"short"}`)))).
		To(Equal(`{"login":"short","password":"` + h.StandIn("short") + `"}`))
}

// The value of a header may be JSON, whose names reveal secrets as those of a body do. A number stays one.
func TestAHeaderThatIsJSONIsSearched(t *testing.T) {
	g := NewWithT(t)
	for _, from := range []Origin{Answered, Refused, Minting} {
		h := hider()
		text := `{"login": "qa", "password": "geheim9", "n": 5, "requestId": "f3a9c1d2e5a6b8c0"}`
		h.LearnValue("header", from, "X-Context", text)
		now := h.Value(from, "X-Context", text)
		g.Expect(now).To(MatchRegexp(`^\{"login": "qa", "password": "[a-z]{6}\d", "n": 5, "requestId": "f3a9c1d2e5a6b8c0"}$`))
		g.Expect(now).NotTo(ContainSubstring("geheim"))
	}
}
