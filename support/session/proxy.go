package session

import (
	"net/url"

	"session-conformance/support/evidence"
)

// ProxyFields are the header fields by which a proxy says where a request comes from and who makes it. Who believes
// them of anybody lets anybody in.
func ProxyFields(login string) (all []evidence.Option) {
	for name, value := range map[string]string{"X-Forwarded-For": "127.0.0.1", "X-Real-Ip": "127.0.0.1",
		"Forwarded":        "for=127.0.0.1",
		"X-Forwarded-User": url.QueryEscape(login), "X-Remote-User": url.QueryEscape(login),
		"Remote-User": url.QueryEscape(login)} {
		all = append(all, evidence.Header(name, value))
	}
	return all
}

// NamedInQuery are parameters of an address that name the user. Who believes them lets anybody in.
func NamedInQuery(login string) (all []evidence.Option) {
	for _, name := range []string{"login", "user", "userName", "username"} {
		all = append(all, evidence.Query(name, login))
	}
	return all
}
