package sdm

import (
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
)

// When clauses hold for the specs that build on them. Specs judge by the same matchers, and where they build on a
// clause they name it.
var (
	_ = sdm.Holds("sdm-login-xml", openSession(), inXML.Login)
	_ = sdm.Holds("sdm-login-json", openSession(), inJSON.Login)
	_ = sdm.Holds("sdm-session-cookie", setCookie())
	_ = sdm.Holds("sdm-session-authenticates", BeSuccess())
	_ = sdm.Holds("sdm-session-lasts", BeSuccess())
	_ = sdm.Holds("sdm-session-needed", BeRefused(), withoutSession)
	_ = sdm.Holds("sdm-session-invented", BeRefused())
	_ = sdm.Holds("sdm-logout", HaveStatus(200, 204), loggedOut)

	_ = sdm.Holds("sdm-xml-media-type", HaveMediaType(mediaTypes[inXML]...))
	_ = sdm.Holds("sdm-json-media-type", HaveMediaType(mediaTypes[inJSON]...))
	_ = sdm.Holds("sdm-xml-encoding", DecodeAsXML())
	_ = sdm.Holds("sdm-xml-well-formed", BeWellFormedXML())
	_ = sdm.Holds("sdm-xml-root", haveRoot())
	_ = sdm.Holds("sdm-json-object", beObject())
	_ = sdm.Holds("sdm-field-idle-timeout", there("idleTimeout"))
	_ = sdm.Holds("sdm-field-server-info", there("serverInfo"))
	_ = sdm.Holds("sdm-field-session-id", there("sessionId"))
	_ = sdm.Holds("sdm-field-user-group", there("userGroup"))
	_ = sdm.Holds("sdm-field-user-name", there("userName"))
	_ = sdm.Holds("sdm-field-valid-until", there("validUntil"))
	_ = sdm.Holds("sdm-idle-timeout-number", number())
	_ = sdm.Holds("sdm-user-name-is-user", Meet("the userName of who logged in", func(e *exchange.Exchange) bool {
		fields, _ := answerOf(e)
		return !fields["userName"].isText || e.Notes[userNote] != ""
	}, Shown))
	_ = sdm.Holds("sdm-session-id-not-empty", notEmpty("sessionId"))

	// Refused by whichever status.
	_ = sdm.Holds("sdm-wrong-password", BeRefused())
	_ = sdm.Holds("sdm-unknown-user", BeRefused())
	_ = sdm.Holds("sdm-user-name-missing", HaveStatus(400, 401))
	_ = sdm.Holds("sdm-password-missing", HaveStatus(400, 401))
	_ = sdm.Holds("sdm-credentials-missing", HaveStatus(400, 401))
	_ = sdm.Holds("sdm-body-empty", HaveStatus(400, 401))
	_ = sdm.Holds("sdm-body-wrong-root", HaveStatus(400, 401))
)
