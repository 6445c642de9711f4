package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/goccy/go-yaml"

	"session-conformance/support/evidence"
)

// checks are what the peers are asked to do: see peers/checks.yaml.
type checks struct {
	Requests []struct {
		ID     string
		After  []string
		Call   string
		Checks []string // IDs of clauses
	}
	Beyond []struct {
		Peer   string
		Cannot []struct {
			Clauses []string
			Why     string
		}
	}
}

func readChecks(root string) (*checks, error) {
	path := filepath.Join(root, "support/bench/peers/checks.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := &checks{}
	if err := yaml.UnmarshalWithOptions(text, c, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// clauses are the IDs of all that is checked.
func (c *checks) clauses() []string {
	var all []string
	for _, r := range c.Requests {
		all = append(all, r.Checks...)
	}
	return all
}

// chain is how many of the requests follow one another at least.
func (c *checks) chain() (int, error) {
	plan := make([]evidence.Planned, len(c.Requests))
	at := map[string]int{}
	for i, r := range c.Requests {
		for _, id := range r.After {
			before, known := at[id]
			if !known {
				return 0, fmt.Errorf("checks.yaml: %q comes after %q, which does not stand before it", r.ID, id)
			}
			plan[i].After = append(plan[i].After, before)
		}
		at[r.ID] = i
	}
	return Longest(plan), nil
}

// cannot says what of the suite's clauses a peer cannot express.
func (c *checks) cannot(peer string) string {
	text := ""
	for _, b := range c.Beyond {
		for _, out := range b.Cannot {
			if b.Peer == peer {
				text += fmt.Sprintf("  cannot express %s: %s\n", joined(out.Clauses), out.Why)
			}
		}
	}
	return text
}

func joined(list []string) string {
	text := ""
	for i, item := range slices.Sorted(slices.Values(list)) {
		if i > 0 {
			text += ", "
		}
		text += item
	}
	return text
}
