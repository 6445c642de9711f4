//go:build unit

package formats

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

const goodHAR = `{"log": {"version": "1.2", "creator": {"name": "n", "version": "1"}, "entries": [{"startedDateTime": "2026-11-22T10:00:00.5Z", "time": 1,
 "request": {"method": "GET", "url": "http://h/", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [{"name": "a", "value": "b"}], "queryString": [], "headersSize": -1, "bodySize": 0},
 "response": {"status": 200, "statusText": "", "httpVersion": "", "cookies": [{"name": "a", "value": "b"}], "headers": [], "content": {"size": 0, "mimeType": ""}, "redirectURL": "", "headersSize": -1, "bodySize": -1},
 "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0}, "_ours": 1}]}}`

func TestHARRefusesWhatIsNone(t *testing.T) {
	g := NewWithT(t)
	g.Expect(HAR([]byte(goodHAR))).To(Succeed())
	for _, change := range [][2]string{
		{`"version": "1.2", `, ``}, {`"time": 1`, `"time": "1"`}, {`2026-11-22T10:00:00.5Z`, `22 November`},
		{`"url": "http://h/"`, `"url": "h"`},
		{`"redirectURL": "", `, ``}, {`"value": "b"}], "queryString"`, `"value": null}], "queryString"`},
		{`"mimeType": ""`, `"mimeType": 1`}, {`"receive": 0`, `"received": 0`},
		{`"cookies": [{"name": "a", `, `"cookies": [{`}, {`"queryString": []`, `"queryString": [{"name": "a"}]`},
		{`"creator": {"name": "n", `, `"creator": {`}, {`{"log"`, `{"lock"`}, {`]}}`, `]}`},
		{`"cache": {}`, `"cache": null`}, {`{"send": 0, "wait": 1, "receive": 0}`, `null`},
	} {
		broken := strings.Replace(goodHAR, change[0], change[1], 1)
		g.Expect(broken).NotTo(Equal(goodHAR), change[0])
		g.Expect(HAR([]byte(broken))).NotTo(Succeed(), change[1])
	}
}

const goodJUnit = `<?xml version="1.0"?><testsuites name="n" time="1.5" tests="1"><testsuite name="s" tests="1" failures="0" errors="0" skipped="0" time="12.345">` +
	`<properties><property name="a" value="b"/></properties><testcase name="c" classname="d" time="0.001"><failure message="m" type="t">text</failure>` +
	`<system-out>out</system-out></testcase><testcase name="e"><skipped message="m"/></testcase></testsuite></testsuites>`

// brokenJUnit says what is wrong with a change of goodJUnit. The schema itself is asked for the same in
// readers_test.go.
var brokenJUnit = []struct{ from, to, says string }{
	{`<testsuites name="n"`, `<testsuites name="n" skipped="0"`, "testsuites has the attribute skipped"},
	{`<testsuites name="n"`, `<testsuites name="n" disabled="0"`, "testsuites has the attribute disabled"},
	{`<testcase name="c"`, `<testcase name="c" status="run"`, "testcase has the attribute status"},
	{`<testcase name="c" `, `<testcase `, "testcase lacks the attribute name"},
	{`errors="0" `, ``, "testsuite lacks the attribute errors"},
	{`time="12.345"`, `time="12.3456"`, `time="12.3456", which is malformed`},
	{`time="12.345"`, `time="1s"`, `time="1s", which is malformed`},
	{`<system-out>out</system-out>`, `<properties/>`, "properties may not stand in testcase"},
	{`<testcase name="e">`, `<testcase name="e">text`, `text stands in "testcase"`},
	{`<system-out>out`, `<system-out><b/>`, "b is not known"},
	{`<system-out>out`, `<system-out><failure/>`, "failure may not stand in system-out"},
	{`<failure message="m" type="t">`, `<failure message="m" kind="t">`, "failure has the attribute kind"},
	{` value="b"`, ``, "property lacks the attribute value"},
	{`<skipped message="m"/>`, `<rerunFailure type="t"/>`, "rerunFailure is not known"},
	{`<skipped message="m"/>`, `<skipped message="&#0;"/>`, "no XML"},
	{`</testsuites>`, ``, "no XML"},
}

func TestJUnitRefusesWhatIsNone(t *testing.T) {
	g := NewWithT(t)
	g.Expect(JUnit([]byte(goodJUnit))).To(Succeed())
	for _, b := range brokenJUnit {
		broken := strings.Replace(goodJUnit, b.from, b.to, 1)
		g.Expect(broken).NotTo(Equal(goodJUnit), b.from)
		g.Expect(JUnit([]byte(broken))).To(MatchError(ContainSubstring(b.says)))
	}
	for _, none := range []string{"", "<a", "no markup", "<?xml version=\"1.0\"?>", goodJUnit + "<testsuites/>"} {
		g.Expect(JUnit([]byte(none))).NotTo(Succeed(), none)
	}
}
