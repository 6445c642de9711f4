//go:build unit

package exchange

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestAbridge(t *testing.T) {
	g := NewWithT(t)
	for _, test := range []struct {
		body, left string
		out        int
	}{
		{"", "", 0},
		{`{"token": "abc"}`, `{"token": "abc"}`, 0},
		{strings.Repeat("~", longRun-1), strings.Repeat("~", longRun-1), 0},
		{strings.Repeat("~", longRun), strings.Repeat("~", shortRun), longRun - shortRun},
		{"aab" + strings.Repeat("~", 5000) + `"}`, "aab" + strings.Repeat("~", shortRun) + `"}`, 5000 - shortRun},
	} {
		sent := []byte(test.body)
		r := Request{Body: sent}
		r.Abridge()
		g.Expect(string(r.Body)).To(Equal(test.left))
		g.Expect(r.LeftOut).To(Equal(test.out))
		g.Expect(string(sent)).To(Equal(test.body), "what the caller holds stays")
	}
}
