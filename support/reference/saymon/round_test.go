//go:build long

package saymon

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"testing"
)

// transcript is all that a round of calls saw, with random IDs replaced by numbers.
type transcript struct {
	lines []string
	ids   map[string]string
}

// randomIDs finds what differs from round to round.
var randomIDs = regexp.MustCompile(`[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9a-f]{32}|[1-9]{36}`)

func (tr *transcript) add(step string, a answer) answer {
	var headers []string
	for name, values := range a.header {
		if name != "Date" && name != "Content-Length" {
			headers = append(headers, name+": "+strings.Join(values, " | "))
		}
	}
	sort.Strings(headers)
	line := fmt.Sprintf("%s: %d %s %q", step, a.status, strings.Join(headers, "; "), a.body)
	tr.lines = append(tr.lines, randomIDs.ReplaceAllStringFunc(line, func(id string) string {
		if tr.ids[id] == "" {
			form := map[bool]string{true: "ID", false: "id"}[strings.ToLower(id) != id]
			version := ""
			if len(id) == 36 && id[8] == '-' {
				version = id[14:15]
			}
			tr.ids[id] = fmt.Sprintf("<%s %d of %d, version %s>", form, len(tr.ids)+1, len(id), version)
		}
		return tr.ids[id]
	}))
	return a
}

// round makes all calls in all ways and returns what it saw.
func round(c *client) []string {
	tr := &transcript{ids: map[string]string{}}
	c.roundOfSessions(tr)
	c.roundOfRefusals(tr)
	c.roundOfKeycloak(tr)
	c.roundOfTokens(tr)
	c.roundOfExtras(tr)
	return tr.lines
}

func (c *client) roundOfSessions(tr *transcript) {
	user, other := c.server.config.User, c.server.config.OtherUser
	use := func(step string, a answer) string {
		id := tr.add(step, a).id()
		tr.add(step+", current", c.current(sid(id)))
		return id
	}
	first := use("login", c.logIn(user.Login, user.Password))
	tr.add("current again", c.current(sid(first)))
	tr.add("current, quoted", c.current(sid(`"`+first+`"`)))
	use("second login", c.logIn(user.Login, user.Password))
	tr.add("first session after second", c.current(sid(first)))
	use("third login", c.logIn(user.Login, user.Password))
	tr.add("first session after third", c.current(sid(first)))
	use("email", c.logIn(user.Email, user.Password))
	use("keycloak", c.keycloak(c.server.KeycloakToken(KeycloakUser(c.server.config))))
	use("other user", c.logIn(other.Login, other.Password))
	use("login in upper case", c.logIn(strings.ToUpper(user.Login), user.Password))
	use("chunks", c.create(object("login", user.Login, "password", user.Password), chunked))
	use("escaped", c.create(escaped(object("login", user.Login, "password", user.Password))))
	indented := "{\n    \"login\": " + compact(user.Login) + ",\n    \"password\": " + compact(user.Password) + "\n}"
	use("indented", c.create(indented))
	use("line end", c.create(indented+"\n"))
}

// escaped writes all characters beyond ASCII as \uXXXX. Those of the accounts need no surrogates.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

func (c *client) roundOfRefusals(tr *transcript) {
	user := c.server.config.User
	genuine := c.server.KeycloakToken(user)
	bodies := []struct{ step, body string }{
		{"wrong password", object("login", user.Login, "password", "wrong")},
		{"wrong password by email", object("login", user.Email, "password", "wrong")},
		{"right again", object("login", user.Login, "password", user.Password)},
		{"short password", object("login", user.Login, "password", user.Password[:len(user.Password)-1])},
		{"other case", object("login", user.Login, "password", strings.ToUpper(user.Password))},
		{"right once more", object("login", user.Login, "password", user.Password)},
		{"unknown login", object("login", "nobody", "password", user.Password)},
		{"missing login", object("password", user.Password)},
		{"missing password", object("login", user.Login)},
		{"empty password", object("login", user.Login, "password", "")},
		{"null password", `{"login":` + compact(user.Login) + `,"password":null}`},
		{"empty token", object("auth-token", "")},
		{"unknown token", object("auth-token", "00000000-0000-4000-8000-000000000000")},
		{"keycloak without params", `{"auth-service":"keycloak"}`},
		{"other service", `{"auth-service":"ldap","auth-service-params":{"token":"` + genuine + `"}}`},
		{"empty", ""},
		{"malformed", `{"login":`},
		{"wrong types", `{"login":1,"password":true}`},
	}
	for _, b := range bodies {
		tr.add(b.step, c.create(b.body))
	}
	tr.add("no session", c.current())
	tr.add("invented session", c.current(sid("00000000-0000-4000-8000-000000000000")))
	tr.add("nonsense session", c.current(sid("nonsense")))
}

func (c *client) roundOfTokens(tr *transcript) {
	user, other := c.server.config.User, c.server.config.OtherUser
	right := basic(user.Login, user.Password)
	first := tr.add("token", c.token(user.ID, right)).id()
	tr.add("token used", c.current(apiToken(first)))
	tr.add("token used again", c.current(apiToken(first)))
	second := tr.add("second token", c.token(user.ID, right)).id()
	tr.add("first token after second", c.current(apiToken(first)))
	session := tr.add("auth-token", c.create(object("auth-token", second)))
	tr.add("auth-token, current", c.current(sid(session.id())))
	tr.add("auth-token again", c.create(object("auth-token", second)))
	others := tr.add("token of other user", c.token(other.ID, right)).id()
	tr.add("token of other user used", c.current(apiToken(others)))
	tr.add("altered api-token", c.current(apiToken(second[:min(len(second), 35)]+"x")))
	tr.add("altered auth-token", c.create(object("auth-token", second[:min(len(second), 35)]+"x")))
	tr.add("empty api-token", c.current(apiToken("")))
	tr.add("unknown api-token", c.current(apiToken("00000000-0000-4000-8000-000000000000")))
	tr.add("token, no credentials", c.token(user.ID))
	tr.add("token, wrong password", c.token(user.ID, basic(user.Login, "wrong")))
	tr.add("token, unknown user", c.token("ffffffffffffffffffffffff", right))
	tr.add("token, not permitted", c.token(user.ID, basic(other.Login, other.Password)))
}

func (c *client) roundOfExtras(tr *transcript) {
	user := c.server.config.User
	right := basic(user.Login, user.Password)
	tr.add("basic", c.current(right))
	id := tr.add("login", c.logIn(user.Login, user.Password)).id()
	verify := "/node/api/users/session/verify/"
	tr.add("verify", c.do("GET", verify+id, ""))
	tr.add("verify invented", c.do("GET", verify+"00000000-0000-4000-8000-000000000000", ""))
	tr.add("logout", c.do("DELETE", "/node/api/users/session", "", sid(id)))
	tr.add("logout again", c.do("DELETE", "/node/api/users/session", "", sid(id)))
	tr.add("verify after logout", c.do("GET", verify+id, ""))
	tr.add("current after logout", c.current(sid(id)))
	token := tr.add("token", c.token(user.ID, right)).id()
	path := "/node/api/users/" + user.ID + "/auth-token"
	tr.add("delete token", c.do("DELETE", path, "", right))
	tr.add("delete token again", c.do("DELETE", path, "", right))
	tr.add("deleted api-token", c.current(apiToken(token)))
	tr.add("deleted auth-token", c.create(object("auth-token", token)))
	for range 3 {
		tr.add("wrong in a row", c.logIn(user.Login, "wrong"))
	}
	tr.add("right after three", c.logIn(user.Login, user.Password))
	tr.add("right after six", c.logIn(user.Login, user.Password))
}

func TestConformingRoundsAreAlike(t *testing.T) {
	if a, b := round(serve(t, false)), round(serve(t, false)); strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Errorf("two servers without peculiarities differ:\n%s\n\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}

func TestEveryPeculiarityShows(t *testing.T) {
	plain := strings.Join(round(serve(t, false)), "\n")
	secure := strings.Join(round(serve(t, true)), "\n")
	check := func(name string, https bool) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conforming := plain
			if https {
				conforming = secure
			}
			if seen := strings.Join(round(serve(t, https, name)), "\n"); seen == conforming {
				t.Error("no call shows a difference from the conforming server")
			}
		})
	}
	for _, f := range Faults {
		check(f.Name, f.HTTPS)
	}
	for _, v := range Variants {
		check(v.Name, false)
	}
}
