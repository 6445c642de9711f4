package fleet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"session-conformance/support/report"
	"session-conformance/support/target"
	"time"
)

// part is a folder of reports that a run, or a shard of it, left.
type part struct {
	dir     report.Dir
	shard   target.Shard // zero: it is no part of a run that was shared out
	whole   bool         // it is one, and was not cut short
	started time.Time
	results map[string]*report.Results // by API
}

// find reads the parts that lie in the folders, or one level deeper: downloads of a pipeline's artifacts do. What an
// earlier merge left there is none of them.
func find(folders []string, into string) ([]*part, error) {
	var parts []*part
	for _, folder := range folders {
		p, err := read(folder)
		if err != nil {
			return nil, err
		}
		if p != nil {
			parts = append(parts, p)
			continue
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, fmt.Errorf("%w: name the folder with a part's reports, or one that holds such folders", err)
		}
		before := len(parts)
		for _, e := range entries {
			within := filepath.Join(folder, e.Name())
			if !e.IsDir() || same(within, into) {
				continue
			}
			p, err := read(within)
			if p == nil && err == nil {
				p, err = read(filepath.Join(within, "reports"))
			}
			if err != nil {
				return nil, err
			}
			if p != nil {
				parts = append(parts, p)
			}
		}
		if len(parts) == before {
			return nil, fmt.Errorf("%s holds no results, nor does a folder in it", folder)
		}
	}
	return parts, nil
}

// read reads a folder of reports; nil where it is none.
func read(folder string) (*part, error) {
	p := &part{dir: report.Dir{Path: folder}, results: map[string]*report.Results{}}
	var err error
	if p.shard, p.started, err = markOf(folder); err != nil {
		return nil, err
	}
	p.whole = p.shard.N > 0
	for _, api := range target.APIs() {
		r, err := p.dir.Read(api)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		p.results[api] = r
		if r.Shard != "" && !p.whole {
			if p.shard, err = target.ParseShard(r.Shard); err != nil {
				return nil, fmt.Errorf("%s: %w", folder, err)
			}
		}
	}
	if p.shard == (target.Shard{}) && len(p.results) == 0 {
		return nil, nil
	}
	return p, nil
}

// same says whether two paths are one folder.
func same(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
