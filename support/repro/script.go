// Package repro writes scripts that send again what a scenario sent, and judge what comes by the clause that failed.
package repro

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/sink"
)

//go:embed runtime.sh
var runtime string

// Run is what was asked of a target.
type Run struct {
	Target, URL, Judged string               // the target's name and address; from where it was judged
	Exchanges           []*exchange.Exchange // all of the evidence, in its order
	// Secrets are the stand-ins of the evidence with their labels, and Variables the names of the environment's variables
	// that targets.yaml takes settings from, by label.
	Secrets, Variables map[string]string
	Made               map[string]evidence.Made // how stand-ins are made of others
	Plain              []string                 // words and settings that are no secrets: they stand as they were sent
	given              map[*exchange.Exchange][]value
}

// Finding is a clause that failed, and what was asked until it did.
type Finding struct {
	*Run
	Clause, Tier, Says, Source string
	Last                       *exchange.Exchange // the one that was judged
	Check                      string             // the judgement in a script's words, see match.InShell; empty: none
}

// longestBody is up to how many bytes of a body stand in a script.
const longestBody = 16 << 10

// Script is a program for a POSIX shell with curl and python3. It exits 0 where the clause is met, 1 where it is not,
// and 2 where it cannot tell.
type Script struct {
	Needs []string // the environment's variables that it takes
	Steps string   // its essential lines: what it sends, and what it looks for
	Text  string   // all of it
}

// Script is the finding as a script.
func (f Finding) Script() Script {
	chain, values := f.chain()
	w := &writer{finding: f, values: values, numbers: map[int]int{}}
	for i, e := range chain {
		w.numbers[e.Number] = i + 1
	}
	if f.atOnce(chain) {
		w.unsure = "its requests were under way at once"
	}
	var b strings.Builder
	for i, e := range chain {
		if i > 0 {
			fmt.Fprint(&b, rest(chain[i-1], e))
		}
		never := f.unsendable(e)
		why := cmp.Or(never, f.unmade(e, values))
		builtOn := e == f.Last || slices.ContainsFunc(values, func(v *value) bool { return v.from == e })
		if why != "" && builtOn {
			w.unsure = why
		}
		if never != "" || why != "" && !builtOn {
			fmt.Fprintf(&b, "\n# Left out, because %s: %s\n", why, sink.Line(e.Scenario+": "+e.Step))
			continue
		}
		w.ask(&b, e)
		switch {
		case e == f.Last || !e.Succeeded():
		case e.Configured:
			fmt.Fprintf(&b, "accepted %d\n", w.numbers[e.Number])
		case repeats(e, f.Last): // the judged one is about what it began
			fmt.Fprintf(&b, "answered %d\n", w.numbers[e.Number])
		case e.Request.Method == "DELETE": // what follows is about what it ended
			fmt.Fprintf(&b, "ended %d\n", w.numbers[e.Number])
		}
	}
	steps := b.String() + w.verdict(len(chain))
	script := Script{Steps: strings.TrimSpace(steps), Text: w.head() + runtime + w.needs() + steps}
	for _, v := range w.used {
		script.Needs = append(script.Needs, v.name)
	}
	return script
}

// repeats says whether one request is the same as another, as far as a script can tell.
func repeats(e, o *exchange.Exchange) bool {
	a, b := e.Request, o.Request
	return a.Method == b.Method && a.URL == b.URL && a.Header.Get("Cookie") == b.Header.Get("Cookie") &&
		bytes.Equal(a.Body, b.Body)
}

// writer writes the requests of a script.
type writer struct {
	finding Finding
	values  []*value
	numbers map[int]int // of requests in the script, by those in the evidence
	defined int         // how many variables the script sets so far
	used    []*value    // settings that the script takes from the environment
	unsure  string      // why the script cannot judge
}

// head says what the script is about, in comments of which no line can end early.
func (w *writer) head() string {
	f := w.finding
	lines := []string{f.Clause + " (" + f.Tier + "; " + f.Source + "): " + f.Says, "Target " + f.Target + ", " +
		f.Judged + ".",
		"Exits: 0 the clause is met · 1 it is not · 2 this script cannot tell, and says what to look for.",
		"Needs curl and python3. URL=https://elsewhere sends it to another address; CURL_OPTIONS are handed to curl: -k."}
	for _, v := range w.used {
		lines = append(lines, "Takes from the environment "+v.name+": "+v.label+" of targets.yaml.")
	}
	text := "#!/bin/sh\n"
	for _, line := range lines {
		text += "# " + sink.Line(line) + "\n"
	}
	return text + "set -u\nURL=${URL:-" + sink.Shell(f.URL) + "}\n"
}

// NoSecret is the check that an answer holds no secret of the settings.
const NoSecret = "no-secret"

// lacks is that check for the settings whose values the judged answer held as they are; empty where it held none so.
func (w *writer) lacks() string {
	said, names := string(w.finding.Last.Body()), ""
	if answer := w.finding.Last.Answer; answer != nil {
		for _, values := range answer.Header {
			said += "\n" + strings.Join(values, "\n")
		}
	}
	for _, v := range w.values {
		held := func(f form) bool { return strings.Contains(said, f.text) }
		if v.name != "" && v.base == nil && v.from == nil && slices.ContainsFunc(v.forms(), held) {
			names += " " + w.define(&strings.Builder{}, v)
		}
	}
	if names == "" {
		return ""
	}
	return "lacks" + names
}

func (w *writer) needs() string {
	text := ""
	for _, v := range w.used {
		text += "need " + v.name + " " + sink.Shell(v.label+" of targets.yaml") + "\n"
	}
	return text
}

// verdict judges the last request of the script.
func (w *writer) verdict(last int) string {
	f := w.finding
	says := sink.Shell(sink.Line(f.Says))
	switch {
	case w.unsure != "":
		return "\nuntold " + says + " " + sink.Shell(w.unsure) + "\n"
	case f.Check == "":
		return fmt.Sprintf("\nuntold %s 'look at the answer to request %d'\n", says, last)
	}
	check, words := f.Check, ""
	if check == NoSecret {
		if check = w.lacks(); check == "" {
			return fmt.Sprintf("\nuntold %s 'look for a secret, or its hash, in the answer to request %d'\n", says, last)
		}
	}
	for word := range strings.FieldsSeq(check) {
		if e := f.named(word); e != nil {
			word = fmt.Sprint(w.numbers[e.Number])
		}
		words += " " + sink.Shell(word)
	}
	return fmt.Sprintf("\njudge %s %d%s\n", says, last, words)
}
