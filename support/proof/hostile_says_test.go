//go:build e2e

package proof

import "session-conformance/support/report"

// expected is what must come of a hostile case.
type expected struct {
	verdict report.Verdict // of the target; empty: whatever
	says    string         // somewhere in what the results say of the target, as a regular expression
	most    bool           // most specs are judged: the case shows once, or here and there
}

// The sentences that a vendor reads.
const (
	brokenHeader = "the answer's header has a line that HTTP does not allow"
	longHeader   = "the answer's header was longer than 1 MiB"
	tooMuch      = "its answers are longer than 8 MiB in all, which no documented call needs"
	tooSlow      = `none within the timeout of \ds`
	noHTTP       = "what came is not HTTP: its status line cannot be read"
	wrongLength  = "Content-Length is no length, or it has several that differ"
	wrongChunks  = "chunks are broken"
	notWhole     = "closed before the answer was whole|the connection was reset"
	fourMiB      = "the answer was longer than 4 MiB"
	undecoded    = "the answer is encoded as .*, which was not asked for or does not decode"
)

// once is a case that spoils one answer: the specs that read it are open, all others are judged.
func once(says string) expected { return expected{report.Inconclusive, says, true} }

// closed is a case that leaves nothing to judge.
func closed(says string) expected { return expected{report.Inconclusive, says, false} }

// wrong is a case that breaks clauses; the results say what came instead.
func wrong(says string) expected { return expected{report.NonConformant, says, true} }

var fine = expected{verdict: report.Conformant, most: true}

var expectations = map[string]expected{
	"refuses":             closed("nothing listens at that address and port"),
	"silent":              closed(tooSlow),
	"silent-once":         once(tooSlow),
	"closes":              closed(notWhole),
	"closes-once":         fine, // nothing came on a connection that was kept: it had closed idle
	"resets":              closed("the connection was reset"),
	"resets-once":         fine, // as closes-once
	"resets-after-status": once(notWhole),
	"resets-in-body":      once(notWhole),
	"drips":               once(tooSlow),
	"drips-body":          once(tooSlow),
	"dies":                closed("3 requests in a row got no answer .the connection was (refused|reset)"),
	"slows-down":          closed("3 requests in a row got no answer .none within the timeout of"),
	// Which request gets the answer to another one is luck: a good login that gets a refusal ends the target.
	"answers-another": {says: "expected|that was accepted before is answered"},
	// An answer too many may be dropped or taken for the next one: that is luck.
	"answers-twice":   {},
	"answers-unasked": {says: "before anything was asked|no answer|expected"},

	"length-too-long":           once(notWhole),
	"length-too-short":          {says: "body \\{\\}"},
	"length-negative":           once(wrongLength),
	"length-doubled":            once(wrongLength),
	"length-no-number":          once(wrongLength),
	"length-and-chunks":         once(wrongChunks),
	"chunk-too-large":           once(notWhole),
	"chunk-too-small":           once(wrongChunks),
	"chunk-no-number":           once(wrongChunks),
	"chunk-of-everything":       once(wrongChunks),
	"transfer-encoding-unknown": once("a Transfer-Encoding that is not in HTTP/1.1"),
	"chunks-without-end":        {says: fourMiB, most: true},
	"chunks-of-nothing":         once("made of little but their sizes"),
	"trailers-without-end":      once("trailer is broken, or too long"),
	"no-http":                   once(noHTTP),
	"http-0-9":                  once(noHTTP),
	"http-9-9":                  {}, // Go reads it
	"status-099":                {says: "99"},
	"status-999":                {says: "999"},
	"status-no-number":          once(noHTTP),
	"status-negative":           once(noHTTP),
	"switches-protocols":        {says: "101 Switching Protocols"},
	"status-without-end":        once(longHeader),
	"interim-without-end":       once("interim answers .1xx."),
	"hints-without-end":         once(tooSlow + "|interim answers"),

	"headers-without-end":    once(longHeader),
	"headers-drip":           once(tooSlow),
	"headers-10000":          closed(tooMuch),
	"header-of-10-mib":       once(longHeader),
	"header-of-500-kib":      closed(tooMuch),
	"header-no-text":         fine,
	"header-with-nul":        once(brokenHeader),
	"header-with-escapes":    closed(brokenHeader),
	"header-name-with-blank": {says: `body \{\}`},
	"header-without-colon":   once(brokenHeader),
	"header-folded":          {},
	"media-type-of-100-kib":  {},
	"reason-of-500-kib":      {says: "299 because because|" + tooMuch},
	"reason-with-escapes":    {says: `299 \\x1b\[31m`},

	"cookies-10000":                   closed(tooMuch),
	"cookies-10000-of-a-name":         closed(tooMuch),
	"cookie-of-1-mib":                 once(longHeader),
	"cookie-of-500-kib":               {},
	"cookie-attributes-10000":         fine,
	"cookies-nameless":                fine,
	"cookies-broken":                  fine,
	"cookies-with-control-characters": closed(brokenHeader),

	"redirects-to-itself":       wrong("which is not followed"),
	"redirects-to-another-host": wrong("to http://elsewhere.invalid/, which is not followed"),
	"redirects-the-login":       closed("url is not the address of the API itself: it leads to http://elsewhere.invalid/"),
	"redirects-to-a-file":       wrong("to file:///etc/passwd, which is not followed"),
	"redirects-to-a-script":     wrong(`to javascript:alert\(1\), which is not followed`),
	"redirects-nowhere":         wrong("302 Found"),

	"tls-expired":                closed("has expired on "),
	"tls-not-yet-valid":          closed("does not hold yet"),
	"tls-self-signed":            closed("the certificate is signed by "),
	"tls-wrong-name":             closed("the certificate is for another host: .*tls.server_name"),
	"tls-name-with-escapes":      closed("the certificate is for another host"),
	"tls-1-0":                    closed("speaks no version of TLS that is still safe: turn on 1.2 or newer"),
	"tls-asks-for-a-certificate": closed("asks for a client's certificate"),
	"tls-half":                   closed(tooSlow),
	"tls-hangs-up":               closed(notWhole),
	"tls-alert":                  closed("broke the TLS handshake off with the alert .internal error"),
	"tls-plain":                  closed("does not speak TLS there: is the scheme of the url right"),

	"body-of-1-gib":           {says: fourMiB},
	"body-of-4-mib":           {says: tooMuch},
	"body-of-ids":             {says: tooMuch},
	"gzip-bomb":               {says: fourMiB},
	"gzip-broken":             {says: undecoded},
	"gzip-cut":                closed("its gzip is damaged or cut short"),
	"gzip-with-a-tail":        closed("its gzip is damaged or cut short"),
	"gzip-twice":              {says: undecoded},
	"brotli":                  {says: "encoded as br, which"},
	"encoding-unknown":        closed(brokenHeader),
	"encoding-of-100-kib":     {},
	"body-of-noise":           {says: "body "},
	"body-with-escapes":       {says: `=cmd\|.*\\x1b\]0;owned`},
	"body-where-none-belongs": {},

	"xml-entity-bomb":      {says: "sessionId|entity|expected"},
	"xml-external-entity":  {says: "expected"},
	"xml-100000-levels":    {says: "levels|nested"},
	"xml-9000-levels":      {says: "expected"},
	"xml-lying-encoding":   {says: "expected"},
	"xml-unknown-encoding": {says: "x-own"},
	"xml-utf-16":           {verdict: report.Conformant, most: true},
	"xml-10000-attributes": {},
	"xml-100000-elements":  {},

	"json-100000-levels":        {says: `\[\[\[\[`},
	"json-100000-levels-within": {says: tooMuch + "|\"deep\""},
	"json-doubled-keys":         {},
	"json-long-number":          {},
	"json-large-exponent":       {},
	"json-nan":                  {says: "NaN"},
	"json-lone-surrogate":       {},
	"json-bom":                  {says: `\\ufeff`},
	"json-100000-members":       {verdict: report.NonConformant},
	"json-no-utf-8":             {},
	"json-of-prototypes":        {},

	"time-zone-of-1-mib":        {says: tooMuch},
	"time-zone-with-escapes":    {},
	"session-id-of-1-mib":       closed(longHeader),
	"session-id-of-100-kib":     {},
	"session-id-with-escapes":   closed(brokenHeader),
	"session-id-with-cdata-end": {},
	"session-id-with-script":    {},
	"session-id-formula":        {},
	"session-id-with-line-ends": {},
	"session-id-with-path":      {},
	"clock-an-hour-ahead":       fine,
	"clock-an-hour-behind":      fine,

	"later-once":      fine,
	"later-by-date":   fine,
	"later-for-ever":  closed("3 requests in a row got no answer .*429 Too Many Requests"),
	"later-at-once":   closed("3 requests in a row got no answer .*it was asked [0-9]+ times"),
	"later-tomorrow":  closed("it asks to wait 24h0m0s more: a request waits 1?[56]s in all"),
	"later-some-time": closed(brokenHeader),
	"later-never":     closed("503 Service Unavailable, which neither accepts nor refuses"),
}
