package evidence

import (
	"fmt"
	"math"
	"slices"

	"github.com/chromedp/cdproto/har"
)

// longestTook is more than a request can have taken, in milliseconds.
const longestTook = 24 * 60 * 60 * 1000

// wrong says what is wrong with an entry's form, at the place i; empty: nothing.
func (in *entry) wrong(i int) string {
	switch p, status := in.Request.PostData, in.Response.Status; {
	case in.Number != i+1:
		return fmt.Sprintf("_number is %d, not %d", in.Number, i+1)
	case in.Scenario == "" || in.Step == "":
		return "_scenario or _step is missing"
	case in.Request.Method == "" || in.Request.URL == "":
		return "request.method or request.url is missing"
	case in.Time < 0 || in.Time > longestTook || math.IsNaN(in.Time):
		return fmt.Sprintf("time: no request takes %g ms", in.Time)
	case in.Waited < 0 || in.Waited > longestTook/1000 || in.Resends < 0:
		return "_waitedSeconds or _sentAgainAfterWaiting is less than 0, or out of reach"
	case p != nil && (p.LeftOut < 0 || p.LeftOut > math.MaxInt32):
		return "request.postData._leftOut is out of reach"
	case status == 0 && in.NoAnswer == "":
		return "response.status is 0, and _noAnswer does not say why"
	case status < 0 || status > 999:
		return fmt.Sprintf("response.status is %d", status)
	case p != nil && p.Encoding != "" && p.Encoding != "base64":
		return fmt.Sprintf("request.postData._encoding is %q", p.Encoding)
	case in.Response.Content.Encoding != "" && in.Response.Content.Encoding != "base64":
		return fmt.Sprintf("response.content.encoding is %q", in.Response.Content.Encoding)
	case slices.Contains(in.Request.Headers, nil) || slices.Contains(in.Response.Headers, nil):
		return "headers: one of them is null"
	case slices.ContainsFunc(in.Request.Headers, nameless) || slices.ContainsFunc(in.Response.Headers, nameless):
		return "headers: one of them has no name"
	}
	return ""
}

func nameless(h *har.NameValuePair) bool { return h.Name == "" }
