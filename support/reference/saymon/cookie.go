package saymon

import (
	"encoding/base64"
	"net"
	"net/http"
	"strings"
	"time"
)

// setCookies sets the sid cookie, and the others that a variant sets beside it.
func (s *Server) setCookies(w http.ResponseWriter, r *http.Request, id string, by way) {
	set := func(line string) { w.Header().Add("Set-Cookie", line) }
	if s.with.Has("cookie-missing") || s.with.Has("cookie-missing-by-"+string(by)) {
		return
	}
	if s.with.Has("session-needs-second-cookie") {
		set("csrf=" + s.store.secondOf(id) + "; Path=/")
	}
	if s.with.Has("other-cookies-before") {
		set("csrf=" + newUUID() + "; Path=/; Secure; SameSite=Strict")
		set("lang=ru")
		set("xsid=" + newUUID() + "; Path=/node; Max-Age=60")
	}
	if s.with.Has("cookie-expired-first") {
		set("sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0")
	}
	line := s.cookieName() + "=" + s.cookieValue(id, by) + s.cookieAttributes(r, by)
	switch {
	case s.with.Has("cookie-in-other-header"):
		w.Header().Add("X-Set-Cookie", line)
	case s.with.Has("cookie-folded-into-another"):
		set("lang=ru; Path=/, " + line)
	default:
		set(line)
	}
	if s.with.Has("cookie-set-twice-alike") {
		set(line)
	}
	if s.with.Has("cookie-set-again-with-other-id") {
		set("sid=" + newUUID() + s.cookieAttributes(r, by))
	}
	if s.with.Has("cookie-cleared-at-once") {
		set("sid=; Path=/; Max-Age=0")
	}
	if s.with.Has("cookie-cleared-for-other-path") {
		set("sid=; Path=/legacy; Max-Age=0")
	}
	if s.with.Has("cookie-for-other-path-after") {
		set("sid=" + newUUID() + "; Path=/ui; HttpOnly" + s.secure(r))
	}
	if s.with.Has("other-cookies-after") {
		set("sid.sig=" + newUUID() + "; Path=/")
		set("route=a7; Path=/other; HttpOnly")
	}
}

func (s *Server) cookieName() string {
	switch {
	case s.with.Has("cookie-named-session-id"):
		return "sessionId"
	case s.with.Has("cookie-named-in-upper-case"):
		return "SID"
	}
	return "sid"
}

func (s *Server) cookieValue(id string, by way) string {
	switch {
	case s.with.Has("cookie-other-id"), s.with.Has("cookie-other-id-by-" + string(by)):
		return newUUID()
	case s.with.Has("cookie-empty"):
		return ""
	case s.with.Has("cookie-quoted"):
		return `"` + id + `"`
	case s.with.Has("cookie-signed"):
		return "s%3A" + id + "." + decimal()
	case s.with.Has("cookie-in-base64"):
		return base64.RawURLEncoding.EncodeToString([]byte(id))
	case s.with.Has("cookie-in-other-case"):
		return otherCase(id)
	case s.with.Has("cookie-without-hyphens"):
		return strings.ReplaceAll(id, "-", "")
	case s.with.Has("cookie-cut-short"):
		return id[:8]
	}
	return id
}

// otherCase returns the ID in upper case. Session IDs are compared as they stand.
func otherCase(id string) string { return strings.ToUpper(id) }

// cookieAttributes returns all that follows the cookie's value.
func (s *Server) cookieAttributes(r *http.Request, by way) string {
	switch {
	case s.with.Has("cookie-attributes-in-lower-case"):
		return "; path=/; httponly" + s.secure(r)
	case s.with.Has("cookie-attributes-reordered"):
		return s.secure(r) + "; SameSite=Lax; HttpOnly; Path=/"
	case s.with.Has("cookie-attributes-without-spaces"):
		return strings.ReplaceAll(s.secure(r), " ", "") + ";HttpOnly;Path=/;"
	case s.with.Has("cookie-lives-an-hour"):
		end := s.now().UTC().Add(time.Hour).Format(http.TimeFormat)
		return "; Max-Age=3600; Path=/; Expires=" + end + "; HttpOnly" + s.secure(r)
	case s.with.Has("cookie-with-unknown-attributes"):
		return "; Priority=High; Path=/; Partitioned; SameSite=None; HttpOnly; Secure; Version=1"
	case s.with.Has("cookie-with-domain"):
		return "; Domain=" + hostOf(r) + "; Path=/; HttpOnly" + s.secure(r)
	}
	return s.cookiePath(by) + s.httpOnly() + s.secure(r) + s.cookieEnd()
}

func (s *Server) cookiePath(by way) string {
	switch {
	case s.with.Has("cookie-path-missing"), s.with.Has("cookie-path-missing-by-" + string(by)):
		return ""
	case s.with.Has("cookie-path-empty"):
		return "; Path="
	case s.with.Has("cookie-path-node"):
		return "; Path=/node"
	case s.with.Has("cookie-path-users"):
		return "; Path=/node/api/users"
	case s.with.Has("cookie-path-relative"):
		return "; Path=node"
	}
	return "; Path=/"
}

func (s *Server) httpOnly() string {
	if s.with.Has("cookie-without-http-only") {
		return ""
	}
	return "; HttpOnly"
}

// secure returns the attribute where the request came over https.
func (s *Server) secure(r *http.Request) string {
	if r.TLS == nil || s.with.Has("cookie-without-secure") {
		return ""
	}
	return "; Secure"
}

func (s *Server) cookieEnd() string {
	switch {
	case s.with.Has("cookie-expired"):
		return "; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
	case s.with.Has("cookie-max-age-zero"):
		return "; Max-Age=0"
	}
	return ""
}

func hostOf(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		return host
	}
	return r.Host
}
