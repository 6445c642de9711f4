package wire

import (
	"slices"

	"session-conformance/support/reference"
)

// Variants are what HTTP and the documents leave open to any server. They fit one another.
var Variants = variants()

func variants() []reference.Variant {
	all := slices.Clone(spoken)
	for _, m := range middlemen {
		all = append(all, reference.Variant{Name: m.name, Says: m.says, Open: m.open})
	}
	for _, form := range ErrorForms {
		all = append(all, reference.Variant{Name: errorsOf + form.Framework, Says: "Refusals are written as " +
			form.Framework + " writes them."})
	}
	return all
}

// spoken are ways of speaking that HTTP leaves open.
var spoken = []reference.Variant{
	{Name: "answers-gzipped", Says: "Answers are compressed where the client accepts gzip."},
	{Name: "answers-deflated", Says: "Answers are compressed by deflate where the client accepts that."},
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
	{Name: "no-date", Says: "Answers have no Date."},
	{Name: "no-reason-phrase", Says: "The status line ends after the code and a space."},
	{Name: "another-reason-phrase", Says: "The status line's words are not the usual ones."},
	{Name: "early-hints", Says: "103 Early Hints come before every answer."},
	{Name: "continue-first", Says: "100 Continue comes before every answer, asked for or not."},
}

// Names are those of all faults and variants of a server, and of the variants of how any server speaks.
func Names(r reference.Server) (names []string) {
	for _, f := range r.Faults {
		names = append(names, f.Name)
	}
	for _, list := range [][]reference.Variant{r.Variants, Variants} {
		for _, v := range list {
			names = append(names, v.Name)
		}
	}
	return names
}
