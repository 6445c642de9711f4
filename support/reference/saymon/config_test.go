//go:build long

package saymon

import (
	"strings"
	"testing"
	"unicode"
)

func TestWrongConfigurations(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"unknown name":   func(c *Config) { c.With = []string{"session-id-unqoted"} },
		"short ID":       func(c *Config) { c.User.ID = "17" },
		"no password":    func(c *Config) { c.OtherUser.Password = "" },
		"no other user":  func(c *Config) { c.OtherUser = Account{} },
		"the same login": func(c *Config) { c.OtherUser.Login = c.User.Login },
	} {
		c := Default()
		change(&c)
		if _, err := New(c); err == nil {
			t.Errorf("%s: no error", name)
		} else if name == "unknown name" && !strings.Contains(err.Error(), "session-id-unqoted") {
			t.Errorf("the error does not name it: %v", err)
		}
	}
}

func TestDefaultPasswordsBreakNaiveCode(t *testing.T) {
	for _, a := range []Account{Default().User, Default().OtherUser} {
		for _, special := range []string{`"`, `'`, `&`, `<`, `>`, `\`, ` `} {
			if !strings.Contains(a.Password, special) {
				t.Errorf("the password of %s lacks %q", a.Login, special)
			}
		}
		upper, lower, beyond := false, false, false
		for _, r := range a.Password {
			upper, lower, beyond = upper || unicode.IsUpper(r), lower || unicode.IsLower(r), beyond || r > 0xff
		}
		if !upper || !lower || !beyond || len([]rune(a.Password)) < 12 {
			t.Errorf("the password of %s is too simple", a.Login)
		}
	}
}
