package suite

import (
	"os"
	"runtime/debug"
)

// How much garbage may lie, in percent of what is alive, before it is collected. Of a small run most is start and reports, in which a
// tenth of the time went into collecting. What targets send is not trusted to be little, so it is collected as ever.
const (
	usually = 100
	rarely  = 400
	// gathering is for a crowd: little is alive while it is asked, and much is thrown away; what judging needs comes later, and sets
	// the peak.
	gathering = 200
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
	if all <= searchedDeep {
		collect(rarely)
	} else {
		collect(usually)
	}
}
