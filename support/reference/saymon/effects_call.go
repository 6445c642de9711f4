package saymon

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"session-conformance/support/reference"
)

// cannotRead refuses the logins whose body is of a kind.
func cannotRead(is when, code int) effect {
	return onRequest(where(asked(logIn), is),
		refuseAs(&refusal{"unsupported-body", code, "UnsupportedBody", "A body of this kind is not read."}))
}

func chunked(c *call) bool { return len(c.r.TransferEncoding) > 0 }

// withoutBasic drops Basic credentials from calls of these kinds.
func withoutBasic(kinds ...kind) effect {
	return onRequest(asked(kinds...), func(c *call) { c.r.Header.Del("Authorization") })
}

// readsSID has a request for the current user carry this session and no other, readsToken this api-token; empty: none.
func readsSID(from func(*call) string) effect {
	return onRequest(asked(current), func(c *call) {
		sid, others := from(c), slices.DeleteFunc(c.r.Cookies(), func(k *http.Cookie) bool { return k.Name == "sid" })
		c.r.Header.Del("Cookie")
		for _, k := range others {
			c.r.AddCookie(k)
		}
		if sid != "" {
			c.r.Header.Set("Cookie", strings.TrimPrefix(c.r.Header.Get("Cookie")+"; sid="+sid, "; "))
		}
	})
}

func readsToken(from func(*call) string) effect {
	return onRequest(asked(current), func(c *call) {
		query := url.Values{}
		if token := from(c); token != "" {
			query.Set("api-token", token)
		}
		c.r.URL.RawQuery = query.Encode()
	})
}

// busyAt does not answer requests with these numbers, counted from 1.
func busyAt(numbers ...int) effect {
	return func(s *Server) {
		number := 0
		busy := &refusal{kind: "busy", status: http.StatusServiceUnavailable}
		onRequest(always, func(c *call) {
			if number++; slices.Contains(numbers, number) {
				c.refused = busy
			}
		})(s)
		onAnswer(refusedAs(busy), func(c *call) {
			c.Set("Retry-After", "1")
			saysAs("text/plain; charset=utf-8", "busy\n")(c)
		})(s)
	}
}

// opensPath answers requests for such a path as if they came from the first account.
func opensPath(pattern string) effect {
	return func(s *Server) {
		s.Near(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, reference.JSON(userOf(&s.config.User)))
		})
	}
}

var (
	notAcceptable  = refusal{"not-acceptable", 406, "NotAcceptable", "Say what you accept."}
	noUserAgent    = refusal{"no-user-agent", 403, "Forbidden", "Say who you are."}
	lengthRequired = refusal{"length-required", 411, "LengthRequired", "The length is missing."}
)

func acceptsAny(c *call) bool { return c.r.Header.Get("Accept") == "*/*" }

func compress(c *call) {
	c.content, c.Body = nil, reference.Zipped(reference.JSON(c.content))
	c.Set("Content-Encoding", "gzip")
}

// againstRules refuses with 400 what is refused anyway, where a field's value has a length that no account's has.
func againstRules(refused *refusal, name string, of func(*Account) string) effect {
	return onDecision(refusedAs(refused), func(c *call) {
		came, _ := c.fields.Text(name)
		if !slices.ContainsFunc(c.accounts(), func(a *Account) bool { return len(of(a)) == len(came) }) {
			c.refused = &refusal{refused.kind, 400, "BadRequest", "The " + name + " is against the rules."}
		}
	})
}

// locks refuses all passwords of an account after so many wrong ones, in all or since the last good login.
func locks(after int, inARow bool) effect {
	return func(s *Server) {
		seen := map[*Account]int{}
		onDecision(always, func(c *call) {
			byPassword := c.by == byLogin || c.by == byEmail || c.by == byBasic
			switch {
			case c.account == nil || !byPassword || c.password == "":
			case seen[c.account] >= after && c.refused == nil:
				c.refused = map[kind]*refusal{logIn: &wrongPassword, current: &badBasic, makeToken: &tokenWithWrongCredentials,
					deleteToken: &tokenWithWrongCredentials}[c.kind]
			case seen[c.account] < after && wrongPasswords(c):
				seen[c.account]++
			case c.refused == nil && inARow:
				seen[c.account] = 0
			}
		})(s)
	}
}

// ofKeycloak holds for logins whose Keycloak token is refused.
func ofKeycloak(c *call) bool { return c.by == byKeycloak && c.token != "" && c.refused != nil }

// letIn lets in whom a Keycloak token names, whatever it is worth.
func (c *call) letIn(payload []byte) {
	var in claims
	if json.Unmarshal(payload, &in) == nil {
		c.refused = c.isNamed(in)
	}
}

// signatureUnchecked takes an access token for genuine without its signature.
func signatureUnchecked(s *Server) {
	careless := s.keycloak.verifier(true)
	onDecision(ofKeycloak, func(c *call) {
		var in claims
		checked, err := careless.Verify(c.r.Context(), c.token)
		if len(c.token) <= maxToken && err == nil && checked.Claims(&in) == nil && in.Type == accessType {
			c.refused = c.isNamed(in)
		}
	})(s)
}

// signatureRemembered takes a signature that was right once for right with any payload.
func signatureRemembered(s *Server) {
	seen := map[string]bool{}
	onDecision(by(byKeycloak), func(c *call) { seen[signatureOf(c.token)] = true })(s)
	onDecision(ofKeycloak, func(c *call) {
		if parts := strings.Split(c.token, "."); len(parts) > 1 && seen[signatureOf(c.token)] {
			payload, _ := base64.RawURLEncoding.DecodeString(parts[1])
			c.letIn(payload)
		}
	})(s)
}

func signatureOf(token string) string { return token[strings.LastIndexByte(token, '.')+1:] }

// keyOfTokenTrusted checks a token with the key in its own header.
func keyOfTokenTrusted(c *call) {
	signed, err := jose.ParseSignedCompact(c.token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil || signed.Signatures[0].Header.JSONWebKey == nil {
		return
	}
	if payload, err := signed.Verify(signed.Signatures[0].Header.JSONWebKey); err == nil {
		c.letIn(payload)
	}
}

// furtherPartsIgnored drops what follows the third part of a token.
func furtherPartsIgnored(c *call) {
	if parts := strings.SplitN(c.token, ".", 4); len(parts) == 4 {
		in, refused := c.keycloak.check(c.r.Context(), strings.Join(parts[:3], "."))
		if c.refused = refused; refused == nil {
			c.refused = c.isNamed(in)
		}
	}
}
