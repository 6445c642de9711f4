//go:build unit

package lang

// Amiss is for the test of the clauses.
func Amiss(english, russian string) string { return amiss(entry{En: english, Ru: russian}) }
