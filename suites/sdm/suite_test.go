package sdm

import (
	"testing"

	// The ginkgo program takes a folder for a suite, and hands flags such as --focus on, only where a test imports Ginkgo.
	_ "github.com/onsi/ginkgo/v2"
)

// TestSDM is Ginkgo's way in: the specs stand in the other files.
func TestSDM(t *testing.T) { sdm.Run(t) }
