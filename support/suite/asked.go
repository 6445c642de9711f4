package suite

import "session-conformance/support/evidence"

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
		catalogue, err := s.Catalogue()
		if err != nil {
			return nil, err
		}
		s.catalogue = catalogue
		s.takeCatalogue()
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
