package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"

	"session-conformance/suites"
	"session-conformance/support/lang"
	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// logIn tries the login of each target as a run begins, says what came, and gives the exit: 3 where nobody is let in,
// 1 where the login by password is refused and another way of the same user is not.
func logIn(targets []target.Target) error {
	ctx, stop := signal.NotifyContext(context.Background(), suite.Ends()...)
	defer stop()
	watched.Store(true)
	refused, nobody := 0, 0
	for _, s := range suites.All() {
		mine := slices.DeleteFunc(slices.Clone(targets), func(t target.Target) bool { return t.API != s.API() })
		if len(mine) == 0 {
			continue
		}
		logins, err := s.LogIn(ctx, mine)
		if err != nil {
			return err
		}
		for _, l := range logins {
			fmt.Println(sink.Text(l.Tell()))
			switch {
			case l.In == nil:
				nobody++
			case l.In != l.First:
				refused++
			}
		}
	}
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "Interrupted: what was opened was ended.")
		return exit(suite.ExitInterrupted)
	case nobody > 0:
		fmt.Println(lang.T("Nobody is let in by %d of %d targets: a run would find them inconclusive.", nobody, len(targets)))
		return exit(report.ExitInconclusive)
	case refused > 0:
		return exit(report.ExitNonConformant)
	}
	return nil
}
