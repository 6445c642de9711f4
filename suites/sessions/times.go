package sessions

import (
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the names of all zones, whatever the machine has

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// haveNow is met by the answer whose field is a time within about five minutes of the answer's own clock.
func haveNow(login *exchange.Exchange, field string, within time.Duration, of string) types.GomegaMatcher {
	now := clockOf(login)
	return InShell(fmt.Sprintf("near-date %s %d", field, int(within.Seconds())+1),
		HaveMember(field, "within five minutes of "+of+", "+now.Format(time.RFC3339), func(v gjson.Result) bool {
			return now.Sub(time.UnixMilli(int64(v.Float()))).Abs() <= within
		}))
}

// skipWholeMinutes ends the spec where a time is shown in whole minutes in both answers: a run does not wait for the
// next one.
func skipWholeMinutes(field string, answers ...*exchange.Exchange) {
	for _, e := range answers {
		if at := Member(e, field).Int(); at == 0 || at%60000 != 0 {
			return
		}
	}
	suite.Skip(report.NotApplicable, field+" counts whole minutes, and the logins lie closer together")
}

// clockOf is the time of an answer by its own Date, else by the clock of who asked.
func clockOf(e *exchange.Exchange) time.Time {
	if at, err := http.ParseTime(e.Header("Date")); err == nil {
		return at
	}
	return e.Started.UTC()
}

// haveTimesOf is met by an answer with the times of another one. Null and 0 both say never.
func haveTimesOf(other *exchange.Exchange, fields ...string) types.GomegaMatcher {
	var expected []string
	for _, field := range fields {
		expected = append(expected, field+": "+suite.TextOr(Member(other, field).Raw, "none"))
	}
	return InShell(fmt.Sprintf("times-of @%d %s", other.Number, strings.Join(fields, " ")),
		Meet("the times of the other answer, "+strings.Join(expected, ", "), func(e *exchange.Exchange) bool {
			for _, field := range fields {
				if Member(e, field).Float() != Member(other, field).Float() {
					return false
				}
			}
			return true
		}, Shown))
}

// haveLater is met by an answer whose field is later than that of an earlier answer, where null is earlier than all.
func haveLater(field string, earlier *exchange.Exchange) types.GomegaMatcher {
	before := Member(earlier, field)
	return InShell(fmt.Sprintf("later-than @%d %s", earlier.Number, field),
		HaveMember(field, "later than "+suite.TextOr(before.Raw, "none")+" of the earlier login",
			func(v gjson.Result) bool { return v.Type == gjson.Number && v.Float() > before.Float() }))
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
var offset = regexp.MustCompile(`^(Z|GMT|UTC|UT|(GMT|UTC|UT)?[+-](0?\d|1[0-8])(:?[0-5]\d){0,2})$`)

func isZone(name string) bool {
	if offset.MatchString(name) {
		return true
	}
	_, err := time.LoadLocation(name)
	return err == nil && !strings.EqualFold(name, "Local") && name != ""
}
