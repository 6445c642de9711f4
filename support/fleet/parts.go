package fleet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// part is a folder of reports that a run, or a shard of it, left.
type part struct {
	dir     report.Dir
	shard   target.Shard // zero: it is no part of a run that was shared out
	whole   bool         // it is one, and was not cut short
	started time.Time
	results map[string]*report.Results // by API
}

// find reads the parts that lie in the folders, or deeper, as downloads of a pipeline's artifacts do. What an earlier
// merge left beside shards is none of them, nor is what lies in the folder into.
func find(folders []string, into string) (parts []*part, err error) {
	for _, folder := range folders {
		if info, err := os.Stat(folder); err == nil && !info.IsDir() {
			return nil, fmt.Errorf("%s is no folder: name the folder with a part's reports, or one that holds such folders",
				folder)
		}
		p, err := read(folder)
		if err != nil {
			return nil, err
		}
		within, err := inFolder(folder, into, levels)
		switch {
		case err != nil:
			return nil, err
		case p != nil && !same(folder, into) && (p.isShard() || !slices.ContainsFunc(within, (*part).isShard)):
			parts = append(parts, p)
		case p == nil && len(within) == 0:
			return nil, fmt.Errorf("%s holds no results, nor does a folder in it, three levels down", folder)
		default:
			parts = append(parts, within...)
		}
	}
	return parts, nil
}

// levels is how many folders within each other are looked into for parts.
const levels = 3

func inFolder(folder, into string, deep int) (parts []*part, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("%w: name the folder with a part's reports, or one that holds such folders", err)
	}
	for _, e := range entries {
		within := filepath.Join(folder, e.Name())
		info, err := os.Stat(within) // of a link what it leads to
		if err != nil || !info.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		p, err := read(within)
		switch {
		case err != nil:
			return nil, err
		case p == nil && deep > 1:
			found, err := inFolder(within, into, deep-1)
			if err != nil {
				return nil, err
			}
			parts = append(parts, found...)
		case p != nil && !same(within, into):
			parts = append(parts, p)
		}
	}
	return parts, nil
}

// replaced is what the merged reports would take the place of: nil where that is nothing, what an earlier merge of the
// parts left, or a run that lies elsewhere.
func replaced(parts []*part, folders []string, into string) (*part, error) {
	among := slices.ContainsFunc(folders, func(folder string) bool {
		return same(folder, into) || same(folder, filepath.Dir(into)) || same(folder, filepath.Dir(filepath.Dir(into)))
	})
	p, err := read(into)
	switch {
	case err != nil && among:
		return nil, err
	case err != nil, p == nil, !p.isShard() && (!among || p.mergedOf(parts)):
		return nil, nil
	}
	return p, nil
}

func (p *part) isShard() bool { return p.shard.N > 0 }

// mergedOf says whether a folder may be what an earlier merge of the parts left: it judged no target that none of them
// has.
func (p *part) mergedOf(parts []*part) bool {
	for api, results := range p.results {
		for _, t := range results.Targets {
			standIn := len(t.Results) == 0 && ofAbsent.MatchString(t.Name)
			if !standIn && !slices.ContainsFunc(parts, func(other *part) bool { return other.judged(api, t.Name) }) {
				return false
			}
		}
	}
	return true
}

func (p *part) judged(api, name string) bool {
	r := p.results[api]
	return r != nil && slices.ContainsFunc(r.Targets, func(t report.Target) bool { return t.Name == name })
}

// read reads a folder of reports; nil where it is none.
func read(folder string) (*part, error) {
	p := &part{dir: report.Dir{Path: folder}, results: map[string]*report.Results{}}
	m, shard, err := markOf(folder)
	if err != nil {
		return nil, err
	}
	p.shard, p.started, p.whole = shard, m.Started, shard.N > 0
	for _, api := range target.APIs() {
		r, err := p.dir.Read(api)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		if err := r.Sound(api); err != nil {
			return nil, fmt.Errorf("%s: the results of %s: %w; judge that part again", folder, api, err)
		}
		p.results[api] = r
		if r.Shard != "" && !p.whole {
			if p.shard, err = target.ParseShard(r.Shard); err != nil {
				return nil, fmt.Errorf("%s: %w", folder, err)
			}
		}
	}
	for _, api := range m.APIs { // what it wrote may have been lost on the way
		p.whole = p.whole && p.results[api] != nil
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
