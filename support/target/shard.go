package target

import (
	"fmt"
	"hash/fnv"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// Shard is one part of a run that is shared out: number K of N, counted from 1. The zero value is the whole run.
type Shard struct{ K, N int }

var shardForm = regexp.MustCompile(`^([1-9][0-9]{0,5})/([1-9][0-9]{0,5})$`)

// ParseShard reads K/N, such as 2/3.
func ParseShard(text string) (Shard, error) {
	parts := shardForm.FindStringSubmatch(text)
	if parts == nil {
		return Shard{}, fmt.Errorf("a shard is written K/N, such as 2/3 for the second of three, not %q", text)
	}
	k, _ := strconv.Atoi(parts[1]) // the form allows small numbers only
	n, _ := strconv.Atoi(parts[2])
	if k > n {
		return Shard{}, fmt.Errorf("there is no shard %d of %d: the first is 1/%d, the last %d/%d", k, n, n, n, n)
	}
	return Shard{k, n}, nil
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.K, s.N) }

// ShardVariable tells the suites which part of the run is theirs: K/N.
const ShardVariable = "SHARD"

func shardFromEnvironment() (Shard, error) {
	text := os.Getenv(ShardVariable)
	if text == "" {
		return Shard{}, nil
	}
	s, err := ParseShard(text)
	if err != nil {
		return s, fmt.Errorf("%s: %w", ShardVariable, err)
	}
	return s, nil
}

// take leaves only the shard's part selected. Targets that share an account stay together, since its budget of wrong
// passwords does: which account it is, is told by host and login as they are written, variables by their names.
func (s Shard) take(all []*checker) {
	if s.N == 0 {
		return
	}
	var groups Groups
	for _, c := range all {
		for _, t := range c.targets {
			groups.Join(accountsOf(t.node)...)
		}
	}
	for _, c := range all {
		for _, t := range c.targets {
			t.selected = t.selected && s.has(groups.Find(accountsOf(t.node)[0]))
		}
	}
}

func (s Shard) has(key string) bool {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash takes everything
	sum := h.Sum64()
	sum ^= sum >> 33 // FNV's low bits are alike for keys that end alike
	sum *= 0xff51afd7ed558ccd
	sum ^= sum >> 33
	return sum%uint64(s.N) == uint64(s.K-1)
}

// accountsOf names the accounts that a target logs in with; one at least. An embedded target has a server, and so
// accounts, of its own.
func accountsOf(t *node) []string {
	written := func(n *node) string {
		if n.is(text) || n.is(number) {
			return n.text
		}
		return ""
	}
	address := written(t.get("url"))
	if address == "embedded" {
		return []string{"target " + written(t.get("name"))}
	}
	host := strings.ToLower(address)
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host = strings.ToLower(u.Host)
	}
	var all []string
	add := func(parts ...string) {
		if parts[len(parts)-1] != "" {
			all = append(all, strings.Join(parts, "\n"))
		}
	}
	for _, key := range []string{"user", "other_user"} {
		add(host, written(t.get(key).get("login")))
	}
	for _, s := range Settings() {
		if s.API == "" {
			continue
		}
		own := t.get(s.Path)
		if s.Secret {
			add(host, written(own))
		}
		for _, p := range pairsOf(own) {
			if k := strings.ToLower(p.key.text); strings.Contains(k, "login") || strings.Contains(k, "name") {
				add(host, written(p.value))
			}
		}
	}
	add(written(t.get("keycloak").get("issuer")), written(t.get("keycloak").get("username")))
	if len(all) == 0 {
		all = []string{host}
	}
	return all
}

func pairsOf(n *node) []pair {
	if n == nil {
		return nil
	}
	return n.pairs
}

// Groups joins keys that somebody has in common, such as the accounts of targets. Each group is known by its least key,
// so that the order does not matter. The zero value has none.
type Groups struct{ of map[string]string }

// Find gives the least key of a key's group.
func (g *Groups) Find(key string) string {
	for g.of[key] != "" {
		key = g.of[key]
	}
	return key
}

// Join makes one group of the keys.
func (g *Groups) Join(keys ...string) {
	if g.of == nil {
		g.of = map[string]string{}
	}
	for _, key := range keys {
		if a, b := g.Find(keys[0]), g.Find(key); a != b {
			g.of[max(a, b)] = min(a, b)
		}
	}
}
