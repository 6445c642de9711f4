//go:build unit

package exchange

import (
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestStatusesSucceedOrAreNoAnswer(t *testing.T) {
	for status, want := range map[int]struct{ succeeds, answers bool }{
		199: {false, true}, 200: {true, true}, 299: {true, true}, 300: {false, true}, 401: {false, true},
		429: {false, false}, 500: {false, true}, 503: {false, false},
	} {
		e := &Exchange{Answer: &Answer{Status: status}}
		NewWithT(t).Expect(e.Succeeded()).To(Equal(want.succeeds), "%d", status)
		NewWithT(t).Expect(e.Unanswered() == "").To(Equal(want.answers), "%d", status)
	}
	broken := &Exchange{Answer: &Answer{Status: 200}, NoAnswer: "it broke off"}
	NewWithT(t).Expect(broken.Succeeded()).To(BeFalse())
	NewWithT(t).Expect((*Exchange)(nil).Succeeded()).To(BeFalse())
}

func TestStatusLineIsWhatPeopleWrite(t *testing.T) {
	g := NewWithT(t)
	g.Expect((&Exchange{Answer: &Answer{Status: 401, Reason: "Nope"}}).StatusLine()).To(Equal("401 Unauthorized"))
	g.Expect((&Exchange{Answer: &Answer{Status: 299, Reason: "Fine"}}).StatusLine()).To(Equal("299 Fine"))
	g.Expect((&Exchange{Answer: &Answer{Status: 299}}).StatusLine()).To(Equal("299"))
	g.Expect((&Exchange{}).StatusLine()).To(Equal("no answer"))
}

func TestRetryAfterReadsSecondsAndDates(t *testing.T) {
	after := func(status int, value string) (time.Duration, bool) {
		return retryAfter(&Exchange{Answer: &Answer{Status: status, Header: http.Header{"Retry-After": {value}}}})
	}
	g := NewWithT(t)
	for _, none := range []string{"", "-1", "soon"} {
		_, asked := after(503, none)
		g.Expect(asked).To(BeFalse(), none)
	}
	g.Expect((&Exchange{Answer: &Answer{Status: 500, Header: http.Header{"Retry-After": {"1"}}}}).busy()).To(BeFalse())
	wait, asked := after(429, "0")
	g.Expect(asked).To(BeTrue())
	g.Expect(wait).To(BeZero())
	wait, _ = after(503, time.Now().Add(90*time.Second).UTC().Format(http.TimeFormat))
	g.Expect(wait).To(BeNumerically("~", 90*time.Second, 2*time.Second))
	wait, asked = after(503, time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat))
	g.Expect(asked).To(BeTrue())
	g.Expect(wait).To(BeZero(), "what lies behind is not waited for")
}

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
