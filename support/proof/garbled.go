package proof

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"session-conformance/support/evidence"
	"session-conformance/support/reference/wire"
)

// leastRefusals is how many refusals the evidence of a case must hold for its words to be judged.
const leastRefusals = 5

// garbled finds the refusals that evidence does not show to the letter: words are no secrets. folder has the evidence.
func (a api) garbled(folder string) (problems []string, err error) {
	for _, c := range a.cases() {
		form, ok := wire.ErrorsOf(c.Name)
		if !ok {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, c.Target()+".har"))
		if err != nil {
			return nil, err
		}
		ev, err := evidence.Read(text)
		if err != nil {
			return nil, err
		}
		refusals := 0
		for _, e := range ev.Exchanges {
			if e.Status() < 400 {
				continue
			}
			refusals++
			at, err := url.Parse(e.Request.URL)
			if err != nil {
				return nil, err
			}
			if want := form.Text(e.Request.Method, at.EscapedPath(), e.Status()); string(e.Body()) != want {
				problems = append(problems, fmt.Sprintf("%s: %s: the evidence of %q, %q shows %q, and the answer was %q", a.API,
					c.Name, e.Scenario, e.Step, e.Body(), want))
			}
			for name := range form.Header {
				if want, got := form.Header.Get(name), e.Header(name); got != want {
					problems = append(problems, fmt.Sprintf("%s: %s: the evidence of %q, %q shows %s: %q, and it was %q", a.API,
						c.Name, e.Scenario, e.Step, name, got, want))
				}
			}
		}
		if refusals < leastRefusals {
			problems = append(problems, fmt.Sprintf("%s: %s: %d refusals are too few to judge their words", a.API, c.Name,
				refusals))
		}
	}
	return problems, nil
}
