// Package suite ties Ginkgo to targets, clauses and evidence: a tree per target, whose specs judge what was gathered of
// it.
package suite

import (
	"io"
	"log"
	"sync"

	"github.com/onsi/ginkgo/v2"
	ginkgotypes "github.com/onsi/ginkgo/v2/types"
	"github.com/onsi/gomega"

	"session-conformance/support/clause"
	"session-conformance/support/evidence"
	"session-conformance/support/lang"
	"session-conformance/support/redact"
	"session-conformance/support/reference"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// Suite is the suite of one API. Make it with New, declare its scenarios and specs, and let Run be its only Go test.
type Suite struct {
	api         *evidence.API
	description string // what Ginkgo prints, and --focus searches, before each spec
	clauses     []byte
	embed       func(*target.Target) (*Embedded, error)
	reference   reference.Server
	catalogue   *clause.Catalogue
	parts       []part
	grounds     map[string]ground      // when a clause holds for specs that build on it
	required    map[requirement]string // why what specs built on does not hold; empty where it does
	observed    []observation

	problems []string // why nothing can be judged
	targets  []*subject
	jobs     []evidence.Job
	waivers  target.Waivers
	replayed []string // files of evidence, in place of asking, where $EVIDENCE says so
	filter   string   // what chose the specs, as it was typed; empty where all run
	progress evidence.Progress
	notices  []string        // what each report says at its head
	written  *report.Results // what the reports say, when they are written

	configured *redact.Hider // knows the secrets of all settings, to be masked in what is printed and written
	ledger     clause.Ledger // of the specs that were built
	reads      clause.Ledger // the scenarios that they read
	held       []func()      // what lets the folder of reports go: the process holds it to its end
	unheld     bool          // somebody else holds it
	compared   bool          // see Compared
	interrupts

	groups      []*group
	bodies      []body                  // of all specs, in the order of the tree
	specs       []spec                  // that the filters let through, in the same order
	judgements  map[judged]judgement    // by this process, or in the end by all; none of a crowd
	decisions   []*decision             // of a crowd, by the place of the target; nil: not yet
	tallies     []tally                 // of a crowd, by the place of the spec
	judging     sync.Mutex              // of a crowd: one target at a time
	labelFilter string                  // as it was typed
	lettingIn   ginkgotypes.LabelFilter // labelFilter of a crowd, where targets have no specs of their own; nil: all
	now         *Evidence               // of the target that is being judged
}

// part is one Describe of the suite, built once for each target.
type part struct {
	text string
	body func(*Evidence)
}

// API is one API, as its suite declares it: what is asked of its targets, and how that is judged.
type API struct {
	evidence.API
	Title   string // what Ginkgo prints, and --focus searches, before each spec
	Clauses []byte // its clauses.yaml
	// Embed makes the reference server, and fills in what the target leaves out.
	Embed func(*target.Target) (*Embedded, error)
	// Reference is that server as it is served, and proven, by itself.
	Reference reference.Server
}

// New makes the suite of an API.
func New(a API) *Suite {
	lang.Add(func() (map[string]string, error) {
		c, err := clause.Read(a.Name, a.Clauses)
		if err != nil {
			return nil, err
		}
		return c.Russian(), nil
	})
	return &Suite{api: &a.API, description: a.Title, clauses: a.Clauses, embed: a.Embed, reference: a.Reference,
		configured: redact.New(),
		judgements: map[judged]judgement{}, grounds: map[string]ground{}, required: map[requirement]string{}}
}

// Scenario declares what is asked of a target, and the steps in which that is done. One of them is the control.
func (s *Suite) Scenario(name string, steps *evidence.Steps, act func(*evidence.Caller),
	options ...evidence.ScenarioOption,
) *evidence.Scenario {
	return s.api.Add(name, steps, act, options...)
}

// Absent declares a scenario whose only step tries what a target declares to be without: is it really absent?
func (s *Suite) Absent(name, feature string, act func(*evidence.Caller, *evidence.Step)) *evidence.Step {
	steps := &evidence.Steps{}
	try := steps.Step("try")
	s.Scenario(name, steps, func(t *evidence.Caller) { act(t, try) }, evidence.OnlyWithout(feature))
	return try
}

// FollowUp declares a request that may follow any step where its answer calls for it.
func (s *Suite) FollowUp(name string) *evidence.FollowUp { return s.api.FollowUp(name) }

// Attempt declares a request that uses what the answer to a step left, though that was to be refused.
func (s *Suite) Attempt(name string) *evidence.FollowUp { return s.api.Attempt(name) }

// Describe declares specs. The body is run once for each target, with the handle of that target's evidence.
func (s *Suite) Describe(text string, body func(ev *Evidence)) bool {
	s.parts = append(s.parts, part{text, body})
	return true
}

// Clause labels a spec with the clause that it judges and the scenarios whose exchanges it reads.
func (s *Suite) Clause(id string, reads ...*evidence.Scenario) ginkgo.Labels {
	labels := ginkgo.Labels{"clause:" + id}
	if s.catalogue != nil {
		if k, ok := s.catalogue.Get(id); ok {
			labels = append(labels, "tier:"+string(k.Tier))
		}
	}
	for _, scenario := range reads {
		labels = append(labels, "scenario:"+scenario.Name)
	}
	return labels
}

// Run builds the tree, gathers what the chosen specs need, and lets Ginkgo judge. It is the body of the suite's Go
// test: t is told where something fails.
func (s *Suite) Run(t ginkgo.GinkgoTestingT) {
	// net/http logs what comes on a connection unasked, word by word: a session ID, or what a terminal obeys.
	log.SetOutput(io.Discard)
	suite, _ := ginkgo.GinkgoConfiguration()
	s.watch(suite.ParallelTotal)
	gomega.RegisterFailHandler(s.fail)
	s.labelFilter = suite.LabelFilter
	s.configure()
	s.decisions = make([]*decision, len(s.targets))
	boundMemory(len(s.targets))
	settings := s.settings()
	if len(s.problems) == 0 && len(s.targets) > 0 {
		s.build()
	}
	ginkgo.ReportBeforeSuite(s.begin)
	ginkgo.SynchronizedBeforeSuite(s.gather, s.receive)
	if settings.ParallelTotal > 1 {
		ginkgo.SynchronizedAfterSuite(s.handOver, func() {})
	}
	ginkgo.ReportAfterSuite("results", s.end)
	s.choose(ginkgo.PreviewSpecs(s.description, settings))
	if suite.ParallelProcess > 1 {
		defer s.leave()()
	}
	ginkgo.RunSpecs(t, s.description, settings)
	s.lastWords()
}
