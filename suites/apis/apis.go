// Package apis lists what targets.yaml may say of each API. Whoever reads targets.yaml links it; a suite links its own
// specs and reference server only.
package apis

import (
	saymon "session-conformance/suites/saymon/settings"
	sdm "session-conformance/suites/sdm/settings"
	sessions "session-conformance/suites/sessions/settings"
	"session-conformance/support/target"
)

// All are the APIs, in the order of reports.
var All = target.Declare(saymon.API, sdm.API, sessions.API)
