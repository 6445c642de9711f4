//go:build unit

package lang

// Read and Amiss are for the tests of the suites' catalogues.
var Read, Amiss = read, amiss
