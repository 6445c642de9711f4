//go:build unit

package vary_test

import (
	"regexp"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/vary"
)

func TestCookiesKeepTheirShape(t *testing.T) {
	g := NewWithT(t)
	header := `JSESSIONID="0A9f"; sid=s%3Aabc.d-E_f==; empty=`
	other := vary.Cookies(header)
	g.Expect(other).To(MatchRegexp(`^JSESSIONID="\d[A-F]\d[a-f]"; sid=[g-z]%3A[a-f]{3}\.[a-f]-[A-F]_[a-f]==; empty=$`))
	for _, value := range regexp.MustCompile(`"0A9f"|abc`).FindAllString(header, -1) {
		g.Expect(other).NotTo(ContainSubstring(value))
	}
	g.Expect(vary.Cookies("")).To(BeEmpty())
}
