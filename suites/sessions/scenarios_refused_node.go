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
	passwordCut    = ofRefusedNode.Step("password cut off")
	nodeGoodAtLast = ofRefusedNode.Step("log in at last")
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
	if key := nodeSecret(t); key != "" && len([]rune(own(t).Node[key].(string))) > 1 {
		right := []rune(own(t).Node[key].(string))
		cut := t.Secret("wrong password of the node", string(right[:len(right)-1]))
		refuse(t, asNode, passwordCut, inJSON(asNode.Right(t).With(key, cut)), WrongPassword("node"))
	} else {
		t.Omit(passwordCut, NotApplicable, absent)
	}
	good(t, asNode, nodeGoodAtLast)
}, Needs(asNode.Needs...), After(LogInAsNode, LogIn), Account("node"))

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
	add("sessions-node-no-text", session.Mistyped, session.True, session.EmptyList, session.Operator)
	return all
}()

// RefusedNodeValues sends them, each with a good login behind it.
var RefusedNodeValues = chain("log in as the node with values that are no password", asNode, nodeRefusals,
	After(LogInAsNode, LogIn, RefusedNode))
