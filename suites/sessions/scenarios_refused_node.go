package sessions

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/session"
)

// Steps of RefusedNode: wrong ones, each with a good one behind it.
var (
	ofRefusedNode  Steps
	everyText      = ofRefusedNode.Step("every text")
	allButPassword = ofRefusedNode.Step("all but the password")
	passwordAlone  = ofRefusedNode.Step("password alone")
	nodeAfterOne   = ofRefusedNode.Step("log in after one")
)

// RefusedNode sends the node's login with every text altered, with only that altered which is named like a password,
// and with all altered but that.
var RefusedNode = sessions.Scenario("log in as the node with wrong credentials", &ofRefusedNode, func(t *Caller) {
	const absent = "no text of the node's login is named like a password"
	wrong := func(step *Step, absent string, which func(key string) bool, option Option) {
		body, differs := altered(t, own(t).Node, "", which)
		if !differs {
			t.Omit(step, NotApplicable, absent)
			return
		}
		refuse(t, asNode, step, JSON(body.(map[string]any)), option)
	}
	wrong(everyText, "the node's login holds no text", func(string) bool { return true }, Refused())
	if nodeSecret(t) != "" {
		wrong(allButPassword, "the node's login holds no text but its password",
			func(key string) bool { return !namedLikePassword(key) }, Refused())
	} else {
		t.Omit(allButPassword, NotApplicable, absent)
	}
	wrong(passwordAlone, absent, namedLikePassword, WrongPassword("node"))
	if !good(t, asNode, nodeAfterOne) {
		return
	}
	key := nodeSecret(t)
	for _, miss := range nodeMisses {
		password := ""
		if key != "" {
			password = miss.wrong(t, own(t).Node[key].(string))
		}
		if password == "" {
			t.Omit(miss.step, NotApplicable, absent)
			continue
		}
		refuse(t, asNode, miss.step, inJSON(asNode.Right(t).With(key, password)), WrongPassword("node"))
		if !good(t, asNode, miss.behind) {
			return
		}
	}
}, Needs(asNode.Needs...), After(LogInAsNode, LogIn), Account("node"))

// nodeMisses are passwords of the node that are almost right, or that careless code takes for right.
var nodeMisses = []*nodeMiss{
	missOf("a password that lacks its last character", cutOff),
	missOf("a password with a blank after it", func(t *Caller, right string) string {
		return t.Secret("wrong password of the node", right+" ")
	}),
	missOf("a percent sign for a password", func(*Caller, string) string { return "%" }),
	missOf("the login for the password", func(t *Caller, _ string) string {
		return asNode.Right(t).Text(nodeName(t))
	}),
}

// nodeMiss is one of them; wrong makes it of the right one, and nothing where none can be made.
type nodeMiss struct {
	text         string
	step, behind *Step // the login, and the good one behind it
	wrong        func(t *Caller, right string) string
}

func missOf(what string, wrong func(*Caller, string) string) *nodeMiss {
	return &nodeMiss{"refuses " + what, ofRefusedNode.Step(what), ofRefusedNode.Step("log in after " + what), wrong}
}

func cutOff(t *Caller, right string) string {
	letters := []rune(right)
	if len(letters) < 2 {
		return ""
	}
	return t.Secret("wrong password of the node", string(letters[:len(letters)-1]))
}

// nodeName is the name of the first field of the node's login that holds a text and is not named like a password; empty
// where there is none.
func nodeName(t *Caller) string {
	for _, field := range fieldsOf(own(t).Node) {
		if text, is := field.Value.(string); is && text != "" && !namedLikePassword(field.Name) {
			return field.Name
		}
	}
	return ""
}

// nodeSecret is the name of the field of the node's login that is named like a password and holds a text; empty where
// there is none.
func nodeSecret(t *Caller) string {
	for _, field := range fieldsOf(own(t).Node) {
		if text, is := field.Value.(string); is && text != "" && namedLikePassword(field.Name) {
			return field.Name
		}
	}
	return ""
}

// nodeRefusals put into the field of the node's password what is no password.
var nodeRefusals = func() (all session.Refusals) {
	add := func(clause string, kind session.Kind, values ...session.Value) {
		for _, v := range values {
			all = append(all, &session.Refusal{Text: "refuses " + v.Name + " for the password of the node", Clause: clause,
				Way: asNode, Kind: kind,
				Change: func(t *Caller, right session.Fields) session.Fields { return right.With(nodeSecret(t), v) }})
		}
	}
	add("sessions-node-incomplete", session.Incomplete, session.Absent, session.Null)
	add("sessions-node-incomplete", session.Invalid, session.Empty)
	add("sessions-node-no-text", session.Mistyped, session.True, session.False, session.EmptyList, session.Operator)
	for _, v := range []session.Value{session.Null, session.Operator} {
		all = append(all, &session.Refusal{Text: "refuses " + v.Name + " for the login of the node",
			Clause: "sessions-node-no-text", Way: asNode, Kind: session.Mistyped,
			Change: func(t *Caller, right session.Fields) session.Fields { return right.With(nodeName(t), v) }})
	}
	return all
}()

// RefusedNodeValues sends them, each with a good login behind it.
var RefusedNodeValues = chain("log in as the node with values that are no password", asNode, nodeRefusals,
	After(LogInAsNode, LogIn, RefusedNode))
