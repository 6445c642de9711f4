package sdm

import (
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/suite"
)

var _ = []bool{
	sdm.Observe("login status", func(l *suite.Look) string { return ofLogin(l, (*exchange.Exchange).StatusLine) }),
	sdm.ObserveAnswer("media type in XML", inXML.Login, suite.ContentType),
	sdm.ObserveAnswer("media type in JSON", inJSON.Login, suite.ContentType),
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
	sdm.ObserveStatus("status without a session", withoutSession),
	sdm.ObserveStatus("status without a password", refusalsOf("sdm-password-missing")[0].Step),
	sdm.ObserveStatus("status with an empty password", refusalsOf("sdm-password-empty")[0].Step),
	sdm.ObserveStatus("status with an external entity", externalEntity.login),
	sdm.ObserveAnswer("media type of a refusal in XML", wrongIn(inXML), suite.ContentType),
	sdm.ObserveAnswer("media type of a refusal in JSON", wrongIn(inJSON), suite.ContentType),
	sdm.Observe("challenge of a 401", func(l *suite.Look) string {
		for _, f := range forms {
			if e := l.Of(wrongIn(f)); e != nil && e.Status() == 401 {
				return suite.TextOr(e.Header("WWW-Authenticate"), "none")
			}
		}
		return ""
	}),
	sdm.ObserveStatus("logout status", loggedOut),
	sdm.ObserveAbsent("xml", triedXML, 406, 415),
	sdm.ObserveAbsent("json", triedJSON, 406, 415),
	sdm.ObserveAbsent("probe", triedProbe),
	sdm.ObserveAbsent("logout", triedLogout),
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

// wrongIn is the login with a clearly wrong password in a form.
func wrongIn(f *form) *evidence.Step {
	for _, r := range refusalsOf("sdm-wrong-password") {
		if r.form == f {
			return r.Step
		}
	}
	return nil
}
