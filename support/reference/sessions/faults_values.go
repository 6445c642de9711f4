package sessions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/reference"
	"session-conformance/support/reference/like"
)

var (
	query    = like.Query("$ne")
	pattern  = like.Query("$regex").Named("query-regex")
	oddities = []like.Kind{like.True, like.Number, like.List, like.EmptyObject, query}
)

// opensFor are the faults that open a session for such values of a field, beside the right other fields.
func opensFor(c call, prefix, field string, kinds ...like.Kind) (all list) {
	for _, k := range kinds {
		all = append(all, is(prefix+k.Name+"-"+field+"-accepted", "A login with "+k.Says+" for the "+prefix+field+
			" opens a session.", admitsValue(c, field, k))...)
	}
	return all
}

// listOfRight is the fault that takes the right text in a list for the text.
func listOfRight(c call, field string) list {
	return is("list-of-right-"+field+"-accepted", "The first value of a list is the "+field+".",
		admitsWhere(c, field, like.ListOf))
}

// opensForBoth are those that open one for such values of the login and of the password.
func opensForBoth(kinds ...like.Kind) (all list) {
	for _, k := range kinds {
		all = append(all, is(k.Name+"-both-accepted", "A login with "+k.Says+" for both fields opens a session.",
			admitsBoth(k))...)
	}
	return all
}

// breaksAt are the faults that answer a login 500 for such values of a field, whatever the others are.
func breaksAt(c call, field string, kinds ...like.Kind) (all list) {
	for _, k := range kinds {
		all = append(all, breaksOn(k.Name+"-"+field, "A login with "+k.Says+" for the "+field, c, field, k)...)
	}
	return all
}

// breaksOn is the one for any value.
func breaksOn(name, says string, c call, field string, such like.Kind) list {
	holds := func(t *turn) bool {
		var body reference.Fields
		_ = json.Unmarshal(t.sent, &body)
		return body != nil && such.Is(body.Value(field))
	}
	return is(name+"-500", says+" is answered 500.", during(answering, answered(500), ofCall(c), anyRefusal, holds))
}

// breaksOnText is the one for some texts.
func breaksOnText(name, says string, c call, such func(right, came string) bool) list {
	return breaksOn(name, says, c, string(c), like.Text("", "", such))
}

// valueFaults are values that must open nothing beside what is right, and do, or break the server.
var valueFaults = slices.Concat(
	breaks("sessions-login-without-password", opensFor(login, "", "password", like.Null)),
	breaks("sessions-login-empty-password", opensFor(login, "", "password", like.Blank)),
	breaks("sessions-login-password-no-text", opensFor(login, "", "password", append(oddities, like.False, pattern)...)),
	breaks("sessions-login-without-login", opensFor(login, "", "login", like.Null, like.Absent, like.Empty)),
	breaks("sessions-login-no-text", opensFor(login, "", "login", oddities...),
		opensForBoth(query, like.Query("$gt").Named("query-gt"), like.True),
		is("lists-accepted", "Lists for login and password open a session.", admitsBoth(like.List))),
	breaks("sessions-login-without-credentials", opensForBoth(like.Null, like.Empty),
		is("null-body-accepted", "A login whose body is null opens a session.",
			on(refused(login, wrongTypes), onlyIf(sent("null"), accepted))),
		is("empty-list-body-accepted", "A login whose body is an empty list opens a session.",
			on(refused(login, wrongTypes), onlyIf(sent("[]"), accepted)))),
	breaks("sessions-token-missing", opensFor(token, "", "token", like.Null, like.Absent),
		is("null-token-body-accepted", "A login by token whose body is null opens a session.",
			on(refused(token, wrongTypes), onlyIf(sent("null"), accepted)))),
	breaks("sessions-token-empty", opensFor(token, "", "token", like.Blank)),
	breaks("sessions-token-no-text", opensFor(token, "", "token", append(oddities, pattern)...)),
	breaks("sessions-node-incomplete", opensFor(node, "node-", "password", like.Absent, like.Null, like.Empty)),
	breaks("sessions-node-no-text", opensFor(node, "node-", "password", like.True, like.False, like.List, query),
		opensFor(node, "node-", "login", like.Null, query)),
	breaks("sessions-no-credentials-refused",
		is("node-null-body-accepted", "A node's login whose body is null is accepted.",
			on(refused(node, wrongTypes), onlyIf(sent("null"), accepted)))),

	breaks("sessions-wrong-types-4xx",
		listOfRight(login, "password"), listOfRight(login, "login"), listOfRight(token, "token"),
		breaksAt(login, "password", like.True, like.Number, like.List, like.Object),
		breaksAt(login, "login", like.True, like.Number, like.List, like.Object),
		breaksAt(token, "token", like.True, like.Number, like.List, like.Object),
		is("null-body-500", "A login whose body is null is answered 500.",
			on(refused(login, wrongTypes), onlyIf(sent("null"), answered(500)))),
		is("list-body-500", "A login whose body is a list is answered 500.",
			on(refused(login, wrongTypes), onlyIf(sent("[]"), answered(500)))),
		is("text-body-500", "A login whose body is a JSON text is answered 500.",
			on(refused(login, wrongTypes), onlyIf(sentWith(`"`), answered(500)))),
		is("null-token-body-500", "A login by token whose body is null is answered 500.",
			on(refused(token, wrongTypes), onlyIf(sent("null"), answered(500))))),
	breaks("sessions-refusal-4xx",
		breaksAt(login, "login", like.Null, like.Empty, like.Long, like.Blank), breaksAt(login, "password", like.Long),
		breaksAt(token, "token", like.Null, like.Long),
		breaksOnText("apostrophe-login", "A login with an apostrophe", login, like.Has("'")),
		breaksOnText("constructor-login", "The login constructor", login, like.Word("constructor")),
		breaksOnText("proto-login", "The login __proto__", login, like.Word("__proto__")),
		breaksOnText("digits-login", "A login of digits", login,
			func(_, came string) bool { return strings.Trim(came, "0123456789") == "" }),
		breaksOnText("apostrophe-token", "A token with an apostrophe", token,
			func(_, came string) bool { return strings.HasPrefix(came, "'") })),
	breaks("sessions-malformed-json-4xx",
		malformedIf("unclosed-500", "is not closed", sentWithout("}"), 500),
		malformedIf("second-root-500", "has a second value", sentWith("}{"), 500),
		malformedIf("trailing-comma-500", "has a comma after its last field", sentWith(",}"), 500),
		malformedIf("trailing-comma-accepted", "has a comma after its last field", sentWith(",}"), 201),
		malformedIf("single-quotes-500", "has single quotation marks", sentWith("{'"), 500),
		malformedIf("not-utf-8-500", "is not UTF-8", sentWith("\xff"), 500),
		malformedIf("end-ignored", "has something behind its end",
			func(t *turn) bool { return bytes.HasSuffix(t.sent, []byte("x")) }, 201)),
)

// malformedIf is the fault that answers a login whose JSON is malformed in one way with a status.
func malformedIf(name, says string, so when, status int) list {
	return is("malformed-"+name, fmt.Sprintf("A login whose JSON %s is answered %d.", says, status),
		on(refused(login, malformed), onlyIf(so, answered(status))))
}

// sent says whether the body of a login is this text, sentWith whether it has a part.
func sent(text string) when {
	return func(t *turn) bool { return strings.TrimSpace(string(t.sent)) == text }
}

func sentWith(part string) when {
	return func(t *turn) bool { return bytes.Contains(t.sent, []byte(part)) }
}

func sentWithout(part string) when {
	return func(t *turn) bool { return !bytes.Contains(t.sent, []byte(part)) }
}
