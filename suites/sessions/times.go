package sessions

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the names of all zones, whatever the machine has

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

const (
	earliest = 1e11 // milliseconds since the epoch in 1973; 5138 in seconds
	tooLate  = 1e14 // milliseconds since the epoch in 5138; 1973 in microseconds
	// clockOff is how far ahead of the answer's own clock a time may be: it may be another server's.
	clockOff = 24 * time.Hour
)

// zoneAndTimes declares what the fields of an answer mean.
func zoneAndTimes(ev *suite.Evidence, a answer) {
	timed := func() *exchange.Exchange {
		e := a.of(ev)
		ev.Requires(a.by("sessions-info-object", "sessions-details-object"), e)
		ev.Requires(a.by("sessions-info-last-successful-login", "sessions-details-last-successful-login"), e)
		ev.Requires(a.by("sessions-info-last-failed-login", "sessions-details-last-failed-login"), e)
		if len(times(e)) == 0 {
			suite.Skip(report.NotApplicable, "neither field shows a time other than 0")
		}
		return e
	}
	It("counts its times in milliseconds", clause("sessions-timestamps-milliseconds", a.scenarios...), func() {
		Expect(timed()).To(countMilliseconds())
	})
	It("shows no time in the future", clause("sessions-timestamps-not-future", a.scenarios...), func() {
		e := timed()
		ev.Requires("sessions-timestamps-milliseconds", e)
		limit := clockOf(e).Add(clockOff)
		Expect(e).To(Meet("times up to "+limit.UTC().Format(time.RFC3339),
			func(e *exchange.Exchange) bool { return latestOf(e) <= float64(limit.UnixMilli()) },
			func(e *exchange.Exchange) string {
				return time.UnixMilli(int64(latestOf(e))).UTC().Format(time.RFC3339) + " in " + Shown(e)
			}))
	})
	It("names its zone as IANA does or by an offset", clause("sessions-info-ui-time-zone-form", a.scenarios...), func() {
		e := a.of(ev)
		ev.Requires(a.by("sessions-info-object", "sessions-details-object"), e)
		ev.Requires(a.by("sessions-info-ui-time-zone", "sessions-details-ui-time-zone"), e)
		Expect(e).To(HaveMember(zoneField, "the IANA name of a zone, or an offset such as GMT+02:00",
			func(v gjson.Result) bool {
				return isZone(v.String())
			}))
	})
}

// times are the times other than 0 that an answer shows.
func times(e *exchange.Exchange) []float64 {
	var found []float64
	for _, field := range []string{goodField, failedField} {
		if at := Member(e, field); at.Type == gjson.Number && at.Float() != 0 {
			found = append(found, at.Float())
		}
	}
	return found
}

func latestOf(e *exchange.Exchange) float64 { return slices.Max(times(e)) }

func countMilliseconds() types.GomegaMatcher {
	expected := fmt.Sprintf("times from %.0f to %.0f, in milliseconds since the epoch", float64(earliest),
		float64(tooLate-1))
	return InShell("milliseconds "+goodField+" "+failedField, Meet(expected, func(e *exchange.Exchange) bool {
		return !slices.ContainsFunc(times(e), func(at float64) bool { return at < earliest || at >= tooLate })
	}, Shown))
}

// isTime says that a value is a whole number that is not negative.
func isTime(v gjson.Result) bool {
	return v.Type == gjson.Number && v.Float() >= 0 && v.Float() == math.Trunc(v.Float())
}

// isNever says that a value is none, null or 0, which stand for a login that never was.
func isNever(v gjson.Result) bool {
	return v.Type == gjson.Null || v.Type == gjson.Number && v.Float() == 0
}

func haveGoodLogin() types.GomegaMatcher {
	return InShell("member "+goodField+" above-0", HaveMember(goodField, "a whole number above 0",
		func(v gjson.Result) bool { return isTime(v) && !isNever(v) }))
}

func haveFailedLogin() types.GomegaMatcher {
	return InShell("member "+failedField+" whole-or-null",
		HaveMember(failedField, "a whole number that is not negative, or null",
			func(v gjson.Result) bool { return isTime(v) || isNever(v) }))
}

// haveNoOther is met by an answer whose field is a time, or says that the login never was, by null or by its absence.
func haveNoOther(field string) types.GomegaMatcher {
	return Meet(field+" with a time, with null, or not at all", func(e *exchange.Exchange) bool {
		return isTime(Member(e, field)) || isNever(Member(e, field))
	}, Shown)
}

// offset is a distance from Greenwich, or none.
var offset = regexp.MustCompile(`^(Z|GMT|UTC|UT|(GMT|UTC|UT)?[+-]\d{1,2}(:?[0-5]\d){0,2})$`)

func isZone(name string) bool {
	if offset.MatchString(name) {
		return true
	}
	_, err := time.LoadLocation(name)
	return err == nil && !strings.EqualFold(name, "Local") && name != ""
}
