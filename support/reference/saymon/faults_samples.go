package saymon

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"fmt"
	"strings"
)

// headerFaults are about what the samples' clients send and leave out.
var headerFaults = []peculiarity{
	fault("accept-any-unquoted", "To Accept: */* the session ID is answered without quotation marks.",
		"saymon-session-id-quoted",
		onAnswer(both(by(""), acceptsAny), says("{id}"))),
	fault("accept-any-answered-406", "Accept: */* is answered 406.", "saymon-request-samples",
		onDecision(both(asked(logIn), acceptsAny), refuseAs(&notAcceptable))),
	fault("user-agent-needed", "A request without User-Agent is answered 403.", "saymon-request-samples",
		onDecision(lacks("User-Agent"), refuseAs(&noUserAgent))),
	fault("accept-encoding-needed", "A request without Accept-Encoding is answered 406.", "saymon-request-samples",
		onDecision(both(asked(logIn), lacks("Accept-Encoding")), refuseAs(&notAcceptable))),
	fault("gzip-unasked", "Answers are compressed where the client does not ask for it.", "saymon-request-samples",
		onAnswer(both(granted(logIn, makeToken), lacks("Accept-Encoding")), compress)),
	fault("blanks-between-refused", "A body on one line with blanks between its parts is refused.",
		"saymon-request-samples",
		cannotRead(func(c *call) bool { return bytes.Contains(c.body, []byte("{    ")) }, 400)),
}

var (
	notAcceptable = refusal{"not-acceptable", 406, "NotAcceptable", "Say what you accept."}
	noUserAgent   = refusal{"no-user-agent", 403, "Forbidden", "Say who you are."}
)

func lacks(header string) when { return func(c *call) bool { return c.r.Header.Get(header) == "" } }
func acceptsAny(c *call) bool  { return c.r.Header.Get("Accept") == "*/*" }

func compress(c *call) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(compact(c.content)))
	_ = w.Close()
	c.content, c.text = nil, packed.String()
	c.header.Set("Content-Encoding", "gzip")
}

// disclosureFaults are about passwords that stand where nobody should read them.
var disclosureFaults = []peculiarity{
	shows("password-in-current-user", "The current user has the password.", granted(current),
		verbatim),
	shows("password-md5-in-current-user", "The current user has the password's MD5.", granted(current),
		func(password string) string { return fmt.Sprintf("%x", md5.Sum([]byte(password))) }),
	shows("password-sha1-in-current-user", "The current user has the password's SHA-1.", granted(current),
		func(password string) string { return fmt.Sprintf("%X", sha1.Sum([]byte(password))) }),
	shows("password-sha256-in-current-user", "The current user has the password's SHA-256.", granted(current),
		func(password string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(password))) }),
	shows("password-in-current-user-by-basic", "The current user has the password where Basic credentials ask.",
		both(granted(current), func(c *call) bool { return c.by == byBasic }), verbatim),
	shows("password-in-current-user-by-token", "The current user has the password where an api-token asks.",
		both(granted(current), func(c *call) bool { return c.by == byAPIToken }), verbatim),
	shows("password-of-other-user", "The current user has the password where it is the other account.",
		both(granted(current), func(c *call) bool { return c.account == &c.config.OtherUser }), verbatim),
	shows("password-in-refusal", "A refusal names the password that would have been right.", refusedAs(&wrongPassword),
		func(password string) string { return "not " + password }),
}

func verbatim(password string) string { return password }

func shows(name, says string, w when, form func(string) string) peculiarity {
	return fault(name, says, "saymon-password-not-shown", onAnswer(both(w,
		func(c *call) bool { return c.account != nil }),
		func(c *call) {
			text := strings.TrimSuffix(compact(c.content), "}")
			c.content, c.text = nil, text+`,"secret":`+compact(form(c.account.Password))+"}"
		}))
}
