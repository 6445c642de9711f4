package saymon

import (
	"crypto/subtle"
	"strings"
)

// whoByPassword finds the account by its login or email and checks the password.
func (s *Server) whoByPassword(f fields) (Account, way, *refusal) {
	login, err := f.text("login")
	if err != nil {
		return Account{}, byLogin, &wrongTypes
	}
	a, by, known := s.byName(login)
	password, err := f.text("password")
	if f.null("password") {
		if known && s.with.Has("null-password-accepted") {
			return a, by, nil
		}
		return a, by, &missingPassword
	}
	if err != nil {
		return Account{}, byLogin, &wrongTypes
	}
	switch {
	case login == "":
		return a, by, &missingLogin
	case !f.has("password"):
		return a, by, &missingPassword
	case password == "":
		return a, by, &emptyPassword
	case !known && s.with.Has("login-ignored") && s.passwordIs(s.config.User, password):
		return s.config.User, byLogin, nil
	case !known:
		return a, by, &unknownLogin
	case s.admits(a, password):
		return a, by, nil
	case by == byEmail:
		return a, by, &wrongPasswordByEmail
	}
	return a, by, &wrongPassword
}

// byName finds an account by its login or, failing that, by its email; false where nobody has that name.
func (s *Server) byName(name string) (Account, way, bool) {
	same := func(a, b string) bool { return a == b }
	if s.with.Has("logins-without-case") {
		same = strings.EqualFold
	}
	for _, a := range s.config.accounts() {
		if same(a.Login, name) {
			return a, byLogin, true
		}
	}
	for _, a := range s.config.accounts() {
		if same(a.Email, name) {
			return a, byEmail, true
		}
	}
	return Account{}, byLogin, false
}

// admits says whether the password opens the account, and counts wrong ones for the variants that lock an account.
func (s *Server) admits(a Account, password string) bool {
	all, inARow := s.store.wrong(a.ID)
	locked := s.with.Has("locks-after-six-wrong-passwords") && all >= 6 ||
		s.with.Has("locks-after-three-in-a-row") && inARow >= 3
	if locked {
		return false
	}
	if !s.passwordIs(a, password) {
		s.store.countWrong(a.ID)
		return false
	}
	s.store.countRight(a.ID)
	return true
}

// passwordIs compares the whole password.
func (s *Server) passwordIs(a Account, password string) bool {
	switch {
	case s.with.Has("password-compared-by-prefix"):
		return password != "" && strings.HasPrefix(a.Password, password)
	case s.with.Has("password-truncated"):
		return firstEight(a.Password) == firstEight(password)
	case s.with.Has("password-compared-without-case"):
		return strings.EqualFold(a.Password, password)
	}
	return subtle.ConstantTimeCompare([]byte(a.Password), []byte(password)) == 1
}

// firstEight returns the first eight characters, as crypt(3) once compared no more.
func firstEight(password string) string {
	runes := []rune(password)
	return string(runes[:min(8, len(runes))])
}
