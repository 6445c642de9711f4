package sdm

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// keyCookie is the second cookie's name, where a variant needs two.
const keyCookie = "SDMKEY"

func (s *Server) cookieName() string {
	if s.with.Has("cookie-with-another-name") {
		return "sdm.session-2"
	}
	return "JSESSIONID"
}

// setCookies gives the session to the client.
func (s *Server) setCookies(w http.ResponseWriter, r *http.Request, opened *session) {
	name, id := s.cookieName(), opened.id
	switch {
	case s.with.Has("cookie-absent"),
		s.with.Has("xml-cookie-absent") && opened.by == asXML,
		s.with.Has("json-cookie-absent") && opened.by == asJSON:
		return
	case s.with.Has("cookie-in-another-header"):
		w.Header().Set("X-Session-Cookie", name+"="+id)
		return
	case s.with.Has("cookie-without-name"):
		w.Header().Set("Set-Cookie", id+"; Path=/rest; HttpOnly")
		return
	case s.with.Has("cookie-empty"):
		id = ""
	}
	if s.with.Has("other-cookies-before") {
		w.Header().Add("Set-Cookie", "route=node7; Path=/")
		w.Header().Add("Set-Cookie", `theme="dark"; Path=/; Max-Age=31536000`)
	}
	if s.with.Has("other-cookie-http-only") {
		w.Header().Add("Set-Cookie", "route=node7; Path=/; HttpOnly")
	}
	if s.with.Has("two-cookies-needed") {
		w.Header().Add("Set-Cookie", strings.Join(append([]string{keyCookie + "=" + opened.key}, s.attributes(r)...), "; "))
	}
	w.Header().Add("Set-Cookie", strings.Join(append([]string{name + "=" + id}, s.attributes(r)...), "; "))
	if s.with.Has("cookie-of-other-path-cleared") {
		w.Header().Add("Set-Cookie", name+"=; Path=/console; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
	}
	if s.with.Has("cookie-for-other-path-too") {
		w.Header().Add("Set-Cookie", name+"="+s.newSessionID()+"; Path=/console; HttpOnly")
	}
	if s.with.Has("other-cookies-after") {
		w.Header().Add("Set-Cookie", "XSRF-TOKEN=5b1c0e; Path=/")
		w.Header().Add("Set-Cookie", "last=; Path=/; Max-Age=0")
	}
}

// attributes are those of the session cookie: of its path, its lifetime and its protection.
func (s *Server) attributes(r *http.Request) []string {
	path := "Path=/rest"
	switch {
	case s.with.Has("cookie-path-of-login"):
		path = "Path=" + r.URL.Path
	case s.with.Has("cookie-path-elsewhere"):
		path = "Path=/console"
	case s.with.Has("cookie-path-is-root"):
		path = "Path=/"
	}
	attributes := []string{path}
	if s.with.Has("cookie-domain-elsewhere") {
		attributes = append(attributes, "Domain=sdm.example")
	}
	if s.with.Has("cookie-expired") {
		attributes = append(attributes, "Expires=Thu, 01 Jan 1970 00:00:00 GMT")
	}
	if s.with.Has("cookie-max-age-zero") {
		attributes = append(attributes, "Max-Age=0")
	}
	if s.with.Has("cookie-with-lifetime") {
		end := s.config.Now().Add(idleLimit).UTC().Format(http.TimeFormat)
		attributes = append(attributes, "Max-Age=1800", "Expires="+end)
	}
	if !s.with.Has("cookie-not-http-only") && !s.with.Has("other-cookie-http-only") {
		attributes = append(attributes, "HttpOnly")
	}
	if r.TLS != nil && !s.with.Has("cookie-not-secure") {
		attributes = append(attributes, "Secure")
	}
	if s.with.Has("cookie-with-more-attributes") {
		attributes = append(attributes, "SameSite=Lax", "Version=1", "Priority=High", `Comment="of the REST API"`)
	}
	return s.written(attributes)
}

// written puts the attributes into another order or case, or leaves them out.
func (s *Server) written(attributes []string) []string {
	if s.with.Has("cookie-without-attributes") {
		return nil
	}
	if s.with.Has("cookie-attributes-in-any-order") {
		rand.Shuffle(len(attributes), func(i, j int) { attributes[i], attributes[j] = attributes[j], attributes[i] })
	}
	if s.with.Has("cookie-attributes-in-other-case") {
		for i, a := range attributes {
			key, value, given := strings.Cut(a, "=")
			attributes[i] = strings.ToLower(key)
			if given {
				attributes[i] = strings.ToUpper(key) + "=" + value
			}
		}
	}
	return attributes
}

// setAnonymousCookie gives the client a cookie that opens nothing, as Tomcat does with any new visitor.
func (s *Server) setAnonymousCookie(w http.ResponseWriter) {
	w.Header().Add("Set-Cookie", fmt.Sprintf("%s=%s; Path=/rest; HttpOnly", s.cookieName(), s.newSessionID()))
}

// rememberPassword is what a server does that repeats the password outside the body.
func (s *Server) rememberPassword(w http.ResponseWriter, given credentials) {
	if given.password == nil {
		return
	}
	if s.with.Has("password-in-header") {
		w.Header().Set("X-Authenticated-With", *given.password)
	}
	if s.with.Has("password-in-cookie") {
		w.Header().Add("Set-Cookie", "remember="+url.QueryEscape(*given.password)+"; Path=/rest; HttpOnly")
	}
}

func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (s *Server) rememberAddress(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[address(r)] = true
}

func (s *Server) knownAddress(r *http.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[address(r)]
}
