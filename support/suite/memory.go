package suite

import (
	"runtime/debug"

	"session-conformance/support/evidence"
)

// boundMemory lets much garbage lie while there is room, which is fast, and little when there is none: what targets
// send is not trusted to be little. Of a crowd the evidence of some targets is held at once, and of the others what is
// reported.
func boundMemory(targets int) {
	const own, asked, reported = 150 << 20, 1 << 20, 128 << 10 // bytes
	atOnce := min(targets, evidence.TargetsAtOnce())
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(int64(own + asked*atOnce + reported*(targets-atOnce)))
}
