package redact

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The words of names, in lower case. A name is a key of JSON or of a form, an element or attribute of XML, a header, a
// cookie.
var (
	// secretParts make a name one of a secret wherever they stand in it: authtoken, endpointsTokens, X-CSRF-Token.
	secretParts = strings.Fields(`token password passwd pwd passphrase passcode passkey secret apikey credential csrf xsrf
		sessionid sessid sessionidentifier privatekey accesskey samlresponse passwort kennwort motdepasse contraseña senha
		пароль токен секрет`)
	// secretWords do so as a word of their own only: "hash", not "hashtag".
	secretWords = strings.Fields("hash pass pw psw creds jwt salt otp totp pin bearer authorization cookie " +
		"assertion sid ssid jsessionid phpsessid")
	// weakWords do so only where the value looks like an ID.
	weakWords = strings.Fields("session sessions auth ticket signature nonce")
	// keyKinds, before "key", are secrets: api key, signing key.
	keyKinds = strings.Fields("api access auth client consumer encryption license master private secret session shared " +
		"signing ssh")
	// codeKinds, before "code", are secrets: recovery code. All other codes are words.
	codeKinds = strings.Fields("recovery backup verification activation reset invite otp")
	// describing words, at the end of a name, say that the value is about a secret and is none: tokenType,
	// password_policy.
	describing = strings.Fields(`type kind class name label hint url uri endpoint path policy rule rules status state valid
		enabled required
		expired changed expires expiry expiration lifetime timeout ttl age date time at on in until length
		min max count size limit index version format algorithm alg method scheme issuer scope code message
		error errors description reason title field`)
	// trailing words, at the end of a name, say how the value is written: pwdEncrypted.
	trailing = strings.Fields("value text string hex base encoded enc encrypted plain raw new old confirm confirmation " +
		"repeat again")
	// plain names, below the name of a secret, hold no secret: {"credentials": {"login": …}}.
	plainNames = strings.Fields("login user username email id created updated active detail details msg")
	// asking words, at the start of a name, make it a question: hasPassword.
	asking = strings.Fields("has is no needs need require requires can must allow allows forbid")
	// tracing words name the number of a request, which opens nothing.
	tracing = strings.Fields("trace span request correlation transaction incident event error instance")
)

//go:embed refusal_words.txt
var refusalText string

// refusalWords are those that a refusal puts in the place of a value: {"password": "required"}, {"token":
// "NotEmptyValidator"}.
var refusalWords = setOf(refusalText)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// secretName says whether the value under a name is a secret by what the name says. Of a weak name, such as "session",
// it is only where it looks like an ID.
func secretName(name string) (strong, weak bool) {
	words := wordsOf(name)
	joined, last, before := strings.Join(words, ""), "", ""
	if n := len(words); n > 0 {
		last = words[n-1]
		before = strings.Join(words[max(0, n-2):n-1], "")
	}
	switch {
	case before != "" && slices.Contains(asking, words[0]):
		return false, false
	case strings.TrimSuffix(last, "s") == "code" && slices.Contains(codeKinds, before):
		return true, false
	case slices.Contains(describing, last), slices.Contains(words, "public"):
		return false, false
	}
	for _, part := range secretParts {
		if _, rest, found := strings.Cut(joined, part); found {
			rest = strings.TrimPrefix(rest, "s")
			return !slices.Contains(describing, rest) && !strings.HasPrefix(joined, "secretar") &&
				!strings.HasPrefix(rest, "iz"), false
		}
	}
	if before != "" && slices.Contains(trailing, last) {
		return secretName(strings.Join(words[:len(words)-1], " "))
	}
	one := strings.TrimSuffix(strings.TrimSuffix(last, "s"), "e") // of hashes
	strong = slices.Contains(secretWords, last) || slices.Contains(secretWords, one) ||
		one == "key" && slices.Contains(keyKinds, before) || strings.HasSuffix(one, "hash") && one != "rehash" // userhash
	return strong, !strong && slices.Contains(weakWords, last)
}

// nameSays is what a name says of the values under it: see secretName, plainName and traces.
type nameSays struct{ strong, weak, plain, traces bool }

// plainName says whether a name says that its value is no secret, whatever is around it.
func plainName(name string) bool {
	words := wordsOf(name)
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	return slices.Contains(describing, last) || slices.Contains(plainNames, last) || slices.Contains(asking, words[0])
}

// traces says whether a name is that of the number of a request.
func traces(name string) bool {
	return slices.ContainsFunc(wordsOf(name), func(word string) bool { return slices.Contains(tracing, word) })
}

var (
	wordBegins  = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
	capitalsEnd = regexp.MustCompile(`(\p{Lu})(\p{Lu}\p{Ll})`)
)

// wordsOf are the words of a name in lower case, without digits: authServiceParams, auth_service_params,
// AUTH-SERVICE-PARAMS.
func wordsOf(name string) []string {
	name = norm.NFKC.String(name) // full-width letters are letters
	name = capitalsEnd.ReplaceAllString(wordBegins.ReplaceAllString(name, "$1 $2"), "$1 $2")
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) })
}

// isSentence says whether a value has blanks between words, or is in a script that needs none.
func isSentence(value string) bool {
	return len(strings.Fields(value)) > 1 || strings.ContainsFunc(value, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
	})
}

// numberApart is a bound, or the number in the name of a format: min:8, gte=8, uuid4.
var numberApart = regexp.MustCompile(`[_.:|=-]\d{1,4}\b|\b(?:uuid|base|sha|ipv)\d{1,3}`)

// errorCode is a code that names an error: E1001, ORA-01017, AADSTS50126, 28P01 of SQL, EBADCSRFTOKEN.
var errorCode = regexp.MustCompile(`^(?:[A-Z]{1,8}[-_]?\d{3,6}|\d{2}[A-Z]\d{2}|` +
	`E(?:BAD|INVALID|EXPIRED|MISSING|NO)[A-Z]{3,20})$`)

// SaysRefusal says whether each word of a value is one of those with which refusals speak, or it is a code. Short
// numbers may stand between words: min:8, ERR_AUTH_42.
func SaysRefusal(value string) bool {
	const digits = "0123456789"
	switch {
	case errorCode.MatchString(value):
		return true
	case strings.ContainsAny(value, digits) && strings.ContainsAny(numberApart.ReplaceAllString(value, ""), digits):
		return false
	}
	words := wordsOf(value)
	return len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool { return !refusalWords[word] })
}

var (
	// ERR_AUTH_0042
	codeLike = regexp.MustCompile(`^(?:\p{Lu}{2,}|\p{Ll}{2,})(?:[_.:-](?:\p{Lu}{2,}|\p{Ll}{2,}|\d{1,6}))*$`)
	hump     = regexp.MustCompile(`\p{Lu}?\p{Ll}+|\p{Lu}+`)
	// numerous has a number of five digits, or three numbers.
	numerous = regexp.MustCompile(`\d{5}|\d\D+\d+\D+\d`)
)

// wordLike says whether a text without blanks is words that people wrote: NOT_AUTHENTICATED, InvalidCredentials,
// Http401Exception. Random letters change their case every other time, and have digits among them.
func wordLike(text string) bool {
	switch {
	case codeLike.MatchString(text):
		return true
	case numerous.MatchString(text):
		return false
	}
	humps := hump.FindAllString(text, -1)
	return len(humps) > 0 && len(strings.Join(humps, "")) >= 4*len(humps)
}

var (
	// numberLike is a count, a date or an address of IPv4.
	numberLike = regexp.MustCompile(`^(-\d|\+?\d+[.,:/-])[\d.,:/-]*$`)
	// constant is a version, a time zone or a date.
	constant = regexp.MustCompile(`^v?\d+(\.\d+)+([-+.][A-Za-z0-9.-]{1,24})?$|` +
		`^[A-Z][a-z]+(/[A-Z][A-Za-z]+([_-][A-Za-z]+)*)+$|^\d{4}-?[01]\d-?[0-3]\dT[0-9TZ:.+-]*$`)
)

// LooksLikeID says whether a value looks like one that a machine minted: eight bytes or more without a blank, with a
// digit or no word. Blanks or zero bytes in percent-encoding are none, for all their digits.
func LooksLikeID(value string) bool {
	long := len(value) >= leastRun
	switch {
	case len(value) < shortest, !isASCII(value), strings.ContainsAny(value, " \t\r\n"),
		value[0] == '%' && !strings.ContainsFunc(percent.decode(value), changes),
		!long && numberLike.MatchString(value), constant.MatchString(value):
		return false
	case strings.ContainsAny(value, "0123456789"):
		return !wordLike(value)
	}
	return long && !wordLike(value) && !strings.HasPrefix(value, "/")
}
