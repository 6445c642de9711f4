//go:build unit

package target_test

import _ "session-conformance/suites/apis" // which the tests of this package read targets of
