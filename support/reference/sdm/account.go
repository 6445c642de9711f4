package sdm

import (
	"crypto/sha256"
	"crypto/subtle"
	"strings"
)

// credentials are what a login's body gave. A nil field was absent.
type credentials struct {
	userName, password *string
}

// authenticate finds the account that the credentials open, or says why there is none.
func (s *Server) authenticate(sent form, given credentials) (Account, reason) {
	name, password := s.completed(given)
	switch {
	case name == nil:
		return Account{}, userNameMissing
	case password == nil:
		return Account{}, passwordMissing
	}
	account, known := s.account(*name, *password)
	switch {
	case !known:
		return Account{}, unknownUser
	case *password == "" && !s.with.Has("password-empty-accepted"):
		return Account{}, passwordEmpty
	case s.locked(account):
		return Account{}, wrongPassword
	case *password != "" && !s.matches(sent, *password, account.Password):
		s.count(account)
		return Account{}, wrongPassword
	}
	s.forgive(account)
	return account, fine
}

// completed adds what a careless server takes for granted where a field is absent.
func (s *Server) completed(given credentials) (name, password *string) {
	name, password = given.userName, given.password
	if name == nil && s.with.Has("user-name-missing-accepted") {
		name = &s.config.User.UserName
	}
	if password == nil && name != nil && s.with.Has("password-missing-accepted") {
		if account, known := s.account(*name, ""); known {
			password = &account.Password
		}
	}
	return name, password
}

// account finds the account by its user name.
func (s *Server) account(name, password string) (Account, bool) {
	for _, a := range []Account{s.config.User, s.config.OtherUser} {
		if same(name, a.UserName) {
			return a, true
		}
		if s.with.Has("user-name-ignored") && same(password, a.Password) {
			return a, true
		}
	}
	if s.with.Has("any-user-accepted") {
		return Account{UserName: name, Password: password, UserGroup: "users"}, true
	}
	return Account{}, false
}

// matches says whether the given password is the real one.
func (s *Server) matches(sent form, given, real string) bool {
	switch {
	case s.with.Has("any-password-accepted"):
		return true
	case s.with.Has("xml-any-password-accepted") && sent == asXML:
		return true
	case s.with.Has("json-any-password-accepted") && sent == asJSON:
		return true
	case s.with.Has("password-without-case"):
		return strings.EqualFold(given, real)
	case s.with.Has("password-by-prefix"):
		return strings.HasPrefix(real, given)
	case s.with.Has("password-first-eight"):
		return same(head(given), head(real))
	}
	return same(given, real)
}

// head is the first eight letters of a password, which old systems looked at only.
func head(password string) string {
	letters := []rune(password)
	return string(letters[:min(8, len(letters))])
}

// same compares two secrets in a time that tells nothing about them.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// locked says whether three wrong passwords in a row have closed the account. Only a variant locks at all.
func (s *Server) locked(a Account) bool {
	if !s.with.Has("account-locks") {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused[a.UserName] >= 3
}

func (s *Server) count(a Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused[a.UserName]++
}

func (s *Server) forgive(a Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.refused, a.UserName)
}
