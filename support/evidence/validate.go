package evidence

import (
	"fmt"
	"math"
	"net/url"
	pathpkg "path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/har"
	"golang.org/x/mod/semver"

	"session-conformance/support/exchange"
)

// clockAhead is how far the clock of who gathered evidence may be ahead of ours.
const clockAhead = 24 * time.Hour

// longestRun is more than lies between two requests of a run, however a clock is set meanwhile.
const longestRun = 7 * 24 * time.Hour

// clockBack is how far a clock may be set back within a run: some are set while it runs.
const clockBack = time.Second

// Validate says what evidence holds that no run of the API's scenarios can leave, by the first entry that shows it;
// nil: nothing. It is to be called before evidence from elsewhere is judged, which is input like any other.
func (ev *Evidence) Validate(api *API) error {
	if ev.malformed != nil {
		return ev.malformed
	}
	for _, check := range []func(*API) error{ev.validFrame, ev.validEntries, ev.validOutcomes} {
		if err := check(api); err != nil {
			return err
		}
	}
	return nil
}

// validFrame checks who gathered the evidence, of what.
func (ev *Evidence) validFrame(api *API) error {
	switch t := ev.Target; {
	case !semver.IsValid(ev.Version):
		return fmt.Errorf("log.creator.version: %q is no version of this suite", ev.Version)
	case semver.Compare(ev.Version, Version()) > 0:
		return fmt.Errorf("log.creator.version: it was gathered by %s, which is newer than this one, %s",
			ev.Version, Version())
	case t.API != api.Name:
		return fmt.Errorf("log._target.api: %q is not %s", t.API, api.Name)
	case t.Wrong() != "":
		return fmt.Errorf("log._target: %s", t.Wrong())
	}
	return nil
}

// wrongEntry is an error of an entry, which is named by its number, scenario and step.
func wrongEntry(e *exchange.Exchange, format string, args ...any) error {
	return fmt.Errorf("entry %d, %q of %q: %s", e.Number, exchange.Printable(e.Step, 80),
		exchange.Printable(e.Scenario, 80), fmt.Sprintf(format, args...))
}

// validEntries checks each request against what its scenario asks.
func (ev *Evidence) validEntries(api *API) error {
	declared := map[string]*Scenario{}
	place := map[string]int{}
	for i, s := range ownScenarios {
		place[s.Name] = len(api.scenarios) + i
	}
	for i, s := range api.Scenarios() {
		declared[s.Name], place[s.Name] = s, i
	}
	var before *exchange.Exchange
	asked := map[[2]string]bool{}
	for _, e := range ev.Exchanges {
		s := declared[e.Scenario]
		if s == nil && !IsOwn(e.Scenario) {
			return wrongEntry(e, "no scenario of %s has that name", api.Name)
		}
		if wrong := ev.unlikeOwn(e); wrong != "" {
			return wrongEntry(e, "%s", wrong)
		}
		if s != nil {
			if wrong := api.wrongStep(s, e.Step, e.TryOf); wrong != "" {
				return wrongEntry(e, "%s", wrong)
			}
			verdict, reason := missing(s, &ev.Target.Target)
			if verdict != "" && !(verdict == Unconfigured && ev.secret(s)) {
				return wrongEntry(e, "it cannot have been asked, since the settings say: %s", reason)
			}
			switch step := [2]string{e.Scenario, e.Step}; {
			case asked[step]:
				return wrongEntry(e, "the step stands twice")
			case e.TryOf != "" && !asked[[2]string{e.Scenario, e.TryOf}]:
				return wrongEntry(e, "the step %q, whose answer it tries, does not stand before it",
					exchange.Printable(e.TryOf, 80))
			default:
				asked[step] = true
			}
		}
		if err := ev.validRequest(api, e); err != nil {
			return err
		}
		if err := validTime(ev.Exchanges[0], before, e, place); err != nil {
			return err
		}
		before = e
	}
	control := api.Scenarios()[0]
	if len(ev.Exchanges) > 0 && ev.Exchanges[0].Scenario != control.Name {
		return wrongEntry(ev.Exchanges[0], "a run begins with %q", control.Name)
	}
	return nil
}

// validRequest checks whom a request asks, and for what.
func (ev *Evidence) validRequest(api *API, e *exchange.Exchange) error {
	path, ok := ev.Target.Below(e.Request.URL)
	if !ok {
		return wrongEntry(e, "its address is %s, and the target's %s", exchange.Printable(e.Request.URL, 200),
			ev.Target.URL)
	}
	if len(api.Calls) == 0 || e.Scenario == LookName {
		return nil
	}
	asked, declared := ev.CallOf(api, e.Request.Method, path), api.Asked[StepName{e.Scenario, e.Step}]
	switch {
	case asked == "":
		return wrongEntry(e, "%s %s is no call of %s that a step asks", exchange.Printable(e.Request.Method, 20),
			exchange.Printable(path, 200), api.Name)
	case declared != "" && declared != asked:
		return wrongEntry(e, "it asks %s, and that step asks %s", asked, declared)
	}
	return nil
}

// validTime checks that an entry comes after the one before it: scenarios in their order, and the steps of each one
// after another; and that all of a run, which begins with the first entry, is of one time.
func validTime(first, before, e *exchange.Exchange, place map[string]int) error {
	switch since := e.Started.Sub(first.Started); {
	case e.Started.After(time.Now().Add(clockAhead)):
		return wrongEntry(e, "it was sent in the future: %s", e.Started.UTC().Format(time.RFC3339))
	case e.Started.Unix() < 0:
		return wrongEntry(e, "it was sent before 1970: %s", e.Started.UTC().Format(time.RFC3339))
	case before == nil:
		return nil
	case place[e.Scenario] < place[before.Scenario]:
		return wrongEntry(e, "it stands after %q, which comes later", exchange.Printable(before.Scenario, 80))
	case e.Scenario == before.Scenario && e.Scenario != CleanUpName && e.Started.Add(clockBack).Before(before.Started):
		return wrongEntry(e, "it was sent before the entry that it follows")
	case since.Abs() > longestRun:
		return wrongEntry(e, "it was sent %s, and the first entry %s: no run takes so long",
			e.Started.UTC().Format(time.DateOnly), first.Started.UTC().Format(time.DateOnly))
	}
	return nil
}

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
	case in.Response.Content.Size < 0 || in.Request.BodySize < -1 || in.Request.HeadersSize < -1 ||
		in.Response.BodySize < -1 || in.Response.HeadersSize < -1: // -1: it is not known
		return "a size is less than 0"
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
	case slices.ContainsFunc(in.Response.Headers, broken): // one of a request may hold what a target said
		return "response.headers: one of them holds the end of a line"
	}
	return ""
}

func nameless(h *har.NameValuePair) bool { return h.Name == "" }

func broken(h *har.NameValuePair) bool { return strings.Contains(h.Name+h.Value, "\n") }

// spelt is a path without what some servers overlook in it: a parameter or a slash at its end, a part that is empty or
// a dot, a letter by its number. Nor do capital letters count.
func spelt(path string) string {
	if read, err := url.PathUnescape(path); err == nil && strings.Count(read, "/") == strings.Count(path, "/") {
		path = read
	}
	path, _, _ = strings.Cut(path, ";")
	return pathpkg.Clean(path)
}

// Call is a documented call: a method, and a path in which {names} stand for one segment each.
type Call struct {
	text   string
	method string
	path   *regexp.Regexp
}

// ParseCall reads "POST /rest/{versionId}/admin/login"; ok is false where the text is no call.
func ParseCall(text string) (c Call, ok bool) {
	method, path, _ := strings.Cut(text, " ")
	if !strings.HasPrefix(path, "/") || method != strings.ToUpper(method) {
		return Call{}, false
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if strings.HasPrefix(segment, "{") {
			segments[i] = "[^/]+"
		} else {
			segments[i] = regexp.QuoteMeta(segment)
		}
	}
	return Call{text, method, regexp.MustCompile("^(?i)" + strings.Join(segments, "/") + "$")}, true
}

// is says whether a request asks the call, however its path is spelt.
func (c Call) is(method, path string) bool {
	return method == c.method && c.path.MatchString(spelt(path))
}
