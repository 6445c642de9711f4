package session

import (
	"net/url"

	"session-conformance/support/evidence"
)

// userFields are the header fields in which a proxy says who makes a request.
var userFields = []string{"X-Forwarded-User", "X-Remote-User", "Remote-User", "X-Authenticated-User", "X-Auth-User",
	"X-User", "X-Username", "X-User-Id"}

// ProxyFields are the header fields by which a proxy says where a request comes from and who makes it. Who believes
// them of anybody lets anybody in.
func ProxyFields(login string) []evidence.Option {
	return append(UserFields(login), LocalFields()...)
}

// UserFields say who makes a request.
func UserFields(login string) (all []evidence.Option) {
	for _, name := range userFields {
		all = append(all, evidence.Header(name, url.QueryEscape(login)))
	}
	return all
}

// LocalFields say that a request comes from the server's own machine.
func LocalFields() []evidence.Option {
	return []evidence.Option{evidence.Header("X-Forwarded-For", "127.0.0.1"), evidence.Header("X-Real-Ip", "127.0.0.1"),
		evidence.Header("Forwarded", "for=127.0.0.1"), evidence.Header("X-Client-Ip", "127.0.0.1")}
}

// OddBasic are Basic credentials of nobody that some checks fail on, or find nothing wrong with: they must let nobody
// in.
var OddBasic = []struct{ Name, Field string }{
	{"Basic credentials that are no base64", "Basic a"},
	{"Basic credentials without a colon", "Basic bm9ib2R5"},
	{"Basic credentials of neither a login nor a password", "Basic Og=="},
}

// NamedInQuery are parameters of an address that name the user. Who believes them lets anybody in.
func NamedInQuery(login string) (all []evidence.Option) {
	for _, name := range []string{"login", "user", "userName", "username"} {
		all = append(all, evidence.Query(name, login))
	}
	return all
}
