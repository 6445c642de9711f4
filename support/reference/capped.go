package reference

import "fmt"

// Capped are the variants of a server on which a user has few sessions at once: a further login ends the eldest, or is
// refused with a status. That may be said first, whatever the password.
func Capped[S any](endsEldest func(most int) func(S),
	refuses func(most, status int, first bool) func(S)) (all []Peculiarity[S]) {
	sessions := func(n int) string {
		if n == 1 {
			return "one session"
		}
		return fmt.Sprintf("%d sessions", n)
	}
	for most := 1; most <= 4; most++ {
		all = append(all, Peculiarity[S]{Name: fmt.Sprintf("ends-the-eldest-of-%d-sessions", most), Effect: endsEldest(most),
			Says: fmt.Sprintf("A user has %s at most: a further login ends the eldest.", sessions(most))})
	}
	for _, c := range []struct{ most, status int }{{1, 403}, {1, 401}, {1, 429}, {2, 409}, {2, 401}, {2, 429},
		{3, 403}, {3, 400}, {4, 401}, {5, 403}, {10, 403}} {
		all = append(all, Peculiarity[S]{Name: fmt.Sprintf("refuses-more-than-%d-sessions-by-%d", c.most, c.status),
			Effect: refuses(c.most, c.status, false), Says: fmt.Sprintf("A user has %s at most: further logins are answered %d.",
				sessions(c.most), c.status)})
	}
	for _, c := range []struct{ most, status int }{{1, 403}, {1, 429}, {2, 403}, {3, 409}} {
		all = append(all, Peculiarity[S]{Name: fmt.Sprintf("says-first-of-more-than-%d-sessions-by-%d", c.most, c.status),
			Effect: refuses(c.most, c.status, true), Says: fmt.Sprintf("A user has %s at most: further logins are answered %d, "+
				"whatever the password.", sessions(c.most), c.status)})
	}
	return all
}
