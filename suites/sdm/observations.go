package sdm

import (
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/suite"
)

var _ = []bool{
	sdm.Observe("login status", func(l *suite.Look) string { return ofLogin(l, (*exchange.Exchange).StatusLine) }),
	sdm.Observe("media type in XML", func(l *suite.Look) string { return mediaType(l.Of(LogIn, loginStep(inXML))) }),
	sdm.Observe("media type in JSON", func(l *suite.Look) string { return mediaType(l.Of(LogIn, loginStep(inJSON))) }),
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
			if again := l.Of(LogIn, againStep(f)); again.Succeeded() {
				if after := l.Of(LogIn, earlierStep); after != nil {
					return suite.YesNo(!after.Succeeded())
				}
			}
		}
		return ""
	}),
	sdm.Observe("the sessionId as the whole Cookie header is accepted", func(l *suite.Look) string {
		if live, bare := l.Of(LogOut, liveStep), l.Of(LogOut, bareStep); live.Succeeded() && bare != nil {
			return suite.YesNo(bare.Succeeded())
		}
		return ""
	}),
	sdm.Observe("status of the probe with a session", func(l *suite.Look) string {
		for _, f := range forms {
			if e := l.Of(LogIn, useStep(f)); e != nil {
				return e.StatusLine()
			}
		}
		return ""
	}),
	sdm.Observe("status without a session", func(l *suite.Look) string { return l.Status(Sessionless, withoutStep) }),
	sdm.Observe("status without a password", func(l *suite.Look) string { return l.Status(PasswordMissing, missingStep) }),
	sdm.Observe("status with an empty password", func(l *suite.Look) string { return l.Status(PasswordMissing, emptyStep) }),
	sdm.Observe("status with an external entity", func(l *suite.Look) string { return l.Status(Entities, externalEntity) }),
	sdm.Observe("media type of a refusal in XML", func(l *suite.Look) string { return mediaType(l.Of(WrongPasswords, wrongStep(inXML))) }),
	sdm.Observe("media type of a refusal in JSON", func(l *suite.Look) string { return mediaType(l.Of(WrongPasswords, wrongStep(inJSON))) }),
	sdm.Observe("challenge of a 401", func(l *suite.Look) string {
		for _, f := range forms {
			if e := l.Of(WrongPasswords, wrongStep(f)); e != nil && e.Status() == 401 {
				return suite.TextOr(e.Header("WWW-Authenticate"), "none")
			}
		}
		return ""
	}),
	sdm.Observe("logout status", func(l *suite.Look) string { return l.Status(LogOut, logoutStep) }),
	sdm.Observe("declared absent: xml", func(l *suite.Look) string { return l.Absent(WithoutXML, 406, 415) }),
	sdm.Observe("declared absent: json", func(l *suite.Look) string { return l.Absent(WithoutJSON, 406, 415) }),
	sdm.Observe("declared absent: probe", func(l *suite.Look) string { return l.Absent(WithoutProbe) }),
	sdm.Observe("declared absent: logout", func(l *suite.Look) string { return l.Absent(WithoutLogout) }),
}

// ofLogin looks at the first login that succeeded.
func ofLogin(l *suite.Look, look func(*exchange.Exchange) string) string {
	for _, f := range forms {
		if e := l.Of(LogIn, loginStep(f)); e.Succeeded() {
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
