package wire

import "session-conformance/support/reference"

// Variants are ways of speaking that HTTP leaves open. They fit any server and one another.
var Variants = []reference.Variant{
	{Name: "answers-gzipped", Says: "Answers are compressed where the client accepts gzip."},
	{Name: "answers-in-chunks", Says: "Answers come in chunks of a few bytes instead of with their length."},
	{Name: "answers-with-trailers",
		Says: "Answers come in chunks with extensions, and header fields follow the last one."},
	{Name: "answers-in-two-writes", Says: "An answer's body stops halfway for a moment."},
	{Name: "answers-until-close", Says: "Answers have neither a length nor chunks: they end where the connection does."},
	{Name: "slow-answers", Says: "Every answer takes 300 ms."},
	{Name: "closes-after-each-answer", Says: "Every answer says Connection: close, and so it is."},
	{Name: "closes-idle-connections", Says: "A connection promised to be kept is closed without notice a few " +
		"milliseconds after the answer."},
	{Name: "closes-at-the-second-request", Says: "A connection promised to be kept is closed when the second request " +
		"has come, unanswered."},
	{Name: "resets-at-the-second-request", Says: "A connection promised to be kept is reset when the second request " +
		"has come, unanswered."},
	{Name: "http-1-0", Says: "Answers are HTTP/1.0: no chunks, no length, the connection ends."},
	{Name: "header-names-in-lower-case", Says: "Header names come in lower case."},
	{Name: "header-values-with-white-space", Says: "Header values have spaces and tabs around them."},
	{Name: "headers-of-a-proxy", Says: "A proxy adds its header fields and a cookie that ties the client to a server."},
	{Name: "content-encoding-of-a-charset", Says: "Answers name a charset as their Content-Encoding, which is none."},
	{Name: "sessions-of-one-user-agent", Says: "A session is bound to the User-Agent of its login."},
	{Name: "token-against-forgery", Says: "A second cookie comes with the first, and a logout that has it must name its " +
		"value in a header field."},
	{Name: "token-against-forgery-django", Says: "A cookie csrftoken comes with the first, and a logout that has it " +
		"must name its value in X-CSRFToken."},
	{Name: "cookies-set-anew-always", Says: "The cookies of a request are set anew by its answer, a refusal's too."},
	{Name: "refusals-repeat-the-request", Says: "A refusal's body repeats the request's body, URL and cookies."},
	{Name: "firewall-answers-200", Says: "A firewall answers a request with an odd cookie 200, by a page of its own.",
		Open: "saymon-refuses-invented-session sdm-session-invented sessions-user-invented-session " +
			"sessions-details-invented-session"},
	{Name: "resets-odd-cookies", Says: "A request with a cookie that looks like an attack ends the connection."},
	{Name: "no-date", Says: "Answers have no Date."},
	{Name: "no-reason-phrase", Says: "The status line ends after the code and a space."},
	{Name: "another-reason-phrase", Says: "The status line's words are not the usual ones."},
	{Name: "early-hints", Says: "103 Early Hints come before every answer."},
	{Name: "continue-first", Says: "100 Continue comes before every answer, asked for or not."},
	{Name: "limits-requests", Says: "More than 20 requests in a second are answered 429, without Retry-After."},
	{Name: "limits-requests-rounding-down", Says: "More than 20 requests in a second are answered 429, with " +
		"Retry-After: 0."},
	{Name: "limits-requests-saying-when", Says: "More than 20 requests in a second are answered 429, with " +
		"Retry-After: 1."},
	{Name: "limits-requests-by-503", Says: "More than 20 requests in a second are answered 503 with a page of nginx, " +
		"without Retry-After."},
	{Name: "locks-after-two-in-a-row", Says: "An account is locked after two refused logins without a good one by " +
		"password between."},
	{Name: "locks-two-within-a-second", Says: "An account is locked after two refused logins within a second, without " +
		"a good one between."},
	{Name: "locks-three-within-a-minute", Says: "An account is locked after three refused logins within a minute, " +
		"without a good one between."},
	{Name: "locks-five-in-a-row", Says: "An account is locked after five refused logins without a good one by password " +
		"between, empty passwords included."},
}
