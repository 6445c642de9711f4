//go:build unit

package fleet

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/target"
)

func TestTheEngineTellsThePart(t *testing.T) {
	for _, c := range []struct {
		variables map[string]string
		shard     target.Shard
		says      string
	}{
		{nil, target.Shard{}, ""},
		{map[string]string{"CI_NODE_TOTAL": "1"}, target.Shard{}, ""}, // GitLab sets it for every job
		{map[string]string{"CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "3"}, target.Shard{K: 2, N: 3}, ""},
		{map[string]string{"SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_COUNT": "4"},
			target.Shard{K: 3, N: 4}, ""},
		{map[string]string{"JOB_COMPLETION_INDEX": "0", "SHARDS": "3"}, target.Shard{K: 1, N: 3}, ""},
		{map[string]string{"JOB_COMPLETION_INDEX": "0"}, target.Shard{},
			`SHARDS="", which JOB_COMPLETION_INDEX goes with, is no number`},
		{map[string]string{"JOB_COMPLETION_INDEX": "3", "SHARDS": "3"}, target.Shard{}, "there is no shard 4 of 3"},
		{map[string]string{"CI_NODE_INDEX": "x", "CI_NODE_TOTAL": "3"}, target.Shard{}, `CI_NODE_INDEX="x" is no number`},
		{map[string]string{"SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "2", "SLURM_ARRAY_TASK_COUNT": "1"},
			target.Shard{}, "a part that runs again"},
		{map[string]string{"SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "1",
			"SHARDS": "3"}, target.Shard{}, "a part that runs again"},
		{map[string]string{"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "3",
			"SHARDS": "3"}, target.Shard{K: 3, N: 3}, ""},
	} {
		g := NewWithT(t)
		shard, _, err := FromEngine(func(name string) string { return c.variables[name] })
		if c.says == "" {
			g.Expect(err).NotTo(HaveOccurred())
		} else {
			g.Expect(err).To(MatchError(ContainSubstring(c.says)))
		}
		g.Expect(shard).To(Equal(c.shard))
	}
}
