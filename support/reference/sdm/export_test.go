//go:build unit

package sdm

// What the tests, which stand outside because gomega has a Default of its own, need of the inside.
var Escaped = escaped

const (
	BodyLimit      = bodyLimit
	ExpansionLimit = expansionLimit
)
