package evidence

// version is the suite's, as CHANGELOG.md tells it; make dist sets it to the tag, and commit to what was built.
var version, commit = "v0.1.0", ""

// Version is the suite's version, for reports and evidence.
func Version() string { return version }

// Commit is the commit that the program was built from; empty where Go's build information has to tell.
func Commit() string { return commit }
