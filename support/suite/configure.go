package suite

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"session-conformance/support/evidence"
	"session-conformance/support/lang"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// takeCatalogue reads the catalogue, and takes from it which words are no secrets, and which calls a run asks.
func (s *Suite) takeCatalogue() (err error) {
	if s.catalogue, err = s.Catalogue(); err != nil {
		return err
	}
	for _, k := range s.catalogue.Clauses {
		s.api.Words = append(s.api.Words, k.ID, k.Says, k.Source.String(), k.Call)
		if call, ok := evidence.ParseCall(k.Call); ok {
			s.api.Calls = append(s.api.Calls, call)
		}
	}
	return nil
}

// problem keeps a reason why nothing can be judged.
func (s *Suite) problem(format string, args ...any) {
	s.problems = append(s.problems, fmt.Sprintf(format, args...))
}

// configure reads the catalogue and the targets. What is wrong is kept: the run fails with it, and leaves it in JUnit.
func (s *Suite) configure() {
	if err := s.readAll(); err != nil {
		s.problem("%v", err)
	}
}

func (s *Suite) readAll() error {
	if err := lang.Use(""); err != nil {
		return err
	}
	if err := s.takeCatalogue(); err != nil {
		return err
	}
	if name := s.api.Name; target.Of(name).Name == "" {
		s.problem("suites/apis does not list %s: add what suites/%[1]s/settings declares, and let the suite import "+
			"suites/apis", name)
	}
	for id := range s.grounds {
		if _, known := s.catalogue.Get(id); !known {
			s.problem("suites/%s: Holds names the clause %s, which clauses.yaml does not have", s.api.Name, id)
		}
	}
	if err := s.api.Check(); err != nil {
		return fmt.Errorf("suites/%s: %w", s.api.Name, err)
	}
	if how := os.Getenv("PROGRESS"); !slices.Contains([]string{"", "off", "lines", "tty"}, how) {
		return fmt.Errorf("PROGRESS takes off, lines or tty, not %q", how)
	}
	if asked, err := s.replay(); asked {
		return err
	}
	targets, err := s.selected()
	if err != nil {
		return err
	}
	s.configured.Keep(report.Words()...)
	for _, t := range targets {
		if t.API == s.api.Name {
			s.targets = append(s.targets, &subject{name: t.Name})
			evidence.LearnSettings(s.configured, s.api, t, t.Name+": ")
			s.jobs = append(s.jobs, evidence.Job{Target: t})
		}
	}
	if why := repeated(s.jobs, startedBy()); why != "" {
		return errors.New(why)
	}
	return nil
}

// selected reads targets.yaml and gives the targets that TARGET names.
func (s *Suite) selected() ([]target.Target, error) {
	path, err := target.Find()
	if err != nil {
		return nil, err
	}
	return target.Load(path, target.Selection(), func(api string) []string {
		if api == s.api.Name {
			return s.catalogue.IDs()
		}
		return nil // the suite of that API checks its own
	})
}
