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
