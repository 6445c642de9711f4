package evidence

import (
	"fmt"
	"slices"

	"session-conformance/support/exchange"
)

// validOutcomes checks that each outcome is one that its scenario, or a step of it, can leave where the settings and
// the exchanges are what they are, and what is counted of these.
func (ev *Evidence) validOutcomes(api *API) error {
	for i, o := range ev.Outcomes {
		wrong := ev.wrongOutcome(api, o)
		if slices.ContainsFunc(ev.Outcomes[:i], func(other Outcome) bool {
			return other.Scenario == o.Scenario && other.Step == o.Step && other.TryOf == o.TryOf
		}) {
			wrong = "the scenario or step has another one"
		}
		if wrong != "" {
			return fmt.Errorf("log._outcomes[%d], %s of %q: %s", i, exchange.Printable(o.Verdict, 40),
				exchange.Printable(o.Scenario, 80), wrong)
		}
	}
	if len(ev.Exchanges) == 0 && ev.Target.Stopped == "" &&
		!slices.ContainsFunc(ev.Outcomes, func(o Outcome) bool { return o.Verdict == Inconclusive }) {
		return fmt.Errorf("log.entries: there are none, and nothing says why")
	}
	for account, sent := range ev.Target.RefusedLogins {
		if sent < 0 || sent > len(ev.Exchanges) {
			return fmt.Errorf("log._target.refused_logins: %d of %s, in %d entries", sent,
				exchange.Printable(account, 40), len(ev.Exchanges))
		}
	}
	return nil
}

func (ev *Evidence) wrongOutcome(api *API, o Outcome) string {
	at := slices.IndexFunc(api.scenarios, func(s *Scenario) bool { return s.Name == o.Scenario })
	if at < 0 && o.Scenario != CleanUpName {
		return "no scenario of " + api.Name + " has that name"
	}
	if at >= 0 && o.Step != "" {
		if wrong := api.wrongStep(api.scenarios[at], o.Step, o.TryOf); wrong != "" {
			return wrong
		}
	}
	if !slices.Contains([]string{Unsupported, Unconfigured, NotApplicable, Inconclusive}, o.Verdict) {
		return "a scenario leaves no such verdict: what it was answered is judged anew"
	}
	if o.Reason == "" {
		return "it gives no reason"
	}
	asked := ev.Find(o.Scenario, o.Step)
	switch {
	case o.Verdict == Inconclusive:
		if asked != nil && o.Step != "" {
			return fmt.Sprintf("entry %d holds the step", asked.Number)
		}
		return ""
	case at < 0:
		return "the clean-up leaves none"
	case asked != nil:
		return fmt.Sprintf("entry %d was asked all the same", asked.Number)
	case o.Step != "":
		if o.Verdict == Unsupported && len(ev.Target.Without) == 0 {
			return "the target declares to be without nothing"
		}
		return ""
	}
	return ev.unlikeSettings(api.scenarios[at], o)
}

// secret says that a scenario needs a secret. None is in evidence, so whether it was given cannot be told.
func (ev *Evidence) secret(s *Scenario) bool {
	return slices.ContainsFunc(s.needs, func(name string) bool { return needOf(ev.Target.API, name).secret })
}

// unlikeSettings says why a scenario's outcome does not follow from the target's settings.
func (ev *Evidence) unlikeSettings(s *Scenario, o Outcome) string {
	verdict, _ := missing(s, &ev.Target.Target)
	switch {
	case verdict == o.Verdict, o.Verdict == Unconfigured && ev.secret(s):
		return ""
	case verdict == "":
		return "the settings say nothing that would have kept it from being asked"
	}
	return "by the settings it would be " + verdict
}
