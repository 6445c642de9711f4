package saymon

import (
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// The documented ways into a session.
var (
	byLogin = &session.Way{Name: "with the login", Clause: "saymon-session-by-login", Account: "user",
		First: firstLogin, Login: secondLogin, Use: currentUser, Write: compact,
		Right: func(t *Caller) session.Fields { return password(t.User.Login, t.User.Password) }}
	byEmail = &session.Way{Name: "with the email", Clause: "saymon-session-by-email", Account: "user",
		Needs: []string{"user.email"}, First: emailLogin, Login: emailLogin, Use: emailUser, Write: compact,
		Right: func(t *Caller) session.Fields { return password(t.User.Email, t.User.Password) }}
	byToken = &session.Way{Name: "with an authentication token", Clause: "saymon-session-by-token", Account: "user",
		Needs: []string{"auth-token"}, First: tokenLogin, Login: tokenLogin, Use: tokenLoginUser, Write: compact,
		Right: func(t *Caller) session.Fields { return authToken(ID(t.Of(secondToken))) }}
	byKeycloak = &session.Way{Name: "with a Keycloak token", Clause: "saymon-session-by-keycloak", Account: "user",
		Needs: []string{"keycloak"}, First: keycloakLogin, Login: keycloakLogin, Use: keycloakUser, Write: compact,
		Right: func(t *Caller) session.Fields { return keycloak(t.Tokens().Access) }}

	ways = []*session.Way{byLogin, byEmail, byToken, byKeycloak}
)

// The other user's login and password.
var (
	othersLogin, othersUser = ofRefusedOther.Step("log in"), ofRefusedOther.Step("who am I")
	byOthersLogin           = &session.Way{Name: "as the other user", Clause: "saymon-session-by-login",
		Account: "other_user", Needs: []string{"other_user.password"}, Login: othersLogin, Use: othersUser, Write: compact,
		Right: func(t *Caller) session.Fields { return password(t.OtherUser.Login, t.OtherUser.Password) }}
)

// compact writes the fields of a login as the JavaScript samples do.
func compact(fields session.Fields) Body { return JSONText(fields.JSON()) }

func password(login, password string) session.Fields {
	return session.Fields{{Name: "login", Value: login}, {Name: "password", Value: password}}
}

func authToken(token string) session.Fields {
	return session.Fields{{Name: "auth-token", Value: token}}
}

func keycloak(token string) session.Fields {
	return session.Fields{{Name: "auth-service", Value: "keycloak"},
		{Name: "auth-service-params", Value: session.Fields{{Name: "token", Value: token}}}}
}

// moreRefusals crosses the values that nothing may have with the fields of the ways in, one at a time beside right
// others.
func moreRefusals() session.Refusals {
	const (
		missingLogin  = "saymon-refuses-missing-login"
		unknownLogin  = "saymon-refuses-unknown-login"
		wrongPassword = "saymon-refuses-wrong-password"
		authToken     = "saymon-refuses-unknown-auth-token"
		params        = "saymon-refuses-keycloak-without-params"
		keycloakToken = "saymon-refuses-unknown-keycloak-token"
		service       = "saymon-refuses-other-auth-service"
	)
	types := []session.Value{session.Operator, session.EmptyList, session.Zero, session.True}
	all := session.Refusals{}
	cross := func(way *session.Way, field, of, clause string, values ...session.Value) {
		for _, v := range values {
			kind := session.Mistyped
			if _, is := v.Is.(string); is {
				kind = session.Invalid
			}
			all = append(all, &session.Refusal{Name: "log in with " + v.Name + " for " + of, Text: "refuses " + v.Name +
				" for " + of,
				Clause: clause, Way: way, Kind: kind, Named: field == "password", Change: session.Put(field, v)})
		}
	}
	cross(byLogin, "login", "a login", missingLogin, session.Empty, session.Null)
	cross(byLogin, "login", "a login", unknownLogin, append(types, session.Blank)...)
	cross(byLogin, "password", "a password", wrongPassword, types...)
	all = append(all, &session.Refusal{Name: "log in with the email and an empty password",
		Text: "refuses an empty password for the email", Clause: "saymon-refuses-empty-password", Way: byEmail,
		Kind: session.Invalid, Named: true, Change: session.Put("password", session.Empty)})
	cross(byToken, "auth-token", "an authentication token", authToken, append(types, session.Null)...)
	cross(byKeycloak, "auth-service-params", "the Keycloak parameters", params, session.Object, session.Null,
		session.EmptyList, session.True, session.Value{Name: "a text", Is: "keycloak"})
	cross(byKeycloak, "auth-service-params.token", "a Keycloak token", keycloakToken,
		append(types, session.Null, session.Blank)...)
	cross(byKeycloak, "auth-service", "the authentication service", service,
		append(types, session.Empty, session.Null, session.Blank)...)
	return append(append(all, oddNames()...), oddBodies()...)
}

// oddNames are logins and tokens that nobody has, though loose comparisons take them for somebody's.
func oddNames() (all session.Refusals) {
	add := func(way *session.Way, field, name, clause string, made func(t *Caller) string) {
		all = append(all, &session.Refusal{Name: "log in with " + name, Text: "refuses " + name, Clause: clause,
			Way: way, Kind: session.Invalid, Change: session.Put(field, func(t *Caller) any { return made(t) })})
	}
	login := func(name string, made func(login string) string) {
		add(byLogin, "login", name, "saymon-refuses-unknown-login", func(t *Caller) string { return made(t.User.Login) })
	}
	login("a login with a % in place of its end", func(login string) string { return beginning(login) + "%" })
	login("a login with an asterisk in place of its end", func(login string) string { return beginning(login) + "*" })
	login("a login with a dot in place of a letter",
		func(login string) string { return "." + strings.TrimPrefix(login, string([]rune(login + " ")[:1])) })
	login("the beginning of a login", beginning)
	login("a login with a quotation mark and a condition", func(string) string { return vary.Word() + "' OR '1'='1" })
	login("the login constructor", func(string) string { return "constructor" })
	login("the login __proto__", func(string) string { return "__proto__" })
	login("a login with an apostrophe", func(string) string { return vary.Word() + "'" })
	login("a login with a zero byte", func(string) string { return vary.Word() + "\x00" })
	login("a login that goes on behind a zero byte", func(login string) string { return login + "\x00" + vary.Word() })
	add(byLogin, "login", "a login with a character more that some leave out", "saymon-login-beyond-ascii",
		func(t *Caller) string { return t.User.Login + vary.Beyond })
	add(byLogin, "login", "a login with a character that some mistake for its own", "saymon-login-beyond-ascii",
		func(t *Caller) string { return vary.Mistaken(t.User.Login, vary.Middle(t.User.Login)) })
	login("a login of digits", func(string) string { return "4711" })
	login("a login of 4000 characters", func(string) string { return strings.Repeat("nobody", 667) })

	email := func(name string, made func(local, domain string) string) {
		add(byEmail, "login", name, "saymon-refuses-unknown-login", func(t *Caller) string {
			local, domain, _ := strings.Cut(t.User.Email, "@")
			return made(local, domain)
		})
	}
	email("an email with a % in place of its end", func(local, _ string) string { return local + "@%" })
	email("an email with a dot in place of a letter", func(local, domain string) string {
		return "." + strings.TrimPrefix(local, string([]rune(local + " ")[:1])) + "@" +
			domain
	})
	email("the email's name at another domain", func(local, _ string) string {
		return local + "@" + vary.Word() + ".example"
	})

	all = append(all, &session.Refusal{Name: "log in as nobody without a password",
		Text:   "refuses a login that no user has without a password",
		Clause: "saymon-refuses-missing-password", Way: byLogin, Kind: session.Incomplete,
		Change: func(_ *Caller, right session.Fields) session.Fields {
			return right.With("login", vary.Word()).With("password", session.Absent)
		}})
	all = append(all, &session.Refusal{Name: "log in with the user's ID and an invented password",
		Text:   "refuses the user's ID with an invented password",
		Clause: "saymon-refuses-unknown-login", Way: byLogin, Kind: session.Invalid,
		Change: func(t *Caller, right session.Fields) session.Fields {
			return right.With("login", t.User.ID).With("password", vary.UUID())
		}}, &session.Refusal{Name: "log in as nobody with a password of 4000 characters",
		Text:   "refuses a login that no user has with a password of 4000 characters",
		Clause: "saymon-refuses-unknown-login", Way: byLogin, Kind: session.Invalid,
		Change: func(_ *Caller, right session.Fields) session.Fields {
			return right.With("login", vary.Word()).With("password", session.Long())
		}})
	add(byKeycloak, "auth-service-params.token", "the login for a Keycloak token",
		"saymon-refuses-unknown-keycloak-token", func(t *Caller) string { return t.User.Login })
	token := func(name string, made func(t *Caller) string) {
		add(byToken, "auth-token", name, "saymon-refuses-unknown-auth-token", made)
	}
	for _, w := range oddWords {
		if w.name != "null" { // as JSON has it, which is another value
			token(w.name+" for an authentication token", func(*Caller) string { return w.value })
		}
	}
	token("a condition of SQL for an authentication token", func(*Caller) string { return asAPIToken.condition })
	token("an authentication token that differs in its first half", func(t *Caller) string {
		live := ID(t.Of(secondToken))
		return t.Altered("altered token", otherBeginning(live), live)
	})
	token("a session ID for an authentication token", func(t *Caller) string { return SessionID(t.Of(secondLogin)) })
	token("the user's ID for an authentication token", func(t *Caller) string { return t.User.ID })
	token("the login for an authentication token", func(t *Caller) string { return t.User.Login })
	token("the beginning of an authentication token", func(t *Caller) string {
		live := ID(t.Of(secondToken))
		return t.Altered("beginning of a token", beginning(live), live)
	})
	token("an authentication token with one character more", func(t *Caller) string {
		live := ID(t.Of(secondToken))
		return t.Altered("altered token", vary.Continued(live, "0"), live)
	})
	token("an authentication token that goes on behind a zero byte", func(t *Caller) string {
		live := ID(t.Of(secondToken))
		return t.Altered("altered token", vary.Continued(live, "\x00a"), live)
	})
	token("an authentication token of 4000 characters",
		func(*Caller) string { return strings.Repeat("0123456789abcdef", 250) })
	return all
}

// notUTF8 is a body that is JSON for who reads over its characters.
const notUTF8 = "JSON that is not UTF-8"

// oddBodies are no objects of texts at all. They name nobody.
func oddBodies() (all session.Refusals) {
	add := func(name, clause, text string) {
		all = append(all, &session.Refusal{Name: "log in with " + name, Text: "answers " + name + " with a status 4xx",
			Clause: clause, Way: byLogin, Kind: session.Unreadable,
			Raw: func(*Caller) Body { return JSONText(strings.ReplaceAll(text, "NOBODY", vary.Word())) }})
	}
	add("null as the body", "saymon-wrong-types", `null`)
	add("a list as the body", "saymon-wrong-types", `[]`)
	add("a text as the body", "saymon-wrong-types", `"NOBODY"`)
	add("a number as the body", "saymon-wrong-types", `17`)
	add("JSON with something behind its end", "saymon-malformed-json", `{"login": "NOBODY", "password": "x"} x`)
	add("two JSON objects", "saymon-malformed-json",
		`{"login": "NOBODY", "password": "x"} {"login": "NOBODY", "password": "x"}`)
	add("JSON with a comma before its end", "saymon-malformed-json", `{"login": "NOBODY", "password": "x",}`)
	add("JSON in single quotation marks", "saymon-malformed-json", `{'login': 'NOBODY', 'password': 'x'}`)
	add("JSON with bare names", "saymon-malformed-json", `{login: "NOBODY", password: "x"}`)
	add(notUTF8, "saymon-malformed-json", "{\"login\": \"NOBODY\xff\", \"password\": \"x\"}")
	return all
}

// beginning is a text without its last third.
func beginning(text string) string {
	runes := []rune(text)
	return string(runes[:len(runes)*2/3])
}
