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

// reason says why a request is refused.
type reason int

const (
	fine           reason = iota // not at all
	unknownVersion               // a version that the server does not know
	versionAlmost                // one that resembles a known one
	versionSpelt                 // a known one in another spelling
	bodyEmpty
	bodyMalformed
	wrongType
	wrongRoot
	externalEntity
	entityBomb
	userNameMissing
	userNameEmpty
	passwordMissing
	passwordEmpty
	wrongPassword
	unknownUser
	mediaTypeUnknown
	notAcceptable
	noSession
	invented
	ended        // by a logout
	nothingToEnd // a logout without a live session
	noSuchCall
	tooMany // sessions of a user, for a variant
)

// wrongVersions are the reasons for which a version cannot be found.
var wrongVersions = []reason{unknownVersion, versionAlmost, versionSpelt}

// invalid is the document's sentence for whoever is not let in; it does not tell what was wrong.
const invalid = "The user ID or password is invalid."

// refusals are the answers: the document's statuses (400, 401, 404) and, for what it does not speak of, those of HTTP.
var refusals = map[reason]struct {
	status  int
	message string
}{
	unknownVersion:   {404, "The REST API version of the request cannot be found."},
	versionAlmost:    {404, "The REST API version of the request cannot be found."},
	versionSpelt:     {404, "The REST API version of the request cannot be found."},
	bodyEmpty:        {400, "The body is empty."},
	bodyMalformed:    {400, "The body is not well-formed."},
	wrongType:        {400, "The userName and the password are texts."},
	wrongRoot:        {400, "The body is no session."},
	externalEntity:   {400, "The body declares external entities."},
	entityBomb:       {400, "The body declares entities."},
	userNameMissing:  {400, "The userName is missing."},
	userNameEmpty:    {401, invalid},
	passwordMissing:  {400, "The password is missing."},
	passwordEmpty:    {401, invalid},
	wrongPassword:    {401, invalid},
	unknownUser:      {401, invalid},
	mediaTypeUnknown: {415, "The media type of the body is unknown."},
	notAcceptable:    {406, "No media type that is asked for can be written."},
	noSession:        {401, "There is no session."},
	invented:         {401, "There is no such session."},
	ended:            {401, "The session is over."},
	nothingToEnd:     {401, "There is no session to end."},
	noSuchCall:       {404, "There is no such call."},
	tooMany:          {403, "The user has too many sessions."},
}

// refuse answers a request that is refused, in the form that was asked for. No document says how a refusal looks.
func (t *turn) refuse() {
	t.Take(refusing, t)
	refused := refusals[t.why]
	message := refused.message
	if t.detail != "" {
		message += " Read: " + t.detail
	}
	switch status := refused.status; formOf(t.wanted) {
	case asXML:
		t.say(status, "application/xml",
			fmt.Sprintf("%s<error><code>%d</code><message>%s</message></error>", xml.Header, status, escaped(message)))
	case asJSON:
		t.say(status, "application/json", fmt.Sprintf(`{"code": %d, "message": %s}`, status, reference.JSON(message)))
	default:
		t.say(status, "text/plain; charset=utf-8", message+"\n")
	}
}
