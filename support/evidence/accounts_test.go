//go:build unit

package evidence

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/saymon/settings"
	"session-conformance/support/target"
)

// Order and budget belong to the account: targets that share one are run one after the other.
func TestTargetsOfOneAccountShareItsOrder(t *testing.T) {
	g := NewWithT(t)
	l := newLocking(t)
	twin := job(strings.Replace(l.URL, "127.0.0.1", "localhost", 1))
	twin.Target.Name = "twin"
	gatherAll(counting(4, 4, 2), job(l.URL), twin)
	order := l.order()
	g.Expect(order).NotTo(ContainSubstring("RR"))
	g.Expect(strings.Count(order, "R")).To(Equal(5+4), "five wrong passwords of both")
}

func TestTargetsAreChainedByAccount(t *testing.T) {
	g := NewWithT(t)
	of := func(url, login, other string) Job {
		j := job(url)
		j.Target.User = &target.User{Login: login}
		if other != "" {
			j.Target.OtherUser = &target.User{Login: other}
		}
		return j
	}
	chains := byAccount([]Job{of("https://a:1", "x", ""), of("https://b", "x", ""), of("https://A:2", "x", ""),
		of("https://a", "y", ""), of("https://a", "z", "y"),
		of("http://127.0.0.1:1", "x", ""), of("http://127.0.0.1:2", "x", ""), of("http://localhost:1", "x", ""),
		of("https://a", "y", "x")})
	g.Expect(chains).To(Equal([][]int{{0, 2, 3, 4, 8}, {1}, {5, 7}, {6}}))

	named := of("https://a", "qa", "")
	named.Target.User.Email = "QA@acme.test"
	g.Expect(byAccount([]Job{named, of("https://a", "QA", ""), of("https://a", "qa@acme.test", ""),
		of("https://a", "qb@acme.test", "")})).To(Equal([][]int{{0, 1, 2}, {3}}), "in any case, and by the email too")
}

// The user of a realm is one account wherever it logs in; of this machine each port has users of its own.
func TestAUserOfARealmIsOneAccount(t *testing.T) {
	g := NewWithT(t)
	of := func(url, login, issuer, username string) Job {
		j := job(url)
		j.Target.User = &target.User{Login: login}
		j.Target.Own = settings.Own{Keycloak: &target.Keycloak{Issuer: issuer, Username: username}}
		return j
	}
	const realm = "https://k/realms/r"
	jobs := []Job{of("https://a", "x", realm, "x"), of("https://b", "x", realm+"/", "x"), of("https://c", "x", realm, "y"),
		of("https://d", "x", "https://k/realms/s", "x"), of("https://b", "x", "", ""),
		of("http://127.0.0.1:1", "x", realm, "x")}
	g.Expect(byAccount(jobs)).To(Equal([][]int{{0, 1, 4}, {2}, {3}, {5}}))
	all := &accounts{}
	first := all.of(&jobs[0].Target, "user")
	g.Expect(all.of(&jobs[1].Target, "user")).To(BeIdenticalTo(first))
	g.Expect(all.of(&jobs[4].Target, "user")).To(BeIdenticalTo(first))
	for _, other := range []int{2, 3, 5} {
		g.Expect(all.of(&jobs[other].Target, "user")).NotTo(BeIdenticalTo(first))
	}
}
