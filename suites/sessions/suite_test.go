package sessions

import (
	"testing"

	// The ginkgo program takes a folder for a suite, and hands flags such as --focus on, only where a test imports Ginkgo.
	_ "github.com/onsi/ginkgo/v2"
)

// TestSessions is Ginkgo's way in: the specs stand in the other files.
func TestSessions(t *testing.T) { sessions.Run(t) }
