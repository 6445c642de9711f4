package match

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
)

// excerptLimit is how much of a body stands in a failure, in bytes.
const excerptLimit = 240

// Excerpt is the beginning of the answer's body, safe to print.
func Excerpt(e *exchange.Exchange) string {
	if len(e.Body()) == 0 {
		return "(empty)"
	}
	if why := Unreadable(e); why != "" {
		return "(" + why + ")"
	}
	return exchange.Printable(string(e.Body()), excerptLimit)
}

// Unreadable says why the answer's body cannot be judged as it stands, or is empty.
func Unreadable(e *exchange.Exchange) string {
	switch {
	case e.Answer == nil:
		return "there is no answer"
	case e.Answer.TooLong:
		return fmt.Sprintf("the answer was longer than %d MiB", exchange.BodyLimit>>20)
	case e.Answer.Undecoded != "":
		return fmt.Sprintf("the answer is encoded as %s, which was not asked for or does not decode",
			exchange.Printable(e.Answer.Undecoded, 40))
	}
	return ""
}

// HaveBody is met by an answer whose body, read as text, meets the check. expected says what that is.
func HaveBody(expected string, check func(body string) bool) types.GomegaMatcher {
	return Meet(expected, func(e *exchange.Exchange) bool { return Unreadable(e) == "" && check(string(e.Body())) },
		func(e *exchange.Exchange) string {
			if Unreadable(e) != "" {
				return Excerpt(e)
			}
			return Shown(e)
		})
}

// JSONString reads a body that is one JSON string and nothing else but JSON white space.
func JSONString(body []byte) (string, error) {
	text := strings.Trim(string(body), " \t\r\n")
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		return "", errors.New("the body is no string in quotation marks")
	}
	var s string
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return "", fmt.Errorf("the body is no JSON string: %w", err)
	}
	return s, nil
}

// BeQuotedString is met by a body that is one JSON string with nothing but JSON white space around it.
func BeQuotedString() types.GomegaMatcher {
	return InShell("json-string", HaveBody(`a string in quotation marks, with nothing but JSON white space around it`,
		func(body string) bool {
			_, err := JSONString([]byte(body))
			return err == nil
		}))
}

// ParseJSON reads the body as one JSON value. ok is false where it is none.
func ParseJSON(e *exchange.Exchange) (value gjson.Result, ok bool) {
	// gjson.Valid knows no limit to nesting: four million brackets take it seconds and hundreds of megabytes.
	if e == nil || Unreadable(e) != "" || !json.Valid(e.Body()) {
		return gjson.Result{}, false
	}
	return gjson.ParseBytes(e.Body()), true
}

// Member is a member of the JSON object in the body, of several of that name the last one, as most readers take it. It
// does not exist where there is no such object or member.
func Member(e *exchange.Exchange, name string) (member gjson.Result) {
	value, ok := ParseJSON(e)
	if !ok || !value.IsObject() {
		return gjson.Result{}
	}
	value.ForEach(func(key, v gjson.Result) bool {
		if key.String() == name {
			member = v
		}
		return true
	})
	return member
}

// HaveMember is met by a JSON object whose member meets the check. expected says what that is.
func HaveMember(name, expected string, check func(gjson.Result) bool) types.GomegaMatcher {
	return Meet(name+": "+expected, func(e *exchange.Exchange) bool {
		value := Member(e, name)
		return value.Exists() && check(value)
	}, func(e *exchange.Exchange) string {
		value := Member(e, name)
		if !value.Exists() {
			return "no " + name + " in " + Shown(e)
		}
		return name + ": " + exchange.Printable(value.Raw, excerptLimit)
	})
}
