//go:build unit

package exchange

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	. "github.com/onsi/gomega"
)

func TestSendBoundsTheBody(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("x"), BodyLimit+1))
	}))
	defer server.Close()
	e := newClient(t).Send(context.Background(), get(server.URL))
	g.Expect(e.Answer.TooLong).To(BeTrue())
	g.Expect(e.Body()).To(HaveLen(LongBodyKept))
}

func TestSendUndoesGzip(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		encoding := r.URL.Query().Get("as")
		w.Header().Set("Content-Encoding", encoding)
		if encoding == "gzip" {
			z := gzip.NewWriter(w)
			fmt.Fprint(z, "plain")
			_ = z.Close()
			return
		}
		fmt.Fprint(w, "as it came")
	}))
	defer server.Close()
	c := newClient(t)
	g.Expect(string(c.Send(context.Background(), get(server.URL+"?as=gzip")).Body())).To(Equal("plain"))
	e := c.Send(context.Background(), get(server.URL+"?as=x-gzip"))
	g.Expect(e.Answer.Undecoded).To(Equal("x-gzip"))
	g.Expect(string(e.Body())).To(Equal("as it came"), "it is no gzip")
	e = c.Send(context.Background(), get(server.URL+"?as=br"))
	g.Expect(e.Answer.Undecoded).To(Equal("br"))
	g.Expect(string(e.Body())).To(Equal("as it came"))
	e = c.Send(context.Background(), get(server.URL+"?as=deflate"))
	g.Expect(e.Answer.Undecoded).To(Equal("deflate"), "nobody asked for it")
	for _, odd := range []string{"UTF-8", "none", "application/json", "binary", "identity", "UTF-8, identity", ","} {
		e = c.Send(context.Background(), get(server.URL+"?as="+url.QueryEscape(odd)))
		g.Expect(e.Answer.Undecoded).To(BeEmpty(), odd)
		g.Expect(string(e.Body())).To(Equal("as it came"), odd)
	}
	g.Expect(e.Answer.OddCoding()).To(BeEmpty())
	g.Expect(c.Send(context.Background(), get(server.URL+"?as=UTF-8")).Answer.OddCoding()).To(Equal("utf-8"))
}

func TestSendUndoesDeflateWhereItIsAskedFor(t *testing.T) {
	g := NewWithT(t)
	var framed, bare bytes.Buffer
	z := zlib.NewWriter(&framed)
	fmt.Fprint(z, "plain")
	_ = z.Close()
	f, _ := flate.NewWriter(&bare, flate.DefaultCompression)
	fmt.Fprint(f, "plain")
	_ = f.Close()
	c := newClient(t)
	for _, body := range [][]byte{framed.Bytes(), bare.Bytes(), framed.Bytes()[:6], nil} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "deflate")
			_, _ = w.Write(body)
		}))
		asked := get(server.URL)
		asked.Header.Set("Accept-Encoding", "gzip, deflate")
		e := c.Send(context.Background(), asked)
		server.Close()
		switch len(body) {
		case 0:
			g.Expect(e.Answer.Undecoded).To(BeEmpty())
		case 6:
			g.Expect(e.Answer.Undecoded).To(Equal("deflate"), "it is cut short")
			g.Expect(e.Body()).To(Equal(body))
		default:
			g.Expect(string(e.Body())).To(Equal("plain"))
		}
	}
}
