package suite

import (
	"errors"
	"flag"
	"io"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/clause"
	"session-conformance/support/evidence"
)

// Steps are those that the scenarios of the API declare.
func (s *Suite) Steps() (steps []*evidence.Step) {
	for _, scenario := range s.api.Scenarios() {
		steps = append(steps, scenario.Steps()...)
	}
	return steps
}

// FollowUps are what may follow the steps of the API.
func (s *Suite) FollowUps() []*evidence.FollowUp { return s.api.FollowUps() }

// Asked says which documented call each step asks, as asked.txt has it.
func (s *Suite) Asked() evidence.Asked { return s.api.Asked }

// AskedIn says which documented call each declared step asks in the evidence of a run.
func (s *Suite) AskedIn(run *evidence.Evidence) (evidence.Asked, error) {
	if s.catalogue == nil {
		if err := s.takeCatalogue(); err != nil {
			return nil, err
		}
	}
	asked := evidence.Asked{}
	for _, step := range s.Steps() {
		e := run.Find(step.Scenario().Name, step.Name)
		if e == nil {
			continue
		}
		path, _ := run.Target.Below(e.Request.URL)
		asked[evidence.StepName{Scenario: e.Scenario, Step: e.Step}] = run.CallOf(s.api, e.Request.Method, path)
	}
	return asked, nil
}

// API is the name of the suite's API, as targets.yaml has it.
func (s *Suite) API() string { return s.api.Name }

// Catalogue reads the clauses of the API.
func (s *Suite) Catalogue() (*clause.Catalogue, error) { return clause.Read(s.api.Name, s.clauses) }

// Judge is Run for a program that has the suite built in; it can judge once. The arguments are Ginkgo's flags, such as
// --ginkgo.focus=cookie. A byte of orders, which come from the program that started this one, interrupts the run, and
// so does their end. It says whether all is well; the error is of the flags.
func (s *Suite) Judge(args []string, orders io.Reader) (passed bool, err error) {
	flag.CommandLine.Init("", flag.ContinueOnError)
	flag.CommandLine.SetOutput(io.Discard)
	flag.CommandLine.BoolVar(&s.compared, Compared, false, "")
	if err := flag.CommandLine.Parse(args); err != nil {
		return false, err
	}
	s.interrupts.orders = orders
	var t failing
	s.Run(&t)
	if s.unheld {
		return false, errors.New("nothing was judged")
	}
	return !bool(t), nil
}

// Compared is the flag of Judge that says that a failure is no news: who started it compares the results with an
// accepted state, and alone tells what became worse. So Ginkgo is not told to be red.
const Compared = "compared"

// failing is a Go test that only knows whether it failed.
type failing bool

func (t *failing) Fail() { *t = true }

// WriteClauses writes the ledger: each clause with the specs that judge it. Nothing is sent; a process can do it once,
// and not judge besides.
func (s *Suite) WriteClauses(to io.Writer) error {
	s.configure()
	if len(s.problems) == 0 {
		s.build()
		settings, _ := ginkgo.GinkgoConfiguration()
		s.choose(ginkgo.PreviewSpecs(s.description, settings))
	}
	if len(s.problems) > 0 {
		return errors.New(strings.Join(s.problems, "\n"))
	}
	text, err := clause.Accepting(s.catalogue, s.ledger, s.reads).Write("json")
	if err == nil {
		_, err = io.WriteString(to, text)
	}
	return err
}

// Open counts, by setting, the specs that cannot be judged of the first target of targets.yaml because that setting is
// missing. It builds the tree of specs, which a process can do once.
func (s *Suite) Open() (map[string]int, error) {
	s.configure()
	if len(s.problems) > 0 || len(s.jobs) == 0 {
		return nil, errors.New(strings.Join(s.problems, "\n"))
	}
	s.build()
	settings, _ := ginkgo.GinkgoConfiguration()
	first := &s.jobs[0].Target
	open := map[string]int{}
	for _, found := range ginkgo.PreviewSpecs(s.description, settings).SpecReports {
		for _, name := range values(found.Labels(), "scenario") {
			if setting := s.api.Unset(name, first); setting != "" {
				open[setting]++
				break
			}
		}
	}
	return open, nil
}
