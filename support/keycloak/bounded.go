package keycloak

import (
	"io"
	"net/http"
)

// bodyLimit bounds an answer's body, in bytes: a discovery document has some 10 KiB.
const bodyLimit = 1 << 20

// bounded sends requests with our name, one after another, and reads no more of a body than bodyLimit.
type bounded struct {
	*http.Transport
	userAgent string
	status    int // of the latest answer
}

// taken is the status of the latest answer, once; 0 where none came since.
func (b *bounded) taken() int {
	status := b.status
	b.status = 0
	return status
}

func (b *bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	b.status = 0
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", b.userAgent)
	answer, err := b.Transport.RoundTrip(r)
	if err == nil {
		b.status = answer.StatusCode
		answer.Body = &limitedBody{io.LimitReader(answer.Body, bodyLimit), answer.Body}
	}
	return answer, err
}

// limitedBody ends where the limit is, as if there were no more.
type limitedBody struct {
	io.Reader
	io.Closer
}
