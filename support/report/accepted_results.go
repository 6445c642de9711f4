package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"session-conformance/support/target"
)

// resultsLimit bounds the results of one API, in bytes: ten thousand targets have more than one GiB.
const resultsLimit = 2 << 30

// Load gives the results of all APIs that lie in the folder, as All does, but says what is wrong with one that cannot
// be read: what is compared or accepted must not be missed silently.
func (d Dir) Load() ([]*Results, error) {
	var all []*Results
	for _, api := range target.APIs() {
		text, err := target.ReadRegular(d.json(api), resultsLimit)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var r Results
		if err := parse(text, Format, resultsValidator(), &r); err != nil {
			return nil, fmt.Errorf("%s: not results: %w; judge again, or take the file as it was written", d.json(api), err)
		}
		if r.API != api {
			return nil, fmt.Errorf("%s: it holds results of %s", d.json(api), r.API)
		}
		d.complete(&r)
		all = append(all, &r)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no results lie in %s: judge something first (conformance run)", d.Path)
	}
	return all, nil
}

// Missing are those of an API's reports that a run writes and that are not there. A suite removes one that holds a
// secret.
func (d Dir) Missing(api string) []string {
	var missing []string
	for _, path := range []string{d.json(api), d.junit(api), d.summary(), d.page()} {
		if _, err := os.Stat(path); err != nil {
			missing = append(missing, path)
		}
	}
	return missing
}
