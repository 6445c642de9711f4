package suite

import "runtime/debug"

// boundMemory lets much garbage lie while there is room, which is fast, and little when there is none: what targets
// send is not trusted to be little.
func boundMemory(targets int) {
	const own, each = 150 << 20, 1 << 20 // bytes
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(own + each*int64(targets))
}
