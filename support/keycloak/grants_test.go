//go:build unit

package keycloak

import (
	"context"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
)

// Many targets may have one account at the realm: a wrong password is sent once, a right one by each.
func TestAWrongPasswordIsSentOnceInARun(t *testing.T) {
	const targets = 8
	for name, test := range map[string]struct {
		shared bool
		wrong  bool
		grants int
	}{
		"wrong, shared":     {true, true, 1},
		"wrong, not shared": {false, true, targets},
		"right":             {true, false, targets},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			i := start(t, false, nil, nil)
			if test.wrong {
				i = start(t, false, nil, refuse("invalid_grant", "Invalid user credentials"))
			}
			var shared *Grants
			if test.shared {
				shared = &Grants{}
			}
			var all sync.WaitGroup
			errs := make([]error, targets)
			for n := range targets {
				all.Go(func() {
					_, errs[n] = Fetch(context.Background(), i.realm(func(r *Realm) { r.Grants = shared }))
				})
			}
			all.Wait()
			for _, err := range errs {
				g.Expect(err != nil).To(Equal(test.wrong))
			}
			g.Expect(i.asked).To(HaveLen(targets + test.grants)) // each asks for the discovery document
		})
	}
}

func TestAnotherPasswordIsSentForItself(t *testing.T) {
	g := NewWithT(t)
	i := start(t, false, nil, refuse("invalid_grant", "Invalid user credentials"))
	shared := &Grants{}
	for _, password := range []string{"one", "two", "one"} {
		_, err := Fetch(context.Background(), i.realm(func(r *Realm) { r.Password, r.Grants = password, shared }))
		g.Expect(err).To(HaveOccurred())
	}
	g.Expect(i.asked).To(HaveLen(3 + 2))
}
