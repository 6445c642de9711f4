package evidence

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"path"
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// named is the account that a login names which must not succeed: some products count it as a wrong password. It is
// empty where the request is none, or names nobody.
func (r *recorder) named(c call) string {
	if c.wrong != "" || !c.refuse {
		return c.wrong
	}
	for _, a := range r.target.Accounts() {
		names := holdsLogin(c.request, a.Login) || a.Email != "" && holdsLogin(c.request, a.Email)
		if a.Body == nil && names && r.sameCall(c, a.Name) || a.Body != nil && r.namesPosted(c, a) {
			return a.Name
		}
	}
	return ""
}

// namesPosted says whether a request to the call at which an account's body is posted carries a text of it.
func (r *recorder) namesPosted(c call, a target.Account) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	right, known := r.good[a.Name]
	if !known {
		right = r.turned[a.Name]
	}
	if right.request.URL != c.request.URL {
		return false
	}
	for _, value := range a.Body {
		if text, is := value.(string); is && text != "" && holdsLogin(c.request, text) {
			return true
		}
	}
	return false
}

// sameCall says whether a request goes to the call at which the account logs in by password, of whatever version; a
// login by token counts nowhere against a name that its token happens to be.
func (r *recorder) sameCall(c call, name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	good, known := r.good[name]
	return !known || c.request.Header.Get("Authorization") != "" ||
		path.Base(pathOf(good.request.URL)) == path.Base(pathOf(c.request.URL))
}

// holdsLogin says whether a request carries the login as a text of its own: in JSON, in XML, or as Basic credentials.
func holdsLogin(request exchange.Request, login string) bool {
	asJSON, _ := json.Marshal(login)
	var asXML bytes.Buffer
	_ = xml.EscapeText(&asXML, []byte(login)) // a Buffer cannot fail
	if bytes.Contains(request.Body, []byte(`"`+login+`"`)) || bytes.Contains(request.Body, asJSON) ||
		bytes.Contains(request.Body, []byte(">"+asXML.String()+"<")) {
		return true
	}
	basic, is := strings.CutPrefix(request.Header.Get("Authorization"), "Basic ")
	given, err := base64.StdEncoding.DecodeString(basic)
	return is && err == nil && bytes.HasPrefix(given, []byte(login+":"))
}
