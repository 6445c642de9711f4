package report

import (
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"slices"
)

// ReadBack reads the JSON and the JUnit of an API from the folder, as others will, and says in a sentence each what
// is wrong with them. The JSON must hold the results. JUnit must be sound, its counts those of the JSON, its names
// unique, and it must show a failure where the results are red, and only there.
func (d Dir) ReadBack(r *Results) []string {
	if wrong := d.readJSON(r); wrong != "" {
		return []string{d.json(r.API) + " " + wrong}
	}
	check := newJUnitCheck(r)
	for _, path := range d.JUnits(r.API) {
		text, err := os.ReadFile(path)
		if err != nil {
			return []string{fmt.Sprintf("%s cannot be read back: %v", path, err)}
		}
		check.file(text)
	}
	var wrong []string
	for _, what := range check.end(r) {
		wrong = append(wrong, d.junit(r.API, 1)+" "+what)
	}
	return wrong
}

// readJSON says what is wrong with the JSON of the results; empty: nothing.
func (d Dir) readJSON(r *Results) string {
	var there Results
	same, n := true, 0
	if err := d.readTargets(&there, r.API, func(t Target) {
		same = same && n < len(r.Targets) && sameTarget(t, r.Targets[n])
		n++
	}); err != nil {
		return "cannot be read back: " + err.Error()
	}
	if !same || n != len(r.Targets) || !slices.Equal(there.Problems, r.Problems) {
		return "does not hold the results of this run"
	}
	return ""
}

// sameTarget says whether two say the same of a target and its specs.
func sameTarget(a, b Target) bool {
	return a.Name == b.Name && a.Verdict == b.Verdict && a.Requests == b.Requests &&
		len(a.Observations) == len(b.Observations) &&
		slices.EqualFunc(a.Results, b.Results, func(x, y Result) bool {
			return x.Clause == y.Clause && x.Spec == y.Spec && x.Verdict == y.Verdict && x.Message == y.Message
		})
}

// tally counts the cases of a testsuite, or of all.
type tally struct{ tests, failures, skipped, errors int }

func (t tally) String() string {
	return fmt.Sprintf("%d tests, %d failures, %d skipped, %d errors", t.tests, t.failures, t.skipped, t.errors)
}

// junitCheck finds what is wrong with files of JUnit that shall show the results.
type junitCheck struct {
	wanted map[string]tally // by the name of the testsuite
	seen   map[string]bool
	sum    tally
	files  int
	wrong  []string
}

func newJUnitCheck(r *Results) *junitCheck {
	c := &junitCheck{wanted: map[string]tally{}, seen: map[string]bool{}}
	for s := range r.suites("") {
		c.wanted[s.Name] = s.count()
	}
	return c
}

func (c *junitCheck) find(format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
}

// file looks at one file.
func (c *junitCheck) file(text []byte) {
	c.files++
	var all junitSuites
	if err := xml.Unmarshal(text, &all); err != nil {
		c.find("does not parse: %v", err)
		return
	}
	var sum tally
	for _, s := range all.Suites {
		counted := s.count()
		if declared := (tally{s.Tests, s.Failures, s.Skipped, s.Errors}); declared != counted {
			c.find("says %s of %s, and holds %s", declared, s.Name, counted)
		}
		if want, known := c.wanted[s.Name]; !known || c.seen[s.Name] {
			c.find("has a testsuite %s that should not be there", s.Name)
		} else if counted != want {
			c.find("holds %s of %s, and the results %s", counted, s.Name, want)
		}
		c.seen[s.Name] = true
		cases := map[string]bool{}
		for _, one := range s.Cases {
			if one.Name == "" || one.Class != s.Name || cases[one.Name] {
				c.find("has the case %q of class %q in %s twice, or under a wrong name", one.Name, one.Class, s.Name)
			}
			cases[one.Name] = true
		}
		sum.tests, sum.failures = sum.tests+counted.tests, sum.failures+counted.failures
	}
	if declared := (tally{tests: all.Tests, failures: all.Failures, errors: all.Errors}); declared != sum {
		c.find("says %s in all, and holds %s", declared, sum)
	}
	c.sum.tests, c.sum.failures = c.sum.tests+sum.tests, c.sum.failures+sum.failures
}

// end says what was wrong with the files together.
func (c *junitCheck) end(r *Results) []string {
	if c.files == 0 {
		c.find("cannot be read back: it is not there")
	}
	for name := range c.wanted {
		if !c.seen[name] {
			c.find("lacks the testsuite %s", name)
		}
	}
	switch red := r.red(); {
	case red && c.sum.failures == 0:
		c.find("shows no failure, and the run is red")
	case !red && c.sum.failures > 0:
		c.find("shows %d failures, and the run is not red", c.sum.failures)
	}
	return c.wrong
}

func (s junitSuite) count() tally {
	t := tally{tests: len(s.Cases)}
	for _, c := range s.Cases {
		if c.Failure != nil {
			t.failures++
		}
		if c.Skipped != nil {
			t.skipped++
		}
	}
	return t
}

// red says whether something failed, could not be judged, or is stale. That nothing was judged is for all APIs together
// to say.
func (r *Results) red() bool {
	if r.Since != "" && len(r.Problems) == 0 {
		return len(r.Gone) > 0 ||
			slices.ContainsFunc(r.Targets, func(t Target) bool { return slices.ContainsFunc(t.Changes, worse) })
	}
	return len(r.Problems) > 0 || slices.ContainsFunc(r.Targets, func(t Target) bool {
		return t.Verdict == NonConformant || t.Verdict == Inconclusive || t.short() ||
			slices.ContainsFunc(t.Waivers, func(w Waiver) bool { return w.Stale != "" })
	})
}

// Withhold puts a failing report in the place of results that no reader would understand, or that were not written in
// full, so that nothing green stays. It gives all that went wrong, and whether that report holds: where it does not,
// all of the API's are removed.
func (d Dir) Withhold(r *Results, wrong []string) (all []string, held bool) {
	withheld := *r
	withheld.Problems, withheld.Lost = append([]string{"the results are withheld"}, wrong...), wrong
	withheld.Targets, withheld.Contradictions = []Target{}, nil
	err := errors.Join(d.ForgetTargets(r), d.Write(&withheld))
	again := d.ReadBack(&withheld)
	if err == nil && len(again) == 0 {
		return wrong, true
	}
	if err != nil {
		again = append(again, err.Error())
	}
	if err := d.Clear(r.API); err != nil {
		again = append(again, err.Error())
	}
	return append(wrong, again...), false
}
