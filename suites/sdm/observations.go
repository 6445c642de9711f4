package sdm

import (
	"fmt"
	"strings"

	. "session-conformance/support/evidence"
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
				_, attributes, _ := strings.Cut(c.Line, ";")
				list = append(list, strings.TrimSpace(c.Name+"; "+strings.TrimSpace(attributes)))
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
					return yesNo(!after.Succeeded())
				}
			}
		}
		return ""
	}),
	sdm.Observe("the sessionId as the whole Cookie header is accepted", func(l *suite.Look) string {
		if live, bare := l.Of(LogOut, liveStep), l.Of(LogOut, bareStep); live.Succeeded() && bare != nil {
			return yesNo(bare.Succeeded())
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
				return or(e.Header("WWW-Authenticate"), "none")
			}
		}
		return ""
	}),
	sdm.Observe("logout status", func(l *suite.Look) string { return l.Status(LogOut, logoutStep) }),
	sdm.Observe("declared absent: xml", func(l *suite.Look) string { return absent(l, WithoutXML, 406, 415) }),
	sdm.Observe("declared absent: json", func(l *suite.Look) string { return absent(l, WithoutJSON, 406, 415) }),
	sdm.Observe("declared absent: probe", func(l *suite.Look) string { return absent(l, WithoutProbe) }),
	sdm.Observe("declared absent: logout", func(l *suite.Look) string { return absent(l, WithoutLogout) }),
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
			return or(strings.TrimSpace(f.text), "empty")
		}
		return ""
	})
}

func mediaType(e *exchange.Exchange) string {
	if e == nil {
		return ""
	}
	return or(e.Header("Content-Type"), "none")
}

// absent says whether a feature that the target declares to lack really is not there. also are further statuses that say so.
func absent(l *suite.Look, s *Scenario, also ...int) string {
	e := l.Of(s, "try")
	if e == nil {
		return ""
	}
	for _, status := range append([]int{404, 405, 501}, also...) {
		if e.Status() == status {
			return "really absent: " + e.StatusLine()
		}
	}
	return fmt.Sprintf("answered %s to invented credentials, so it may be there", e.StatusLine())
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}
