package evidence

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"time"
	"unique"

	"github.com/chromedp/cdproto/har"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// Target is what evidence tells of the target it was gathered of: its settings without secrets, and how its run went.
type Target struct {
	target.Target
	Course
}

// Course is how the run of a target went.
type Course struct {
	// RefusedLogins counts, by account, the logins that were sent with a wrong password.
	RefusedLogins map[string]int `json:"refused_logins"`
	Stopped       string         `json:"stopped,omitempty"` // why nothing more was sent
	// TooCommon names the secrets that could be hidden only where their place is known.
	TooCommon []string `json:"too_common,omitempty"`
	// Masked says what had to be masked, by a mistake of the suite.
	Masked string `json:"masked,omitempty"`
	// LeftOut says that the rest of the evidence is missing because a secret in it could not be masked.
	LeftOut bool `json:"left_out,omitempty"`
	// StandIns names the secrets that stand-ins stand for, as far as settings or scenarios know them: see repro.
	StandIns map[string]string `json:"stand_ins,omitempty"`
	// Made says of stand-ins how a scenario made the secrets that they stand for.
	Made map[string]Made `json:"made,omitempty"`
	// FromEnvironment names the variables that settings come from, by the settings' paths: for who asks again.
	FromEnvironment map[string]string `json:"from_environment,omitempty"`
	// TookTurns says that a login of the target ends the user's earlier session.
	TookTurns bool `json:"took_turns,omitempty"`
}

// MarshalJSON writes settings and course side by side.
func (t Target) MarshalJSON() ([]byte, error) { return target.Beside(t.Target, t.Course) }

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Target) UnmarshalJSON(text []byte) error {
	return errors.Join(json.Unmarshal(text, &t.Target), json.Unmarshal(text, &t.Course))
}

// describe is the target for its evidence.
func (r *recorder) describe() Target {
	t := Target{r.target.WithoutSecrets(), Course{RefusedLogins: r.wrongPasswords(), Stopped: r.hider.Text(r.stopped),
		TookTurns: r.takeTurns}}
	for _, label := range r.hider.TooCommon() { // one that names a cookie may be a secret itself
		t.TooCommon = append(t.TooCommon, r.hider.Text(label))
	}
	slices.Sort(t.TooCommon)
	t.StandIns, t.FromEnvironment = map[string]string{}, r.target.Variables
	for secret, label := range r.labels {
		t.StandIns[r.hider.StandIn(secret)] = label
	}
	t.Made = r.made()
	return t
}

// Evidence is what a HAR file of ours holds.
type Evidence struct {
	Target    Target
	Version   string // of the suite that gathered it
	Exchanges []*exchange.Exchange
	Outcomes  []Outcome
	malformed error // the first thing in its form that we never write: see Validate
}

// Lost is the evidence of a target of which there is none, with the reason.
func Lost(t target.Target, reason string) *Evidence {
	return &Evidence{Target: Target{t.WithoutSecrets(), Course{RefusedLogins: map[string]int{}, Stopped: reason}}}
}

// plainName is what targets.yaml allows for a name: files are named after it.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*$`)

// Read decodes a HAR file that Gather made.
func Read(text []byte) (*Evidence, error) {
	var f file
	if err := strictly(text, &f); err != nil {
		return nil, err
	}
	if f.Log.Creator == nil || f.Log.Creator.Name != CreatorName {
		return nil, fmt.Errorf("not a HAR file of ours: its log.creator.name is not %q, and it lacks %s", CreatorName,
			cmp.Or(Missing(text), "nothing else"))
	}
	if !plainName.MatchString(f.Log.Target.Name) {
		return nil, fmt.Errorf("not a HAR file of ours: its target has the name %q", f.Log.Target.Name)
	}
	ev := &Evidence{Target: f.Log.Target, Version: f.Log.Creator.Version, Outcomes: f.Log.Outcomes}
	if f.Log.Version != "1.2" {
		ev.malformed = fmt.Errorf("log.version is %q, not 1.2", f.Log.Version)
	}
	for i, entry := range f.Log.Entries {
		if wrong := entry.wrong(i); wrong != "" && ev.malformed == nil {
			ev.malformed = fmt.Errorf("log.entries[%d]: %s", i, wrong)
		}
		e, err := decodeEntry(entry)
		if err != nil {
			return nil, fmt.Errorf("log.entries[%d]: %w", i, err)
		}
		ev.Exchanges = append(ev.Exchanges, e)
	}
	return ev, nil
}

// About tells of which target of which API a HAR file is, without decoding it whole.
func About(text []byte) (name, api string, err error) {
	found := gjson.GetManyBytes(text, "log.creator.name", "log._target.name", "log._target.api")
	if gjson.ValidBytes(text) && found[0].String() == CreatorName && plainName.MatchString(found[1].String()) {
		return found[1].String(), found[2].String(), nil
	}
	ev, err := Read(text) // which says what is wrong
	if err != nil {
		return "", "", err
	}
	return ev.Target.Name, ev.Target.API, nil
}

func decodeEntry(in entry) (*exchange.Exchange, error) {
	started, err := time.Parse(time.RFC3339Nano, in.StartedDateTime)
	if err != nil {
		return nil, fmt.Errorf("startedDateTime: %w", err)
	}
	e := &exchange.Exchange{Number: in.Number, Scenario: shared(in.Scenario), Step: shared(in.Step),
		TryOf: shared(in.TryOf),
		Mints: in.Mints, Configured: in.Configured, NoAnswer: in.NoAnswer,
		Resent: in.Resent, Resends: in.Resends, Waited: time.Duration(in.Waited * float64(time.Second)),
		Notes:   in.Notes,
		Started: started,
		Took:    time.Duration(in.Time * float64(time.Millisecond)),
		Request: exchange.Request{Method: shared(in.Request.Method), URL: shared(in.Request.URL),
			Chunked: in.Request.Chunked, NoLength: in.Request.NoLength}}
	e.Request.Header = headerOf(in.Request.Headers)
	if p := in.Request.PostData; p != nil {
		e.Request.LeftOut = p.LeftOut
		if e.Request.Body, err = bodyOf(p.Text, p.Encoding); err != nil {
			return nil, fmt.Errorf("request.postData: %w", err)
		}
	}
	if in.Response.Status == 0 && in.NoAnswer != "" {
		return e, nil
	}
	a := &exchange.Answer{Status: int(in.Response.Status), Reason: shared(in.Response.StatusText),
		Proto:  shared(in.Response.HTTPVersion),
		Header: headerOf(in.Response.Headers), TooLong: in.Response.TooLong, Undecoded: in.Response.Undecoded}
	if a.Body, err = bodyOf(in.Response.Content.Text, in.Response.Content.Encoding); err != nil {
		return nil, fmt.Errorf("response.content: %w", err)
	}
	e.Answer = a
	return e, nil
}

func headerOf(pairs []*har.NameValuePair) http.Header {
	h := http.Header{}
	for _, pair := range pairs {
		if pair != nil {
			name := shared(pair.Name)
			h[name] = append(h[name], shared(pair.Value))
		}
	}
	return h
}

// shared is the text itself, of which the program holds one copy: most headers, names and steps are the same in all
// targets.
func shared(text string) string { return unique.Make(text).Value() }

func bodyOf(text, encoding string) ([]byte, error) {
	if encoding == "base64" {
		return base64.StdEncoding.DecodeString(text)
	}
	return []byte(text), nil
}

// Find gives a scenario's exchange: the first where the step is empty, else the one of that name; nil if there is none.
func (ev *Evidence) Find(scenario, step string) *exchange.Exchange {
	for _, e := range ev.Exchanges {
		if e.Scenario == scenario && (step == "" || e.Step == step) {
			return e
		}
	}
	return nil
}

// Latest gives a scenario's last exchange; nil if there is none.
func (ev *Evidence) Latest(scenario string) *exchange.Exchange {
	for _, e := range slices.Backward(ev.Exchanges) {
		if e.Scenario == scenario {
			return e
		}
	}
	return nil
}

// Outcome says why a scenario or its step left nothing to judge, if it is recorded.
func (ev *Evidence) Outcome(scenario, step string) (Outcome, bool) {
	for _, o := range ev.Outcomes {
		if o.Scenario == scenario && (o.Step == "" || o.Step == step) {
			return o, true
		}
	}
	return Outcome{}, false
}
