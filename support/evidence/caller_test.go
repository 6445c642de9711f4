//go:build unit

package evidence

import (
	"fmt"
	"io"
	"net/http"
	"testing"

	. "github.com/onsi/gomega"
)

func TestCallerSendsWhatTheOptionsSay(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		login, password, _ := r.BasicAuth()
		fmt.Fprintf(w, "%s %s [%s] [%s] [%s:%s] %s", r.Method, r.URL.RequestURI(), r.Header.Get("Content-Type"),
			r.Header.Get("Cookie"), login, password, body)
	})
	api := &API{}
	got := map[string]string{}
	api.Add("control", nil, func(t *Caller) {
		for _, e := range []struct {
			name string
			body []byte
		}{
			{"query", t.Get(nil, "/a", Query("x", "1&2"), Query("y", "ü")).Body()},
			{"json", t.Post(nil, "/b", JSON{"k": `<"ü">`}).Body()},
			{"raw", t.Post(nil, "/c", Raw{ContentType: "text/plain", Text: "as it stands"}).Body()},
			{"none", t.Delete(nil, "/d", CookieHeader(""), Basic("me", "ü:x")).Body()},
			{"cookie", t.Get(nil, "/e", Cookie("sid", `"quoted"`)).Body()},
		} {
			got[e.name] = string(e.body)
		}
	}, Control())
	ev := gather(t, api, job(s.URL))
	g.Expect(got).To(Equal(map[string]string{
		"query":  "GET /a?x=1%262&y=%C3%BC [] [] [:] ",
		"json":   `POST /b [application/json] [] [:] {"k":"<\"ü\">"}`,
		"raw":    "POST /c [text/plain] [] [:] as it stands",
		"none":   "DELETE /d [] [] [me:ü:x] ",
		"cookie": `GET /e [] [sid="quoted"] [:] `,
	}))
	g.Expect(ev.Find("control", "GET /a")).NotTo(BeNil(), "an unnamed step is called by method and path")
}
