package sdm

import "testing"

// TestSDM is Ginkgo's way in: the specs stand in the other files.
func TestSDM(t *testing.T) { sdm.Run(t) }
