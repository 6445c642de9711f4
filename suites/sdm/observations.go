package sdm

import (
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/suite"
)

var _ = []bool{
	sdm.Observe("login status", func(l *suite.Look) string { return ofLogin(l, (*exchange.Exchange).StatusLine) }),
	sdm.Observe("media type in XML", func(l *suite.Look) string { return mediaType(l.Of(inXML.Login)) }),
	sdm.Observe("media type in JSON", func(l *suite.Look) string { return mediaType(l.Of(inJSON.Login)) }),
	sdm.Observe("cookies of the login", func(l *suite.Look) string {
		return ofLogin(l, func(e *exchange.Exchange) string {
			var list []string
			for _, c := range e.Cookies() {
				list = append(list, c.Name+": "+suite.Attributes(c))
			}
			return strings.Join(list, " | ")
		})
	}),
	sdm.Observe("idleTimeout", func(l *suite.Look) string { return value(l, "idleTimeout") }),
	sdm.Observe("serverInfo", func(l *suite.Look) string { return value(l, "serverInfo") }),
	sdm.Observe("validUntil", func(l *suite.Look) string { return value(l, "validUntil") }),
	sdm.Observe("a second login ends the first session", func(l *suite.Look) string {
		for _, f := range forms {
			// The first form whose session lives.
			if again := l.Of(f.again); again.Succeeded() {
				if after := l.Of(earlierSession); after != nil {
					return suite.YesNo(!after.Succeeded())
				}
			}
		}
		return ""
	}),
	sdm.Observe("the sessionId as the whole Cookie header is accepted", func(l *suite.Look) string {
		if live, bare := l.Of(lastUse), l.Of(bareID); live.Succeeded() && bare != nil {
			return suite.YesNo(bare.Succeeded())
		}
		return ""
	}),
	sdm.Observe("status of the probe with a session", func(l *suite.Look) string {
		for _, f := range forms {
			if e := l.Of(f.Use); e != nil {
				return e.StatusLine()
			}
		}
		return ""
	}),
	sdm.Observe("status without a session", func(l *suite.Look) string { return l.Status(withoutSession) }),
	sdm.Observe("status without a password",
		func(l *suite.Look) string { return l.Status(refusalsOf("sdm-password-missing")[0].Step) }),
	sdm.Observe("status with an empty password",
		func(l *suite.Look) string { return l.Status(refusalsOf("sdm-password-empty")[0].Step) }),
	sdm.Observe("status with an external entity", func(l *suite.Look) string { return l.Status(externalEntity.login) }),
	sdm.Observe("media type of a refusal in XML", func(l *suite.Look) string { return mediaType(l.Of(wrongIn(inXML))) }),
	sdm.Observe("media type of a refusal in JSON", func(l *suite.Look) string { return mediaType(l.Of(wrongIn(inJSON))) }),
	sdm.Observe("challenge of a 401", func(l *suite.Look) string {
		for _, f := range forms {
			if e := l.Of(wrongIn(f)); e != nil && e.Status() == 401 {
				return suite.TextOr(e.Header("WWW-Authenticate"), "none")
			}
		}
		return ""
	}),
	sdm.Observe("logout status", func(l *suite.Look) string { return l.Status(loggedOut) }),
	sdm.Observe("declared absent: xml", func(l *suite.Look) string { return l.Absent(triedXML, 406, 415) }),
	sdm.Observe("declared absent: json", func(l *suite.Look) string { return l.Absent(triedJSON, 406, 415) }),
	sdm.Observe("declared absent: probe", func(l *suite.Look) string { return l.Absent(triedProbe) }),
	sdm.Observe("declared absent: logout", func(l *suite.Look) string { return l.Absent(triedLogout) }),
}

// ofLogin looks at the first login that succeeded.
func ofLogin(l *suite.Look, look func(*exchange.Exchange) string) string {
	for _, f := range forms {
		if e := l.Of(f.Login); e.Succeeded() {
			return look(e)
		}
	}
	return ""
}

// value is a field's in the first login that succeeded.
func value(l *suite.Look, name string) string {
	return ofLogin(l, func(e *exchange.Exchange) string {
		fields, _ := answerOf(e)
		if f, there := fields[name]; there {
			return suite.TextOr(strings.TrimSpace(f.text), "empty")
		}
		return ""
	})
}

func mediaType(e *exchange.Exchange) string {
	if e == nil {
		return ""
	}
	return suite.TextOr(e.Header("Content-Type"), "none")
}

// wrongIn is the login with a clearly wrong password in a form.
func wrongIn(f *form) *evidence.Step {
	for _, r := range refusalsOf("sdm-wrong-password") {
		if r.form == f {
			return r.Step
		}
	}
	return nil
}
