package sessions

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"unicode/utf16"
)

// sampleFaults are right requests in a form that clients send, and answers that they cannot read.
var sampleFaults = slices.Concat(
	breaks("sessions-accept-any",
		is("accept-any-406", "Who accepts anything is answered 406.", on(shown, when(accepts("*/*"), turnedAway(406)))),
		is("accept-absent-406", "A call without Accept is answered 406.", on(shown, when(accepts(""), turnedAway(406)))),
		is("user-agent-required", "A client that does not name itself is answered 403.",
			on(shown, when(func(a *answer) bool { return a.request.Header.Get("User-Agent") == "" }, turnedAway(403))))),
	breaks("sessions-secret-in-no-answer",
		is("details-show-password", "The user's details show the password.",
			on(at(details), showsPassword(func(p string) string { return p }))),
		theUser.does("user-shows-password-md5", "shows the password's MD5",
			showsPassword(func(p string) string { return fmt.Sprintf("%x", md5.Sum([]byte(p))) })),
		is("user-shows-basic-credentials", "GET /session/user shows login and password in Base64, as Basic sends them.",
			on(at(user), func(_ *Server, a *answer) {
				of := a.session.owner
				added("auth", base64.StdEncoding.EncodeToString([]byte(of.Login+":"+of.Password)))(nil, a)
			})),
		theUser.does("user-shows-password-in-address", "shows the password in an address, escaped as there",
			showsPassword(url.QueryEscape)),
		is("details-show-salted-hash", "The user's details show what bcrypt makes of the password.",
			on(at(details), added("hash", "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"))),
		is("refusal-shows-password-in-a-header", "The refusal of a wrong password tells the right one in a header.",
			on(refused(login, wrongPassword), func(s *Server, a *answer) {
				with("X-Debug", url.PathEscape(s.user.Password))(s, a)
			})),
		is("details-show-password-sha-256", "The user's details show the password's SHA-256 in Base64.",
			on(at(details), showsPassword(sha256Base64))),
		theUser.does("user-shows-token", "shows the user's token",
			func(s *Server, a *answer) { added("apiToken", s.config.Token)(s, a) }),
		is("refusal-shows-right-password", "The refusal of a wrong password tells the right one.",
			on(refused(login, wrongPassword), func(s *Server, a *answer) { added("expected", s.user.Password)(s, a) }))),
)

// accepts says whether a request's Accept header is this one.
func accepts(media string) func(*answer) bool {
	return func(a *answer) bool { return a.request.Header.Get("Accept") == media }
}

// showsPassword adds the password of whose session it is, in some form.
func showsPassword(form func(string) string) change {
	return func(s *Server, a *answer) { added("secret", form(a.session.owner.Password))(s, a) }
}

func sha256Base64(password string) string {
	sum := sha256.Sum256([]byte(password))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// utf16Bytes writes a text in UTF-16, the low byte first, without a mark.
func utf16Bytes(text []byte) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(string(text))) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}
