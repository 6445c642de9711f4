package sessions

import "testing"

// TestSessions is Ginkgo's way in: the specs stand in the other files.
func TestSessions(t *testing.T) { sessions.Run(t) }
