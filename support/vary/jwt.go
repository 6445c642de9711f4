package vary

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"session-conformance/support/knownkeys"
)

// JWT is a signed token, taken apart: what it says of itself (Header), what it says (Claims), and its signature, which
// nobody has verified. See RFC 7519.
type JWT struct {
	Header    map[string]json.RawMessage
	Claims    map[string]json.RawMessage
	signature string
}

var errOpaque = errors.New("it is no signed JWT of three parts")

// ParseJWT takes a token apart. A token of any other form, also an encrypted one, is an error: nothing can be told of
// it.
func ParseJWT(token string) (*JWT, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || parts[2] == "" {
		return nil, errOpaque
	}
	j := &JWT{signature: parts[2]}
	for i, object := range []*map[string]json.RawMessage{&j.Header, &j.Claims} {
		text, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil || json.Unmarshal(text, object) != nil || *object == nil {
			return nil, errOpaque
		}
	}
	return j, nil
}

// Text is a claim that is a string; empty where it is none.
func (j *JWT) Text(claim string) string { return text(j.Claims[claim]) }

// Algorithm is what the token says that it is signed with, such as RS256.
func (j *JWT) Algorithm() string { return text(j.Header["alg"]) }

// Expires is when the token ends (the claim exp); false where it does not say so.
func (j *JWT) Expires() (time.Time, bool) {
	var seconds float64
	if j.Claims["exp"] == nil || json.Unmarshal(j.Claims["exp"], &seconds) != nil {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0), true
}

// longer is how much longer than the genuine token forged ones say that they live: so it is never their end that is
// refused.
const longer = time.Hour

// LongerLived is the token with a later end and the signature of the genuine one, which does not fit any more.
func (j *JWT) LongerLived(now time.Time) string { return j.signed(j.Header, now) + "." + j.signature }

// Unsigned is the token with the algorithm none and no signature.
func (j *JWT) Unsigned(now time.Time) string {
	return j.signed(with(j.Header, "alg", "none"), now) + "."
}

// SignedByStranger is the token signed with a key that everybody knows, which its header brings along under the genuine
// key's name. Only RS256 can be forged so.
func (j *JWT) SignedByStranger(now time.Time) (string, error) {
	if j.Algorithm() != "RS256" {
		return "", fmt.Errorf("its algorithm is %q, and only RS256 is forged", j.Algorithm())
	}
	key, err := knownkeys.RFC7515()
	if err != nil {
		return "", err
	}
	jwk := map[string]string{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": text(j.Header["kid"]),
		"n": encode(key.N.Bytes()), "e": encode(big.NewInt(int64(key.E)).Bytes())}
	signed := j.signed(with(j.Header, "jwk", jwk), now)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	return signed + "." + encode(signature), err
}

// Lengthened is a token with a part more, so long that it has as many bytes in all; a longer token stays as it is. The
// part is of tildes: a run of letters could be base64 of anything, and takes long to search for secrets.
func Lengthened(token string, bytes int) string {
	if len(token) >= bytes {
		return token
	}
	return token + "." + strings.Repeat("~", bytes-len(token)-1)
}

// signed is the part of a token that a signature is for, with an end that is later than the genuine token's, and than
// now.
func (j *JWT) signed(header map[string]json.RawMessage, now time.Time) string {
	end := now
	if exp, ok := j.Expires(); ok && exp.After(now) {
		end = exp
	}
	return encodeObject(header) + "." + encodeObject(with(j.Claims, "exp", end.Add(longer).Unix()))
}

// with is a copy of an object with one member changed.
func with(object map[string]json.RawMessage, name string, value any) map[string]json.RawMessage {
	changed := map[string]json.RawMessage{}
	for k, v := range object {
		changed[k] = v
	}
	changed[name], _ = json.Marshal(value) // texts and numbers only
	return changed
}

func encodeObject(object map[string]json.RawMessage) string {
	text, _ := json.Marshal(object) // each member was read from JSON, or made by with
	return encode(text)
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func text(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s) // what is no string stays empty
	return s
}
