package evidence

import (
	"fmt"
	"regexp"
	"strings"
)

// FollowUp is a request that may follow a step, where the answer to that calls for it. An API declares it once for all
// its steps.
type FollowUp struct {
	Name  string // behind the step's; one with %d counts
	tries bool   // it uses what the answer left, though that was to be refused
	ends  *regexp.Regexp
}

// besideFirst is a login that was refused while the first session lived, and then went out again: see RefusedBeside.
var besideFirst = newFollowUp("beside the first session", false)

func newFollowUp(name string, tries bool) *FollowUp {
	ends := ", " + strings.ReplaceAll(regexp.QuoteMeta(name), "%d", `\d{1,4}`) + "$"
	return &FollowUp{name, tries, regexp.MustCompile(ends)}
}

// FollowUp declares a request that may follow any step.
func (a *API) FollowUp(name string) *FollowUp { return a.follow(newFollowUp(name, false)) }

// Attempt declares a request that uses what the answer to a step left, though that was to be refused.
func (a *API) Attempt(name string) *FollowUp { return a.follow(newFollowUp(name, true)) }

func (a *API) follow(f *FollowUp) *FollowUp {
	a.followUps = append(a.followUps, f)
	return f
}

// FollowUps are all that the API declares.
func (a *API) FollowUps() []*FollowUp { return a.followUps }

// named is what the name of a step ends with.
func (f *FollowUp) named(number ...int) string {
	if len(number) > 0 {
		return fmt.Sprintf(f.Name, number[0])
	}
	return f.Name
}

// Of is the name of the step that a request of this kind follows, by the name of that; false where it is of another.
func (f *FollowUp) Of(name string) (step string, ok bool) {
	at := f.ends.FindStringIndex(name)
	if at == nil {
		return "", false
	}
	return name[:at[0]], true
}
