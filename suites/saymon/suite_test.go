package saymon

import (
	"testing"

	// The ginkgo program takes a folder for a suite, and hands flags such as --focus on, only where a test imports
	// Ginkgo.
	_ "github.com/onsi/ginkgo/v2"
)

// TestSAYMON is Ginkgo's way in: the specs stand in the other files.
func TestSAYMON(t *testing.T) { saymon.Run(t) }
