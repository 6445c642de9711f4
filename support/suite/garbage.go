package suite

import (
	"os"
	"runtime/debug"
)

// How much garbage may lie, in percent of what is alive, before it is collected: twice as much as ever while little is
// alive, that is
// at the start and in a small run, and while a crowd is asked, whose evidence is written and thrown away. What targets
// send is not
// trusted to be little.
const (
	usually = 100
	rarely  = 200
)

// smallRun is up to how much evidence, in bytes, is little; manyTargets from how many targets on what they send is not.
const (
	smallRun    = 4 << 20
	manyTargets = 20
)

func collect(percent int) { debug.SetGCPercent(percent) }

// collectFor sets how garbage is collected while evidence of such files is judged and reported.
func collectFor(evidence []string) {
	all := int64(0)
	for _, path := range evidence {
		if info, err := os.Stat(path); err == nil {
			all += info.Size()
		}
	}
	if all <= smallRun {
		collect(rarely)
	} else {
		collect(usually)
	}
}
