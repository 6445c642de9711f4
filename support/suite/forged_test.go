//go:build unit

package suite_test

import (
	"encoding/json"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	"session-conformance/suites/saymon"
	"session-conformance/support/target"
)

// forgeries are changes of evidence, and the sentence that refuses each.
var forgeries = map[string]struct {
	change func(h *har)
	says   string
}{
	"nothing asked, all passed": {func(h *har) {
		h.entries = []any{}
		h.log["_outcomes"] = []any{object{"scenario": "log in with the login", "verdict": "pass", "reason": "x"}}
	},
		`log._outcomes\[0\], pass of "log in with the login": a scenario leaves no such verdict`},
	"nothing asked, and no reason": {func(h *har) { h.entries = []any{}; h.log["_outcomes"] = []any{} },
		`log.entries: there are none, and nothing says why`},
	"another host": {func(h *har) { h.request(3)["url"] = "https://evil.test/node/api/users/session" },
		`entry 4, .*: its address is https://evil.test/node`},
	"a host that begins alike": {func(h *har) {
		h.request(3)["url"] = h.target["url"].(string) + ".evil.test/node/api/users/session"
	}, `entry 4, .*: its address is`},
	"a user in the address": {func(h *har) {
		h.request(3)["url"] = h.target["url"].(string) + "@evil.test/node/api/users/session"
	}, `entry 4, .*: its address is`},
	"climbs out of the path": {func(h *har) {
		h.request(3)["url"] = h.target["url"].(string) + "/node/api/../users/session"
	}, `entry 4, .*: its address is`},
	"a path that no step asks": {func(h *har) {
		h.request(3)["url"] = h.target["url"].(string) + "/node/api/users/sessions"
	}, `entry 4, .*: GET /node/api/users/sessions is no call of saymon`},
	"another method": {func(h *har) { h.request(0)["method"] = "PUT" },
		`entry 1, .*: PUT /node/api/users/session is no call of saymon`},
	"a method that is text": {func(h *har) { h.request(0)["method"] = "POST\r\nX: y" },
		`entry 1, .*POST\\r\\nX: y`},
	"an unknown scenario": {func(h *har) { h.entry(2)["_scenario"] = "log in by magic" },
		`entry 3, .* of "log in by magic": no scenario of saymon has that name`},
	"an unknown step": {func(h *har) { h.entry(2)["_step"] = "log in by magic" },
		`entry 3, "log in by magic" of .*: the scenario declares no such step`},
	"a try of no step": {func(h *har) { h.entry(2)["_tryOf"] = "log in by magic" },
		`entry 3, .*: it does not follow the step "log in by magic"`},
	"a try before what it tries": {func(h *har) {
		h.entry(2)["_step"], h.entry(2)["_tryOf"] = "who am I again, is 1 live", "who am I again"
	}, `entry 3, .*: the step "who am I again", whose answer it tries, does not stand before it`},
	"an outcome of no step": {func(h *har) { h.outcome("log out", "log in by magic", "inconclusive", "x") },
		`inconclusive of "log out": the scenario declares no such step`},
	"a step twice": {func(h *har) { h.entry(1)["_step"] = h.entry(0)["_step"] },
		`entry 2, .*: the step stands twice`},
	"numbers that jump": {func(h *har) { h.entry(4)["_number"] = 9 }, `log.entries\[4\]: _number is 9, not 5`},
	"two requests swapped": {func(h *har) {
		k := h.first("GET")
		h.entry(0)["request"], h.entry(k)["request"] = h.entry(k)["request"], h.entry(0)["request"]
	}, `entry 1, .*: it asks GET /node/api/users/current, and that step asks POST /node/api/users/session`},
	"two steps swapped": {func(h *har) {
		k := h.first("GET")
		for _, name := range []string{"_step", "_scenario"} {
			h.entry(0)[name], h.entry(k)[name] = h.entry(k)[name], h.entry(0)[name]
		}
	}, `entry 1, .*: it asks POST /node/api/users/session, and that step asks GET /node/api/users/current`},
	"an entry too few": {func(h *har) { h.entries = append(h.entries[:5:5], h.entries[6:]...) },
		`log.entries\[5\]: _number is 7, not 6`},
	"no control": {func(h *har) { h.without("log in with the login") },
		`entry 1, .*: a run begins with "log in with the login"`},
	"scenarios in another order": {func(h *har) {
		h.entries = append(h.entries[40:len(h.entries):len(h.entries)], h.entries[:40]...)
		h.number()
	}, `entry \d+, .*: it stands after`},
	"an entry earlier than the one before": {func(h *har) { h.entry(1)["startedDateTime"] = "2001-01-01T00:00:00Z" },
		`entry 2, .*: it was sent before the entry that it follows`},
	"sent in the future": {func(h *har) { h.entry(1)["startedDateTime"] = "2199-01-01T00:00:00Z" },
		`entry 2, .*: it was sent in the future: 2199`},
	"no time": {func(h *har) { h.entry(1)["startedDateTime"] = "yesterday" },
		`log.entries\[1\]: startedDateTime`},
	"a negative duration": {func(h *har) { h.entry(1)["time"] = -5 },
		`log.entries\[1\]: time: no request takes -5 ms`},
	"no status and no reason": {func(h *har) { h.response(1)["status"] = 0 },
		`log.entries\[1\]: response.status is 0, and _noAnswer does not say why`},
	"a status out of range": {func(h *har) { h.response(1)["status"] = 20000 },
		`log.entries\[1\]: response.status is 20000`},
	"a body in no base64": {func(h *har) {
		h.response(0)["content"] = object{"text": "$$$", "encoding": "base64"}
	}, `log.entries\[0\]: response.content: illegal base64`},
	"a body in another encoding": {func(h *har) {
		h.response(0)["content"] = object{"text": "x", "encoding": "rot13"}
	}, `log.entries\[0\]: response.content.encoding is "rot13"`},
	"a null entry": {func(h *har) { h.entries[0] = nil }, `log.entries\[0\]: startedDateTime`},
	"a null header": {func(h *har) { h.response(0)["headers"] = []any{nil} },
		`log.entries\[0\]: headers: one of them is null`},
	"a header without a name": {func(h *har) { h.response(0)["headers"] = []any{object{"value": "x"}} },
		`log.entries\[0\]: headers: one of them has no name`},
	"a header of two lines": {func(h *har) {
		h.response(0)["headers"] = []any{object{"name": "x", "value": "y\r\nSet-Cookie: sid=z"}}
	}, `log.entries\[0\]: response.headers: one of them holds the end of a line`},
	"a negative size": {func(h *har) { h.response(2)["content"].(object)["size"] = -5 },
		`log.entries\[2\]: a size is less than 0`},
	"sent before there were clocks": {func(h *har) { h.entry(0)["startedDateTime"] = "0001-01-01T00:00:00Z" },
		`entry 1, .*: it was sent before 1970`},
	"scenarios of another year": {func(h *har) {
		for i := range h.entries {
			if h.entry(i)["_scenario"] != "log in with the login" {
				h.entry(i)["startedDateTime"] = "1999-01-01T00:00:00Z"
			}
		}
	}, `entry 6, .*: it was sent 1999-01-01, and the first entry 20.*: no run takes so long`},
	"a user without the ID that was asked": {func(h *har) { delete(h.target["user"].(object), "id") },
		`entry \d+, .* it cannot have been asked, since the settings say: user.id is not set`},
	"an outcome twice": {func(h *har) {
		h.log["_outcomes"] = append(h.log["_outcomes"].([]any), h.log["_outcomes"].([]any)[0])
	}, `log._outcomes\[\d+\], .*: the scenario or step has another one`},
	"a status that is text": {func(h *har) { h.response(1)["status"] = "200" },
		`log.entries\[1\].response.status: string stands where a number within reach belongs`},
	"a setting of another kind": {func(h *har) { h.target["product"] = object{"name": 7} },
		`log._target.product.name: number stands where a text belongs`},
	"entries that are no list": {func(h *har) { h.log["entries"] = "none" }, `not a HAR file of ours`},
	"another HAR":              {func(h *har) { h.log["version"] = "1.1" }, `log.version is "1.1", not 1.2`},
	"another creator": {func(h *har) { h.log["creator"] = object{"name": "Chrome"} },
		`log.creator.name is not "session-conformance"`},
	"no creator": {func(h *har) { h.log["creator"] = nil },
		`log.creator.name is not "session-conformance"`},
	"a newer version": {func(h *har) { h.log["creator"].(object)["version"] = "v99.1.0" },
		`gathered by v99.1.0, which is newer than this one, v`},
	"no version": {func(h *har) { h.log["creator"].(object)["version"] = "latest" },
		`log.creator.version: "latest" is no version`},
	"another API": {func(h *har) { h.target["api"] = "soap" },
		`log._target.api: "soap" is not saymon`},
	"no user": {func(h *har) { h.target["user"] = nil }, "log._target: `user` is missing"},
	"a user without a login": {func(h *har) { h.target["user"] = object{"id": "x"} },
		"log._target: `user` has no login"},
	"a name with a path": {func(h *har) { h.target["name"] = "../../x" },
		`its target has the name "../../x"`},
	"an address that is none": {func(h *har) { h.target["url"] = "file:///etc" },
		"log._target: `url` must begin with"},
	"embedded, and asked": {func(h *har) { h.target["url"] = "embedded" }, `entry 1, .*: its address is`},
	"without what there is not": {func(h *har) { h.target["without"] = []any{"everything"} },
		"log._target: `without` holds \"everything\""},
	"no time to wait": {func(h *har) { h.target["timeout"] = 0 },
		"log._target: `timeout` and `concurrency` must be more than 0"},
	"more refused logins than entries": {func(h *har) { h.target["refused_logins"] = object{"user": 1000} },
		`log._target.refused_logins: 1000 of user`},
	"declared to be without, and asked": {func(h *har) { h.target["without"] = []any{"keycloak"} },
		`entry \d+, .* of "log in with Keycloak": it cannot have been asked`},
	"asked, and yet unsupported": {func(h *har) { h.outcome("log out", "", "unsupported", "x") },
		`log._outcomes\[\d+\], unsupported of "log out": entry \d+ was asked all the same`},
	"a step asked, and yet not": {func(h *har) {
		h.outcome("log out", h.stepOf("log out"), "not-applicable", "x")
	}, `not-applicable of "log out": entry \d+ was asked`},
	"a step asked, and yet open": {func(h *har) {
		h.outcome("log out", h.stepOf("log out"), "inconclusive", "x")
	}, `inconclusive of "log out": entry \d+ holds the step`},
	"an outcome of no scenario": {func(h *har) { h.outcome("log in by magic", "", "inconclusive", "x") },
		`log._outcomes\[\d+\], inconclusive of "log in by magic": no scenario`},
	"an outcome without a reason": {func(h *har) { h.outcome("log out", "", "inconclusive", "") },
		`log._outcomes\[\d+\], .*: it gives no reason`},
	"an outcome that is no verdict": {func(h *har) { h.outcome("log out", "", "waived", "x") },
		`log._outcomes\[\d+\], waived of "log out": a scenario leaves no such verdict`},
	"left out as unsupported": {func(h *har) {
		h.without("log out")
		h.outcome("log out", "", "unsupported", "x")
	}, `unsupported of "log out": the settings say nothing`},
	"left out as unconfigured": {func(h *har) {
		h.without("log in with the email")
		h.outcome("log in with the email", "", "unconfigured", "x")
	}, `unconfigured of "log in with the email": the settings say nothing`},
	"left out as not applicable": {func(h *har) {
		h.without("log out")
		h.outcome("log out", "", "not-applicable", "x")
	}, `not-applicable of "log out": the settings say nothing`},
	"absent, and yet really so": {func(h *har) { h.log["_outcomes"].([]any)[0].(object)["verdict"] = "unsupported" },
		`log._outcomes\[0\], unsupported of .*: by the settings it would be not-applicable`},
	"a step left out as unsupported": {func(h *har) {
		h.without("log out")
		h.outcome("log out", "log out", "unsupported", "x")
	}, `unsupported of "log out": the target declares to be without nothing`},
	"the clean-up has a verdict": {func(h *har) {
		h.outcome("end the sessions that are left open", "", "unsupported", "x")
	}, `the clean-up leaves none`},
}

func TestForgedEvidenceIsRefused(t *testing.T) {
	genuine := saymon.Suite().GatherEmbedded()
	NewWithT(t).Expect(saymon.Suite().ReadForeign(genuine)).To(Succeed())
	for name, forgery := range forgeries {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var file object
			g.Expect(json.Unmarshal(genuine, &file)).To(Succeed())
			h := &har{log: file["log"].(object)}
			h.target, h.entries = h.log["_target"].(object), h.log["entries"].([]any)
			h.log["entries"] = nil
			forgery.change(h)
			if h.log["entries"] == nil {
				h.log["entries"] = h.entries
			}
			forged, err := json.Marshal(file)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(saymon.Suite().ReadForeign(forged)).To(MatchError(MatchRegexp(forgery.says)))
		})
	}
}

// Evidence has one reading, whoever reads it: what a browser shows is what is judged.
func TestEvidenceWithTwoReadingsIsRefused(t *testing.T) {
	genuine := string(saymon.Suite().GatherEmbedded())
	for name, forgery := range map[string]struct{ from, to, says string }{
		"a status twice": {`"status": 200`, `"status": 500, "status": 200`,
			`log\.entries\[0\]\.response\.status, byte \d+: duplicate`},
		"the target twice, of another API first": {`"_target": {`, `"_target": {"api": "sdm"}, "_target": {`,
			`log\._target, byte \d+: duplicate`},
		"no UTF-8":            {`"log in with the login"`, "\"log in \xff\"", `byte \d+: invalid UTF-8`},
		"half a character":    {`"log in with the login"`, `"\ud800"`, `byte \d+: invalid surrogate pair`},
		"a status in capital": {`"status": 200`, `"Status": 200`, `log\.entries\[0\]: response.status is 0`},
		"no number":           {`"time": `, `"time": NaN, "x": `, `entries\[0\]\.time, byte \d+: invalid char`},
		"out of reach":        {`"time": `, `"time": 1e999, "x": `, `entries\[0\]\.time: 1e999 stands where a number`},
	} {
		t.Run(name, func(t *testing.T) {
			forged := strings.Replace(genuine, forgery.from, forgery.to, 1)
			NewWithT(t).Expect(saymon.Suite().ReadForeign([]byte(forged))).To(MatchError(MatchRegexp(forgery.says)))
		})
	}
	NewWithT(t).Expect(saymon.Suite().ReadForeign([]byte(genuine[:len(genuine)/2]))).To(MatchError(ContainSubstring(
		"it ends too early, so it was not copied whole")))
}

func TestEvidenceOfEachAPIIsTaken(t *testing.T) {
	for _, api := range target.APIs() {
		NewWithT(t).Expect(suites.Of(api).ReadForeign(suites.Of(api).GatherEmbedded())).To(Succeed(), api)
	}
}
