//go:build unit

package vary

import (
	"testing"

	. "github.com/onsi/gomega"
)

// signed is a session ID with a signature behind a dot, which is longer than a route, without its end.
const signed = "q83vEjRWeJqw8sFjN8YpKt.q83vEjRWeJq83vEjRWeJqwAbCdEf"

func TestAlteredSession(t *testing.T) {
	for id, want := range map[string]string{
		"37366B7ECFF47D540C87705CF7584AD9.tomcat1": "37366B7ECFF47D540C87705CF7584AD0.tomcat1",
		"37366B7ECFF47D540C87705CF7584ADF":         "37366B7ECFF47D540C87705CF7584ADE",
		"f47ac10b-58cc-4372-a567-0e02b2c3d479":     "f47ac10b-58cc-4372-a567-0e02b2c3d470",
		"q83vEjRWeJq83vEjRWeJqw==":                 "q83vEjRWeJq83vEjRWeJrw==",
		"a.b":                                      "b.b",
		"q83vEjRWeJq83vEjRWeJqw!-1438792342!NONE":  "q83vEjRWeJq83vEjRWeJrw!-1438792342!NONE",
		signed + "Gh":                              signed + "Hh",
		"":                                         "x",
		"--":                                       "-x",
	} {
		NewWithT(t).Expect(AlteredSession(id)).To(Equal(want), id)
	}
}

func TestInventedSession(t *testing.T) {
	g := NewWithT(t)
	const id = "37366B7ECFF47D540C87705CF7584AD9.tomcat1"
	invented := InventedSession(id)
	g.Expect(invented).NotTo(Equal(id))
	g.Expect(invented).To(MatchRegexp(`^[0-9A-F]{32}\.tomcat1$`))
	g.Expect(InventedSession("")).NotTo(BeEmpty())
}

func TestContinuedBeforeTheRoute(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Continued("37366B7ECFF47D540C87705CF7584AD9.tomcat1", "0")).To(
		Equal("37366B7ECFF47D540C87705CF7584AD90.tomcat1"))
	g.Expect(Continued("37366B7ECFF47D54:clone1", "%00a")).To(Equal("37366B7ECFF47D54%00a:clone1"))
	g.Expect(Continued("q83vEjRWeJqw", "0")).To(Equal("q83vEjRWeJqw0"))
	g.Expect(Continued("q83vEjRWeJq83vEjRWeJqw==", "0")).To(Equal("q83vEjRWeJq83vEjRWeJqw0=="))
	g.Expect(Continued("q83vEjRWeJq83vEjRWeJqw%3D%3d", "0")).To(Equal("q83vEjRWeJq83vEjRWeJqw0%3D%3d"))
}
