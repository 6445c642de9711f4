// Package saymon is a reference server of the SAYMON API: create a session, create an authentication token, and the
// calls around them that tell whether a session or token lives.
//
// It conforms to the documents and to every extra clause. Named faults break one behaviour each, named variants do
// differently what the documents leave open.
package saymon

import (
	"fmt"
	"regexp"
	"time"

	"session-conformance/support/reference"
)

// Account is one user of the server.
type Account struct {
	ID          string // 24 lower-case hexadecimal digits
	Login       string // without a colon, which Basic credentials could not carry
	Email       string
	Password    string
	ManageUsers bool // may create and delete the authentication tokens of any user
}

// Config says who may log in, and what is peculiar about the server.
type Config struct {
	User      Account
	OtherUser Account          // differs from User in every field
	With      []string         // names of faults and variants
	Now       func() time.Time // the server's clock; nil: time.Now
	Issuer    Issuer           // whose Keycloak tokens open sessions
}

// Default returns two accounts whose passwords hold what breaks naive code: quotation marks of both kinds, the special
// characters of HTML, URLs and JSON, spaces, a colon, letters beyond Latin, and both cases.
func Default() Config {
	return Config{
		User: Account{
			ID:          "64f1c0a2b7e9d3001c8a4e11",
			Login:       "user.name",
			Email:       "user.name@example.com",
			Password:    `Пульт "Ночь" & <it's> 5\6: Zażółć%2B`,
			ManageUsers: true,
		},
		OtherUser: Account{
			ID:       "64f1c0a2b7e9d3001c8a4e22",
			Login:    "second.person",
			Email:    "colleague@example.org",
			Password: `Ώρα 'Καλή' > \n "x" & <b> Grüße+77, καὶ πολλὰ ἄλλα, ἵνα μακρὸν ᾖ`,
		},
	}
}

var idForm = regexp.MustCompile(`^[0-9a-f]{24}$`)

// check returns an error that names the field of the first wrong account.
func (c Config) check() error {
	for _, a := range []Account{c.User, c.OtherUser} {
		switch {
		case !idForm.MatchString(a.ID):
			return fmt.Errorf("the account %q needs an ID of 24 lower-case hexadecimal digits, got %q", a.Login, a.ID)
		case a.Login == "" || a.Email == "" || a.Password == "":
			return fmt.Errorf("the account %s needs a login, an email and a password", a.ID)
		}
	}
	if c.User.ID == c.OtherUser.ID || c.User.Login == c.OtherUser.Login || c.User.Email == c.OtherUser.Email {
		return fmt.Errorf("the accounts %q and %q must differ in ID, login and email", c.User.Login, c.OtherUser.Login)
	}
	return nil
}

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "saymon", Faults: Faults, Variants: Variants, Try: "/node/api/users/current",
	AnySession: []string{
		"saymon-session-by-login", "saymon-session-by-email", "saymon-session-by-token", "saymon-session-by-keycloak",
		"saymon-request-framing", "saymon-request-encoding", "saymon-request-white-space",
		"saymon-session-id-quoted", "saymon-session-id-not-empty", "saymon-session-id-uuid", "saymon-session-new",
		"saymon-cookie-set", "saymon-cookie-is-session-id", "saymon-cookie-path", "saymon-session-authenticates",
		"saymon-session-lasts",
		"saymon-token-by-basic", "saymon-token-quoted", "saymon-token-not-empty", "saymon-token-uuid", "saymon-token-new",
		"saymon-token-authenticates", "saymon-token-lasts", "saymon-current-by-basic", "saymon-logout-accepted",
		"saymon-token-deletion-accepted",
	},
	New: func(with []string) (*reference.Made, error) {
		c := Default()
		c.With = with
		return Make(c, nil)
	}}

// Make makes a server as configured. keycloak is the target's key of that name; nil: a token that the server takes.
func Make(c Config, keycloak map[string]string) (*reference.Made, error) {
	server, err := New(c)
	if err != nil {
		return nil, err
	}
	if keycloak == nil {
		keycloak = map[string]string{"token": server.KeycloakToken(KeycloakUser(c))}
	}
	account := func(a Account) map[string]any {
		return map[string]any{"login": a.Login, "password": a.Password, "email": a.Email, "id": a.ID}
	}
	return &reference.Made{Handler: server, Settings: map[string]any{"user": account(c.User),
		"other_user": account(c.OtherUser), "keycloak": keycloak}}, nil
}
