// Package kubernetes holds manifests that judge a fleet in parts. It is a module of its own, for the test's sake: it
// decodes them by Kubernetes' own types, where a misspelt field is an error.
package kubernetes
