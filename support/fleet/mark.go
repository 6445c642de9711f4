// Package fleet joins the results of a run that was shared out: each part, a shard, leaves its own reports and a mark,
// and a merge makes one report of them, which is never green where a part is missing.
package fleet

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// markName is the file that tells which part of a run left the reports beside it.
const markName = "shard.json"

// mark is what it holds.
type mark struct {
	Shard   string    `json:"shard"` // K/N
	Started time.Time `json:"started"`
	APIs    []string  `json:"apis"` // whose results it wrote; nil: a mark of before says nothing of them
}

// Mark notes in a folder of reports which part of a run they are, once they are written whole. A part without any
// target has nothing but its mark.
func Mark(folder string, shard target.Shard, started time.Time) error {
	written := []string{}
	for _, api := range target.APIs() {
		if _, err := os.Stat(filepath.Join(folder, api+".json")); err == nil {
			written = append(written, api)
		}
	}
	text, err := json.Marshal(mark{shard.String(), started.UTC(), written})
	if err != nil {
		return err
	}
	return report.Dir{Path: folder}.Rewrite(filepath.Join(folder, markName), append(text, '\n'))
}

// Unmark removes an earlier run's mark, before a new one begins: one that is killed must not pass for finished.
func Unmark(folder string) error {
	if err := os.Remove(filepath.Join(folder, markName)); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// markOf reads the mark of a folder; the shard is zero where there is none.
func markOf(folder string) (m mark, shard target.Shard, err error) {
	path := filepath.Join(folder, markName)
	text, err := target.ReadRegular(path, 1<<10)
	if os.IsNotExist(err) {
		return m, shard, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err == nil {
		shard, err = target.ParseShard(m.Shard)
	}
	if err != nil {
		return m, shard, fmt.Errorf("%s: %w; run that shard again", path, err)
	}
	return m, shard, nil
}
