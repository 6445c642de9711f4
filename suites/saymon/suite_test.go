package saymon

import "testing"

// TestSAYMON is Ginkgo's way in: the specs stand in the other files.
func TestSAYMON(t *testing.T) { saymon.Run(t) }
