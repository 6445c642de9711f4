package sdm

import "strings"

// answer is what a login that succeeded tells, field by field, as text.
type answer struct {
	idleTimeout, serverInfo, sessionID, userGroup, userName, validUntil string

	password string // only where a fault repeats it
}

// part is one field of an answer as it is written: its name, and its content in the answer's syntax.
type part struct{ name, content string }

// answer describes the session.
func (s *Server) answer(opened *session) answer {
	a := answer{
		idleTimeout: "0",
		serverInfo:  s.config.ServerInfo,
		sessionID:   opened.id,
		userGroup:   opened.account.UserGroup,
		userName:    opened.account.UserName,
		validUntil:  "valid until logout",
	}
	switch {
	case s.with.Has("idle-timeout-1800"):
		a.idleTimeout = "1800"
	case s.with.Has("idle-timeout-negative"):
		a.idleTimeout = "-1"
	}
	switch {
	case s.with.Has("server-info-empty"):
		a.serverInfo = ""
	case s.with.Has("user-group-empty"):
		a.userGroup = ""
	case s.with.Has("valid-until-empty"):
		a.validUntil = ""
	case s.with.Has("valid-until-a-date"):
		a.validUntil = s.config.Now().Add(idleLimit).UTC().Format("2006-01-02T15:04:05Z")
	}
	switch {
	case s.with.Has("user-name-of-another"):
		a.userName = s.config.OtherUser.UserName
	case s.with.Has("user-name-is-group"):
		a.userName = a.userGroup
	case s.with.Has("user-name-empty"):
		a.userName = ""
	case s.with.Has("user-name-folded"):
		a.userName = strings.ToUpper(a.userName)
	}
	switch {
	case s.with.Has("session-id-is-not-cookie"):
		a.sessionID = s.newSessionID()
	case s.with.Has("session-id-without-route"):
		a.sessionID = strings.TrimSuffix(a.sessionID, ".tomcat1")
	case s.with.Has("session-id-in-lower-case"):
		a.sessionID = strings.ToLower(a.sessionID)
	}
	return a
}

// leftOut are the faults that leave one field out, and those that write its name another way.
var leftOut = map[form]map[string]struct{ absent, renamed, as string }{
	asXML: {
		"idleTimeout": {"xml-without-idle-timeout", "xml-idle-timeout-in-lower-case", "idletimeout"},
		"serverInfo":  {"xml-without-server-info", "xml-server-info-renamed", "server"},
		"sessionId":   {"xml-without-session-id", "xml-session-id-renamed", "sessionID"},
		"userGroup":   {"xml-without-user-group", "xml-user-group-renamed", "userGroups"},
		"userName":    {"xml-without-user-name", "xml-user-name-in-lower-case", "username"},
		"validUntil":  {"xml-without-valid-until", "xml-valid-until-with-hyphen", "valid-until"},
	},
	asJSON: {
		"idleTimeout": {"json-without-idle-timeout", "json-idle-timeout-in-snake-case", "idle_timeout"},
		"serverInfo":  {"json-without-server-info", "json-server-info-in-capitals", "ServerInfo"},
		"sessionId":   {"json-without-session-id", "json-session-id-in-snake-case", "session_id"},
		"userGroup":   {"json-without-user-group", "json-user-group-renamed", "group"},
		"userName":    {"json-without-user-name", "json-user-name-renamed", "user"},
		"validUntil":  {"json-without-valid-until", "json-valid-until-in-lower-case", "validuntil"},
	},
}

// arranged leaves out, renames and orders the fields of an answer.
func (s *Server) arranged(in form, parts []part) []part {
	var kept []part
	for _, p := range parts {
		wrong := leftOut[in][p.name]
		switch {
		case s.with.Has(wrong.absent):
			continue
		case s.with.Has(wrong.renamed):
			p.name = wrong.as
		}
		kept = append(kept, p)
	}
	if s.with.Has("fields-in-other-order") {
		for i, j := 0, len(kept)-1; i < j; i, j = i+1, j-1 {
			kept[i], kept[j] = kept[j], kept[i]
		}
	}
	return kept
}
