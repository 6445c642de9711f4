package report

import (
	"cmp"
	"slices"
)

// tiers are those of clauses, the weightiest first.
var tiers = []string{"stated", "shown", "extra"}

// sortBy sorts by a number, the smallest first, and else keeps the order.
func sortBy[T any](list []T, number func(T) int) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(number(a), number(b)) })
}

// foremost moves what meets the check to the front, and else keeps the order.
func foremost[T any](list []T, check func(T) bool) {
	sortBy(list, func(one T) int {
		if check(one) {
			return 0
		}
		return 1
	})
}

// grouped are the items of each key, in the order in which the keys first come.
func grouped[T any, K comparable](list []T, key func(T) K) (groups [][]T) {
	at := map[K]int{}
	for _, one := range list {
		i, known := at[key(one)]
		if !known {
			i = len(groups)
			at[key(one)] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], one)
	}
	return groups
}

func clauseOf(r *Result) string { return r.Clause }
func callOf(r *Result) string   { return r.Call }
