package evidence

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/tidwall/gjson"
)

// digestOf is the SHA-256 of all in a HAR file that a verdict rests on: the entries, the target and the outcomes,
// whatever the layout of the file and the order of its keys. It tells accidents and careless redaction; who means to
// forge can make it anew.
func digestOf(text []byte) string {
	sum := sha256.New()
	for i, key := range []string{"entries", "_target", "_outcomes"} {
		value := jsontext.Value(cmp.Or(gjson.GetBytes(text, "log."+key).Raw, "null"))
		if value.Canonicalize(jsontext.EscapeForHTML(true), jsontext.EscapeForJS(true)) != nil {
			return ""
		}
		fmt.Fprintf(sum, "%s%q:%s", []string{`{"log":{`, ",", ","}[i], key, value)
	}
	_, _ = io.WriteString(sum, "}}")
	return "sha256:" + hex.EncodeToString(sum.Sum(nil))
}

// noDigest stands where the digest is to stand.
var noDigest = "sha256:" + strings.Repeat("0", 2*sha256.Size)

var digest = regexp.MustCompile(`"_digest": "sha256:[0-9a-f]{64}"`)

// sealed is a HAR file of ours with its digest.
func sealed(text []byte) []byte {
	if at := digest.FindIndex(text); at != nil {
		copy(text[at[0]:], fmt.Sprintf(`"_digest": %q`, digestOf(text)))
	}
	return text
}

// Altered says in a sentence that evidence is not as it was written, or is empty. The text is one that Read takes.
func Altered(text []byte) string {
	switch stated := gjson.GetBytes(text, "log._digest").String(); stated {
	case "":
		return "it has no digest (log._digest): it was altered after it was written, or written by a version that made none"
	case digestOf(text):
		return ""
	}
	return "it was altered after it was written: its entries, its target or its outcomes do not fit its digest " +
		"(log._digest)"
}

// Missing names what a HAR file lacks of what verdicts rest on, where a browser wrote it or another tool took it away;
// empty: nothing. Of what is no JSON, Read says what is wrong.
func Missing(text []byte) string {
	if !gjson.ValidBytes(text) {
		return ""
	}
	var missing []string
	look := func(in gjson.Result, at, keys string) {
		for key := range strings.FieldsSeq(keys) {
			outer, _, inner := strings.Cut(key, ".")
			if !in.Get(key).Exists() && (!inner || in.Get(outer).IsObject()) {
				missing = append(missing, at+key)
			}
		}
	}
	log := gjson.GetBytes(text, "log")
	look(log, "log.", "creator entries _target _outcomes")
	for i, e := range log.Get("entries").Array() {
		look(e, fmt.Sprintf("log.entries[%d].", i),
			"_number _scenario _step startedDateTime request response request.headers response.headers")
	}
	const named = 6
	if more := len(missing) - named; more > 0 {
		missing = append(slices.Clone(missing[:named]), fmt.Sprintf("%d more", more))
	}
	return strings.Join(missing, ", ")
}
