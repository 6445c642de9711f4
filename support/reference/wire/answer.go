package wire

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// answer is what a handler answered. It is the handler's ResponseWriter, too.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the first final status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if !a.mayHaveBody() {
		return 0, http.ErrBodyNotAllowed
	}
	return a.body.Write(p)
}

// Flush does nothing: how the answer goes out is not the handler's business here.
func (a *answer) Flush() {}

func (a *answer) mayHaveBody() bool {
	return a.status != http.StatusNoContent && a.status != http.StatusNotModified
}

// finish adds what net/http's server adds to every answer.
func (a *answer) finish() {
	a.WriteHeader(http.StatusOK)
	if _, set := a.header["Content-Type"]; !set && a.body.Len() > 0 {
		a.header.Set("Content-Type", http.DetectContentType(a.body.Bytes()))
	}
	if _, set := a.header["Date"]; !set {
		a.header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	}
	for _, framing := range []string{"Content-Length", "Transfer-Encoding", "Trailer"} {
		a.header.Del(framing)
	}
}

// compress writes the body in gzip where the request accepts it.
func (a *answer) compress(accept []string) {
	a.header.Add("Vary", "Accept-Encoding")
	if a.body.Len() == 0 || !acceptsGzip(accept) {
		return
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(a.body.Bytes())
	w.Close()
	a.body = packed
	a.header.Set("Content-Encoding", "gzip")
}

func acceptsGzip(accept []string) bool {
	for _, coding := range strings.Split(strings.ToLower(strings.Join(accept, ",")), ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(coding, " ", ""), ";")
		if name == "gzip" {
			return weight != "q=0" && !strings.HasPrefix(weight, "q=0.0")
		}
	}
	return false
}

// addProxyHeaders adds what stands between a client and many a server adds.
func (a *answer) addProxyHeaders(number int64) {
	for name, value := range map[string]string{
		"Via":                       "1.1 varnish (Varnish/7.4), 1.1 gateway",
		"X-Forwarded-For":           "127.0.0.1",
		"Server":                    "nginx",
		"Age":                       "0",
		"X-Cache":                   "MISS",
		"X-Request-Id":              fmt.Sprintf("%016x", number),
		"Strict-Transport-Security": "max-age=31536000; includeSubDomains",
		"X-Content-Type-Options":    "nosniff",
		"Alt-Svc":                   "clear",
	} {
		a.header.Set(name, value)
	}
	affinity := []string{fmt.Sprintf("AWSALB=%032x; Path=/; Expires=Fri, 31 Dec 2038 23:59:59 GMT", number)}
	a.header["Set-Cookie"] = append(affinity, a.header["Set-Cookie"]...)
}
