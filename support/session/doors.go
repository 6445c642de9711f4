package session

import (
	"fmt"
	"net/url"
	"strings"

	"session-conformance/support/evidence"
)

// Path is another way to write the path of a call.
type Path struct {
	Name  string // after "without a session"
	Write func(path string) string
}

// paths are ways that some servers find a call by, and some checks of who calls do not.
var paths = []Path{
	{"with a slash behind the path", func(path string) string { return path + "/" }},
	{"with a parameter behind the path", func(path string) string { return path + ";a=b" }},
	{"with a slash too many in the path", func(path string) string { return afterFirst(path, "/") }},
	{"with a dot for a part of the path", func(path string) string { return afterFirst(path, "./") }},
	{"with a capital letter in the path", func(path string) string {
		return inLast(path, func(letter string) string { return strings.ToUpper(letter) })
	}},
	{"with a letter of the path by its number", func(path string) string {
		return inLast(path, func(letter string) string { return fmt.Sprintf("%%%02X", letter) })
	}},
}

// inLast writes the first letter of a path's last part in another way.
func inLast(path string, write func(letter string) string) string {
	i := strings.LastIndex(path, "/") + 1
	return path[:i] + write(path[i:i+1]) + path[i+1:]
}

// afterFirst puts a text behind the first part of a path.
func afterFirst(path, text string) string {
	i := strings.Index(path[1:], "/") + 2
	return path[:i] + text + path[i:]
}

// PathStep is a call whose path is written in another way.
type PathStep struct {
	Path
	Step *evidence.Step
}

// PathSteps declares one for each of the paths; their names begin with a text.
func PathSteps(of *evidence.Steps, begin string) (all []PathStep) {
	for _, p := range paths {
		all = append(all, PathStep{p, of.Step(begin + p.Name)})
	}
	return all
}

// userFields are the header fields in which a proxy says who makes a request.
var userFields = []string{"X-Forwarded-User", "X-Remote-User", "Remote-User", "X-Authenticated-User", "X-Auth-User",
	"X-User", "X-Username", "X-User-Id"}

// ProxyFields are the header fields by which a proxy says where a request comes from and who makes it. Who believes
// them of anybody lets anybody in.
func ProxyFields(login string) []evidence.Option { return append(UserFields(login), LocalFields()...) }

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
