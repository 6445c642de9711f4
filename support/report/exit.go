package report

// The exits of the command, the weightiest first. 0 is conformant or partial.
const (
	ExitWrongUse      = 2 // wrong configuration or usage
	ExitNothing       = 4 // nothing was judged: no spec ran, or none applied to its target
	ExitNonConformant = 1
	ExitStaleWaiver   = 5
	ExitInconclusive  = 3
)

// Exit decides a run's exit from the results of all its suites.
func Exit(runs []*Results) int {
	var judged, failed, stale, open bool
	for _, run := range runs {
		if len(run.Problems)+len(run.Lost) > 0 {
			return ExitWrongUse
		}
		for _, t := range run.Targets {
			judged = judged || t.judged()+len(t.As(Inconclusive)) > 0
			failed = failed || t.Verdict == NonConformant || t.short()
			open = open || t.Verdict == Inconclusive
			for _, w := range t.Waivers {
				stale = stale || w.Stale != ""
			}
		}
	}
	switch {
	case !judged:
		return ExitNothing
	case failed:
		return ExitNonConformant
	case stale:
		return ExitStaleWaiver
	case open:
		return ExitInconclusive
	}
	return 0
}
