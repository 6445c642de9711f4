package sdm

import (
	"encoding/xml"
	"fmt"
	"net/http"

	"session-conformance/support/reference"
)

// bodyLimit is the longest body that the server reads, in bytes.
const bodyLimit = 64 << 10

// call is one of the calls that the server offers.
type call string

const (
	login      call = "login"
	logout     call = "logout"
	serverInfo call = "serverInfo"
)

// turn is one request on its way through the server: what it asks, what is decided, what is answered.
type turn struct {
	*Server
	r    *http.Request
	call call

	body    []byte
	tooLong bool
	sent    form   // of a login's body by its Content-Type, "" for any that the server does not take
	wanted  string // the media type that the answer shall have, "" if Accept allows none
	given   credentials
	account Account // that the credentials name

	why     reason // it is refused
	detail  string // added to a refusal's message
	session *session
	goesOn  bool // a logout leaves the session alive

	fields []field // of a login's answer
	text   string  // of a login's answer
	fatal  bool    // there is no answer: the connection ends
	reference.Reply
}

type cookie = reference.Cookie

// say makes the answer; an empty media type leaves the Content-Type out.
func (t *turn) say(status int, media, content string) {
	t.Status, t.Media, t.Body = status, media, content
}

// refusal says why a request is refused, and how that is answered: with the document's statuses (400, 401, 404) and,
// for what it does not speak of, those of HTTP.
type refusal struct {
	status  int
	message string
}

type reason = *refusal

// What more than one refusal says; invalid is the document's sentence for whoever is not let in: it does not tell what
// was wrong.
const (
	invalid   = "The user ID or password is invalid."
	noVersion = "The REST API version of the request cannot be found."
)

var (
	fine reason // not refused at all

	unknownVersion   = &refusal{404, noVersion} // a version that the server does not know
	versionAlmost    = &refusal{404, noVersion} // one that resembles a known one
	versionSpelt     = &refusal{404, noVersion} // a known one in another spelling
	bodyEmpty        = &refusal{400, "The body is empty."}
	bodyMalformed    = &refusal{400, "The body is not well-formed."}
	wrongType        = &refusal{400, "The userName and the password are texts."}
	wrongRoot        = &refusal{400, "The body is no session."}
	externalEntity   = &refusal{400, "The body declares external entities."}
	entityBomb       = &refusal{400, "The body declares entities."}
	userNameMissing  = &refusal{400, "The userName is missing."}
	userNameEmpty    = &refusal{401, invalid}
	passwordMissing  = &refusal{400, "The password is missing."}
	passwordEmpty    = &refusal{401, invalid}
	wrongPassword    = &refusal{401, invalid}
	unknownUser      = &refusal{401, invalid}
	mediaTypeUnknown = &refusal{415, "The media type of the body is unknown."}
	notAcceptable    = &refusal{406, "No media type that is asked for can be written."}
	noSession        = &refusal{401, "There is no session."}
	invented         = &refusal{401, "There is no such session."}
	ended            = &refusal{401, "The session is over."}        // by a logout
	nothingToEnd     = &refusal{401, "There is no session to end."} // by a logout without a live one
	noSuchCall       = &refusal{404, "There is no such call."}
	tooMany          = &refusal{403, "The user has too many sessions."} // for a variant

	// wrongVersions are the reasons for which a version cannot be found.
	wrongVersions = []reason{unknownVersion, versionAlmost, versionSpelt}
)

// refuse answers a request that is refused, in the form that was asked for. No document says how a refusal looks.
func (t *turn) refuse() {
	t.Take(refusing, t)
	message := t.why.message
	if t.detail != "" {
		message += " Read: " + t.detail
	}
	switch status := t.why.status; formOf(t.wanted) {
	case asXML:
		t.say(status, "application/xml",
			fmt.Sprintf("%s<error><code>%d</code><message>%s</message></error>", xml.Header, status, escaped(message)))
	case asJSON:
		t.say(status, "application/json", fmt.Sprintf(`{"code": %d, "message": %s}`, status, reference.JSON(message)))
	default:
		t.say(status, "text/plain; charset=utf-8", message+"\n")
	}
}
