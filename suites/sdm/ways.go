package sdm

import (
	"encoding/xml"
	"fmt"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// form is one of the two ways to write a login, and its answer.
type form struct {
	session.Way
	feature   string // what a target names under without if it does not offer it
	mediaType string
	// cutOff is what a body has to lose at its end to be malformed.
	cutOff string
	// Steps of LogIn: the way's login and first use, and a second use of its session.
	again *Step
	// The step of LogInMixed.
	mixed *Step
	// Steps of UseAgain.
	last struct {
		login   *Step
		uses    []*Step // the last one after the session lay idle
		without *Step   // a call without the cookie, before the last use but one
		between []*Step // logins of nobody behind the first uses, that end nobody's session
	}
}

var (
	inXML  = formOf("XML", "application/xml", "sdm-login-xml", "</session>", inElements)
	inJSON = formOf("JSON", "application/json", "sdm-login-json", "}", inMembers)
	forms  = []*form{inXML, inJSON}
)

func formOf(name, mediaType, clause, cutOff string, write func(session.Fields) string) *form {
	login := ofLogIn.Step("log in with " + name)
	f := &form{feature: strings.ToLower(name), mediaType: mediaType, cutOff: cutOff,
		Way: session.Way{Name: name, Clause: clause, Account: "user", Needs: []string{strings.ToLower(name)},
			Right: func(t *Caller) session.Fields { return credentials(t.User.Login, t.User.Password) },
			Write: func(f session.Fields) Body { return Raw{ContentType: mediaType, Text: write(f)} },
			First: login, Login: login, Use: ofLogIn.Step("use the session of " + name)},
		again: ofLogIn.Step("use the session of " + name + " again"),
		mixed: ofLogInMixed.Step(fmt.Sprintf("send %s and ask for %s", name,
			map[string]string{"XML": "JSON", "JSON": "XML"}[name])),
	}
	f.last.login = ofUseAgain.Step("log in with " + name)
	for _, when := range []string{"once", "twice", "three times", "four times", "five times", "six times", "seven times",
		"after a call without one", "after it lay idle"} {
		f.last.uses = append(f.last.uses, ofUseAgain.Step("use the session of "+name+" "+when))
	}
	for _, b := range nobodys {
		f.last.between = append(f.last.between, ofUseAgain.Step("log in as nobody "+b.name+" with "+name))
	}
	f.last.without = ofUseAgain.Step("call without a session after that of " + name)
	return f
}

// idle is which of the last uses comes after the session lay idle.
func (f *form) idle() int { return len(f.last.uses) - 1 }

// inElements writes a login as the document's sample does.
func inElements(fields session.Fields) string { return xmlBody("session", fields) }

func xmlBody(root string, fields session.Fields) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<" + root + ">\n")
	for _, f := range fields {
		b.WriteString("<" + f.Name + ">")
		_ = xml.EscapeText(&b, []byte(f.Value.(string))) // a Builder cannot fail
		b.WriteString("</" + f.Name + ">\n")
	}
	b.WriteString("</" + root + ">")
	return b.String()
}

func inMembers(fields session.Fields) string {
	var members []string
	for _, f := range fields {
		members = append(members, vary.JSON(f.Name)+": "+vary.JSON(f.Value))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// credentials are the fields of a login.
func credentials(userName, password string) session.Fields {
	return session.Fields{{Name: "userName", Value: userName}, {Name: "password", Value: password}}
}
