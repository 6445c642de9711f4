//go:build unit

package target

import (
	"errors"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// account is a target of the API with its user's password, and lines after it.
func account(password, more string) string {
	return "targets:\n- name: a\n  api: saymon\n  url: https://h\n  user:\n    login: u\n    password: " + password +
		"\n" + more
}

func TestDoubtfulValues(t *testing.T) {
	t.Setenv("known_here", "x")
	t.Setenv("ENDED", "secret\n")
	t.Setenv("MARKED", "\ufeffsecret")
	t.Setenv("SECOND", "U")
	for name, tt := range map[string]struct{ file, want string }{
		"a tab": {account("se\tcret", ""), "7:15: target \"a\": `user.password` holds a tab"},
		"a tab within { }": {sdm("  product: {name: a\tb}\n"),
			"6:19: target \"a\": `product.name` holds a tab"},
		"a comment that runs on":          {account("abc #123", ""), "`user.password` ends at the blank before the #"},
		"a comment that runs on, by tab":  {account("abc\t#123", ""), "`user.password` ends at the blank before the #"},
		"a comment that runs on, a token": {sessions("  token: abc #d\n"), "`token` ends at the blank before the #"},
		"blanks behind it":                {account("abc  ", ""), "`user.password` has blanks behind it"},
		"a tab behind it":                 {account("abc\t", ""), "`user.password` has blanks behind it"},
		"typographic quotation marks":     {account("\u201cabc\u201d", ""), "`user.password` stands in typographic quotation marks"},
		"a line end": {account("|\n      abc", ""), "`user.password` ends in a line end; write it in " +
			"one line, or with |-"},
		"no braces": {account("$SAYMON_PASSWORD", ""), "`user.password` holds what looks like a " +
			"variable without braces"},
		"no braces, in quotation marks":  {account(`"$A"`, ""), "without braces"},
		"a variable that is there":       {account("$known_here", ""), "without braces"},
		"PowerShell's":                   {account("$env:pw", ""), "without braces"},
		"PowerShell's, in large letters": {account("$ENV:PW", ""), "without braces"},
		"a shell's command":              {account("$(cat password)", ""), "what looks like a command"},
		"a command in backticks":         {account("'`cat password`'", ""), "what looks like a command"},
		"the user's email as a login": {strings.Replace(account("p", "  other_user: {login: v, email: w, password: q}\n"),
			"login: u", "login: W", 1), "`other_user.email` is that of `user`"},
		"the same email": {strings.Replace(account("p", "  other_user: {login: v, email: w, password: q}\n"),
			"login: u", "login: u\n    email: w", 1), "`other_user.email` is that of `user`"},
		"Windows'": {account(`"%SAYMON_PASSWORD%"`, ""), "without braces"},
		"a hyphen in its name": {account(`"${SAYMON-PASSWORD}"`, ""), "`user.password` holds what looks like a " +
			"variable in braces"},
		"a default":        {account(`"${A:-b}"`, ""), "in braces"},
		"blanks in braces": {account(`"${ A }"`, ""), "in braces"},
		"GitHub's":         {account(`"${{ secrets.A }}"`, ""), "in braces"},
		"a template's":     {account(`"{{ a }}"`, ""), "in braces"},
		"in a header": {sdm("  headers: {Authorization: \"Bearer ${A-B}\"}\n"), "`headers` holds what " +
			"looks like a variable in braces"},
		"in an address": {at(`"https://$HOST/x"`), "`url` holds what looks like a variable without braces"},
		"a line end from outside": {account(`"${ENDED}"`, ""), "7:15: target \"a\": `user.password` takes `ENDED` " +
			"from the environment, which ends in a line end"},
		"a mark from outside": {account(`"${MARKED}"`, ""), "begins with a byte order mark"},
		"the user twice": {account("p", "  other_user: {login: \"${SECOND}\", password: q}\n"),
			"8:23: target \"a\": `other_user.login` is that of `user`; give a second account"},
		"SAYMON's path": {strings.Replace(saymon(""), "https://h", "https://h/node/api/", 1),
			"4:8: target \"a\": `url` ends in the path of the API itself, and /node/api follows by itself"},
		"SAYMON's call": {strings.Replace(saymon(""), "https://h", "https://h/x/node/api/users/session", 1),
			"/node/api follows by itself"},
		"SDM's path":                   {at("https://h:8443/rest/v1.3"), "/rest/{version} follows by itself"},
		"SDM's path without a version": {at("https://h/rest"), "/rest/{version} follows by itself"},
		"SDM's call":                   {at("https://h/rest/v1.3/admin/login"), "/rest/{version} follows by itself"},
		"Storware's call": {strings.Replace(sessions(""), "https://h", "https://h/api/session/login", 1),
			"/session follows by itself"},
		"a pause without a unit":      {sdm("  wrong_password_pause: 2\n"), "`wrong_password_pause` has no unit"},
		"an idle time without a unit": {sdm("  session_idle: 2\n"), "`session_idle` has no unit"},
		"no idle time":                {sdm("  session_idle: 0s\n"), "`session_idle` must be longer than zero"},
		"a negative pause": {sdm("  wrong_password_pause: -1s\n"),
			"`wrong_password_pause` must be longer than zero"},
		"no wrong password": {sdm("  wrong_passwords: 0\n"), "`wrong_passwords` must be 1 or more"},
		"a user's name": {"targets:\n- {name: a, api: sdm, url: https://h, user: {username: x, " +
			"password: y}}\n", "unknown key `username`; did you mean `login`?"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			_, err := Load(folderWith(t, tt.file), nil, nil)
			var wrong *Error
			g.Expect(errors.As(err, &wrong)).To(BeTrue(), "%v", err)
			g.Expect(err.Error()).To(ContainSubstring(tt.want))
			g.Expect(err.Error()).NotTo(MatchRegexp("SAYMON_PASSWORD|SAYMON-PASSWORD|secrets|cret|#123"), "no part of a secret")
		})
	}
}

// Nothing is doubtful here.
func TestPlainValuesArePlain(t *testing.T) {
	for file, want := range map[string]string{
		account("pa$$word", ""):                                 "pa$$word",
		account("$ecret1", ""):                                  "$ecret1",
		account("a#b", ""):                                      "a#b",
		account("abc # since May", ""):                          "abc",
		account("abc ## since May", ""):                         "abc",
		account(`"abc #123"`, ""):                               "abc #123",
		account(`"se\tcret "`, ""):                              "se\tcret ",
		account("'se\tcret'", ""):                               "se\tcret",
		account("password", ""):                                 "password",
		account("conformance", ""):                              "conformance",
		account("100%", ""):                                     "100%",
		account("'{\"a\"}'", ""):                                `{"a"}`,
		account("|-\n      abc", ""):                            "abc",
		account("p", "  other_user: {login: v, password: p}\n"): "p",
	} {
		targets, err := Load(folderWith(t, file), nil, nil)
		NewWithT(t).Expect(err).NotTo(HaveOccurred(), file)
		NewWithT(t).Expect(targets[0].User.Password).To(Equal(want))
	}
	for url, want := range map[string]string{
		"HTTPS://Host.test/api/": "https://Host.test/api", "Http://h": "http://h", "https://h/node": "https://h/node",
		"https://h/restaurant": "https://h/restaurant",
		"https://h/v1.3":       "https://h/v1.3", "https://rest/x": "https://rest/x",
	} {
		targets, err := Load(folderWith(t, at(url)), nil, nil)
		NewWithT(t).Expect(err).NotTo(HaveOccurred(), url)
		NewWithT(t).Expect(targets[0].URL).To(Equal(want))
	}
}

func TestWrongPasswordSettings(t *testing.T) {
	g := NewWithT(t)
	targets, err := Load(folderWith(t, sdm("  wrong_passwords: 9\n  wrong_password_pause: 0s\n")+"- {name: b, api: "+
		"sdm, url: embedded}\n- {name: c, api: sdm, url: embedded, wrong_password_pause: 2s}\n"), nil, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect([]int{targets[0].WrongPasswords, targets[1].WrongPasswords}).To(Equal([]int{9, 5}))
	g.Expect([]time.Duration{targets[0].WrongPasswordPause, targets[1].WrongPasswordPause, targets[2].WrongPasswordPause}).
		To(Equal([]time.Duration{0, 0, 2 * time.Second}))
}

func TestSessionIdle(t *testing.T) {
	g := NewWithT(t)
	targets, err := Load(folderWith(t, sdm("  session_idle: 3s\n")+"- {name: b, api: sdm, url: embedded}\n"+
		"- {name: c, api: sdm, url: embedded, session_idle: 2s}\n"), nil, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect([]time.Duration{targets[0].SessionIdle, targets[1].SessionIdle, targets[2].SessionIdle}).
		To(Equal([]time.Duration{3 * time.Second, EmbeddedSessionIdle, 2 * time.Second}))
}
