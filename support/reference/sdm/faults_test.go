//go:build long

package sdm_test

import (
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sdm"
)

func TestTwoRoundsReadTheSame(t *testing.T) {
	NewWithT(t).Expect(round(start(t))).To(Equal(round(start(t))))
}

// TestEveryFaultShows finds faults that no client could notice.
func TestEveryFaultShows(t *testing.T) {
	plain, secure := round(start(t)), round(startWith(t, sdm.Default(), true))
	for _, f := range sdm.Faults {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			conforming := plain
			if f.HTTPS {
				conforming = secure
			}
			if got := round(startWith(t, sdm.Default(), f.HTTPS, f.Name)); slices.Equal(got, conforming) {
				t.Errorf("%s: nothing of the round differs", f.Says)
			}
		})
	}
}

func TestEveryVariantShows(t *testing.T) {
	conforming := round(start(t))
	for _, v := range sdm.Variants {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			if slices.Equal(round(start(t, v.Name)), conforming) {
				t.Errorf("%s: nothing of the round differs", v.Says)
			}
		})
	}
}
