package session

import "sync"

// AtOnce does several things at the same moment, and waits for all.
func AtOnce(acts ...func()) {
	var all sync.WaitGroup
	for _, act := range acts {
		all.Go(act)
	}
	all.Wait()
}
