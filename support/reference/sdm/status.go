package sdm

// wrongStatuses are the faults that answer a refusal with another status (one is a variant).
// Some speak of one form only; an empty one is both.
var wrongStatuses = []struct {
	fault  string
	of     reason
	sent   form
	status int
}{
	{"wrong-password-200", wrongPassword, "", 200},
	{"wrong-password-302", wrongPassword, "", 302},
	{"wrong-password-400", wrongPassword, "", 400},
	{"wrong-password-403", wrongPassword, "", 403},
	{"wrong-password-500", wrongPassword, "", 500},
	{"xml-wrong-password-400", wrongPassword, asXML, 400},
	{"json-wrong-password-400", wrongPassword, asJSON, 400},
	{"unknown-user-200", unknownUser, "", 200},
	{"unknown-user-403", unknownUser, "", 403},
	{"unknown-user-404", unknownUser, "", 404},
	{"unknown-user-500", unknownUser, "", 500},
	{"malformed-200", bodyMalformed, "", 200},
	{"xml-malformed-401", bodyMalformed, asXML, 401},
	{"xml-malformed-500", bodyMalformed, asXML, 500},
	{"json-malformed-401", bodyMalformed, asJSON, 401},
	{"json-malformed-422", bodyMalformed, asJSON, 422},
	{"json-malformed-500", bodyMalformed, asJSON, 500},
	{"empty-body-200", bodyEmpty, "", 200},
	{"empty-body-401", bodyEmpty, "", 401},
	{"xml-empty-body-500", bodyEmpty, asXML, 500},
	{"json-empty-body-500", bodyEmpty, asJSON, 500},
	{"xml-wrong-root-401", wrongRoot, asXML, 401},
	{"xml-wrong-root-500", wrongRoot, asXML, 500},
	{"json-wrong-root-401", wrongRoot, asJSON, 401},
	{"json-wrong-root-500", wrongRoot, asJSON, 500},
	{"user-name-missing-200", userNameMissing, "", 200},
	{"user-name-missing-404", userNameMissing, "", 404},
	{"user-name-missing-500", userNameMissing, "", 500},
	{"password-missing-200", passwordMissing, "", 200},
	{"password-missing-403", passwordMissing, "", 403},
	{"password-missing-500", passwordMissing, "", 500},
	{"password-empty-200", passwordEmpty, "", 200},
	{"password-empty-403", passwordEmpty, "", 403},
	{"password-empty-500", passwordEmpty, "", 500},
	{"missing-field-401", userNameMissing, "", 401},
	{"missing-field-401", passwordMissing, "", 401},
	{"user-name-missing-401", userNameMissing, "", 401},
	{"password-missing-401", passwordMissing, "", 401},
	{"unknown-version-200", unknownVersion, "", 200},
	{"unknown-version-400", unknownVersion, "", 400},
	{"unknown-version-401", unknownVersion, "", 401},
	{"unknown-version-500", unknownVersion, "", 500},
	{"version-suffix-400", versionAlmost, "", 400},
	{"version-suffix-401", versionAlmost, "", 401},
	{"version-suffix-500", versionAlmost, "", 500},
	{"external-entity-500", externalEntity, "", 500},
	{"entity-bomb-500", entityBomb, "", 500},
	{"no-session-200", noSession, "", 200},
	{"no-session-204", noSession, "", 204},
	{"no-session-302", noSession, "", 302},
	{"no-session-403", noSession, "", 403},
	{"session-answers-403", noSession, "", 403},
	{"no-session-500", noSession, "", 500},
	{"invented-session-200", invented, "", 200},
	{"invented-session-400", invented, "", 400},
	{"invented-session-500", invented, "", 500},
	{"logout-without-session-204", nothingToEnd, "", 204},
	{"logout-without-session-403", nothingToEnd, "", 403},
	{"logout-without-session-500", nothingToEnd, "", 500},
	// a variant: an empty password is as good as none
	{"password-empty-is-missing", passwordEmpty, "", 400},
}

// refusalStatus is the status that the refusal is answered with.
func (s *Server) refusalStatus(why refusal) int {
	for _, wrong := range wrongStatuses {
		if why.reason == wrong.of && (wrong.sent == "" || wrong.sent == why.sent) && s.with.Has(wrong.fault) {
			return wrong.status
		}
	}
	return refusals[why.reason].status
}
