//go:build unit

package wire

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// A refusal is written as the framework writes it, with its own status; what refuses nothing stays.
func TestErrorForms(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/refused" {
			w.WriteHeader(http.StatusForbidden)
		}
		_, _ = io.WriteString(w, "own words")
	})
	for _, form := range ErrorForms {
		t.Run(form.Framework, func(t *testing.T) {
			g := NewWithT(t)
			server, err := Start(h, Options{Addr: "127.0.0.1:0", With: []string{errorsOf + form.Framework}})
			g.Expect(err).NotTo(HaveOccurred())
			defer server.Close()
			get := func(path string) (*http.Response, string) {
				response, err := http.Get(server.URL + path)
				g.Expect(err).NotTo(HaveOccurred())
				defer response.Body.Close()
				body, err := io.ReadAll(response.Body)
				g.Expect(err).NotTo(HaveOccurred())
				return response, string(body)
			}
			_, body := get("/granted")
			g.Expect(body).To(Equal("own words"))
			response, body := get("/refused")
			g.Expect(response.StatusCode).To(Equal(http.StatusForbidden))
			g.Expect(body).To(Equal(form.Text("GET", "/refused", http.StatusForbidden)))
			g.Expect(body).NotTo(MatchRegexp(`\{(status|reason|path|method)\}`))
			switch {
			case strings.Contains(form.Header.Get("Content-Type"), "json"):
				g.Expect(json.Valid([]byte(body))).To(BeTrue(), body)
			case strings.Contains(form.Header.Get("Content-Type"), "xml"):
				g.Expect(xml.Unmarshal([]byte(body), new(struct{}))).To(Succeed(), body)
			}
		})
	}
}
