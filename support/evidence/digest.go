package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// digestOf is the SHA-256 of all in a HAR file that a verdict rests on: the entries, the target and the outcomes,
// whatever the layout of the file and the order of its keys. It tells accidents and careless redaction; who means to
// forge can make it anew.
func digestOf(text []byte) string {
	var f struct {
		Log struct {
			Entries  any `json:"entries"`
			Target   any `json:"_target"`
			Outcomes any `json:"_outcomes"`
		} `json:"log"`
	}
	if json.Unmarshal(text, &f) != nil {
		return ""
	}
	whole, err := json.Marshal(f)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(whole)
	return "sha256:" + hex.EncodeToString(sum[:])
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
	var f struct {
		Log struct {
			Digest string `json:"_digest"`
		} `json:"log"`
	}
	switch err := json.Unmarshal(text, &f); {
	case err != nil:
		return "it is no JSON: " + err.Error()
	case f.Log.Digest == "":
		return "it has no digest (log._digest): it was altered after it was written, or written by a version that made none"
	case f.Log.Digest != digestOf(text):
		return "it was altered after it was written: its entries, its target or its outcomes do not fit its digest " +
			"(log._digest)"
	}
	return ""
}

// Missing names what a HAR file lacks of what verdicts rest on, where a browser wrote it or another tool took it away;
// empty: nothing.
func Missing(text []byte) string {
	var f struct {
		Log map[string]json.RawMessage `json:"log"`
	}
	if err := json.Unmarshal(text, &f); err != nil {
		return "" // Read says what is wrong
	}
	var missing []string
	for _, key := range []string{"creator", "entries", "_target", "_outcomes"} {
		if f.Log[key] == nil {
			missing = append(missing, "log."+key)
		}
	}
	var entries []map[string]json.RawMessage
	_ = json.Unmarshal(f.Log["entries"], &entries)
	for i, e := range entries {
		for _, key := range []string{"_number", "_scenario", "_step", "startedDateTime", "request", "response"} {
			if e[key] == nil {
				missing = append(missing, fmt.Sprintf("log.entries[%d].%s", i, key))
			}
		}
		for _, side := range []string{"request", "response"} {
			var message map[string]json.RawMessage
			if json.Unmarshal(e[side], &message) == nil && message != nil && message["headers"] == nil {
				missing = append(missing, fmt.Sprintf("log.entries[%d].%s.headers", i, side))
			}
		}
	}
	const named = 6
	if more := len(missing) - named; more > 0 {
		missing = append(slices.Clone(missing[:named]), fmt.Sprintf("%d more", more))
	}
	return strings.Join(missing, ", ")
}
