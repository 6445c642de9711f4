package keycloak

import (
	"io"
	"net/http"
)

const (
	headerLimit = 1 << 20 // of an answer's header, in bytes
	bodyLimit   = 1 << 20 // of an answer's body: a discovery document has some 10 KiB
)

// bounded sends requests with our name, and reads no more of a body than bodyLimit.
type bounded struct {
	*http.Transport
	userAgent string
}

func (b *bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", b.userAgent)
	answer, err := b.Transport.RoundTrip(r)
	if err == nil {
		answer.Body = &limitedBody{io.LimitReader(answer.Body, bodyLimit), answer.Body}
	}
	return answer, err
}

// limitedBody ends where the limit is, as if there were no more.
type limitedBody struct {
	io.Reader
	io.Closer
}
