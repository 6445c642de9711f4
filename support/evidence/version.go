package evidence

// version is the suite's, as CHANGELOG.md tells it.
const version = "v0.1.0"

// Version is the suite's version, for reports and evidence.
func Version() string { return version }
