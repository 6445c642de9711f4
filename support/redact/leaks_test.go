//go:build unit

package redact

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// Wherever a secret stands among many lines, it is found.
func TestLeaksOfManyLines(t *testing.T) {
	h := New()
	h.Learn("password", "correct horse battery")
	for at := range 7 {
		lines := strings.Split(strings.Repeat("nothing to see here\n", 7), "\n")
		for i := range lines {
			lines[i] += fmt.Sprint(i)
		}
		lines[at] = "x=correct%20horse%20battery"
		NewWithT(t).Expect(h.Leaks([]byte(strings.Join(lines, "\n")))).To(Equal([]string{"password"}), fmt.Sprint(at))
	}
}
