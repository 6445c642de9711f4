package fleet

import (
	"fmt"
	"strconv"

	"session-conformance/support/target"
)

// engine is something that starts the parts of a run, and tells each by variables which one it is.
type engine struct {
	name                 string
	index, first, number string // variables: this part's number, the first one's (empty: base), and how many there are
	base                 int    // the number of the first part
}

// GitLab is the engine that says what part a job of a matrix is, too.
const GitLab = "GitLab parallel"

var engines = []engine{
	{name: GitLab, index: "CI_NODE_INDEX", number: "CI_NODE_TOTAL", base: 1},
	{name: "Slurm array", index: "SLURM_ARRAY_TASK_ID", first: "SLURM_ARRAY_TASK_MIN", number: "SLURM_ARRAY_TASK_COUNT"},
	{name: "Kubernetes Indexed Job", index: "JOB_COMPLETION_INDEX", number: "SHARDS", base: 0},
}

// FromEngine tells which part of a run this process is by the variables of the engine that started it, and which engine
// that is. The shard is zero where none did. Kubernetes does not tell how many parts there are: SHARDS says so.
func FromEngine(getenv func(string) string) (target.Shard, string, error) {
	for _, e := range engines {
		if getenv(e.index) == "" {
			continue
		}
		read := func(name string) (int, error) {
			n, err := strconv.Atoi(getenv(name))
			if err == nil {
				return n, nil
			}
			with := ""
			if name != e.index {
				with = ", which " + e.index + " goes with,"
			}
			return 0, fmt.Errorf("%s=%q%s is no number: set it, or name the part with --shard K/N", name, getenv(name), with)
		}
		index, err := read(e.index)
		if err != nil {
			return target.Shard{}, "", err
		}
		number, err := read(e.number)
		if err != nil {
			return target.Shard{}, "", err
		}
		first := e.base
		if e.first != "" {
			if first, err = read(e.first); err != nil {
				return target.Shard{}, "", err
			}
		}
		again := number == 1 && index > 1
		if whole := getenv("SHARDS"); whole != "" {
			again = whole != strconv.Itoa(number)
		}
		if e.first != "" && again { // sbatch --array=2: as part 1/1 it would ask all targets
			return target.Shard{}, "", fmt.Errorf("%s=%d of %s=%d looks like a part that runs again, which does not tell of "+
				"how many: name it with --shard K/N", e.index, index, e.number, number)
		}
		shard, err := target.ParseShard(fmt.Sprintf("%d/%d", index-first+1, number))
		if err != nil {
			return target.Shard{}, "", fmt.Errorf("%s=%d, %s=%d: %w; name the part with --shard K/N", e.index, index, e.number,
				number, err)
		}
		return shard, e.name, nil
	}
	return target.Shard{}, "", nil
}
