package hostile

import "net/http"

// elsewhere is an address that nobody owns: RFC 6761.
const elsewhere = "http://elsewhere.invalid/"

// redirects are answers that lead elsewhere. Nobody should follow them with credentials.
var redirects = []Case{
	{Name: "redirects-to-itself", Says: "Each reading request is redirected to itself.", when: reads,
		alter: func(t *turn) {
			t.redirect(http.StatusFound, t.request.URL.RequestURI())
		}},
	{Name: "redirects-to-another-host", Says: "Each reading request is redirected to another host.", when: reads,
		alter: func(t *turn) {
			t.redirect(http.StatusTemporaryRedirect, elsewhere)
		}},
	{Name: "redirects-the-login", Says: "Each login is redirected to another host, body and all.", when: opens,
		alter: func(t *turn) {
			t.redirect(http.StatusPermanentRedirect, elsewhere)
		}},
	{Name: "redirects-to-a-file", Says: "Each reading request is redirected to file:///etc/passwd.", when: reads,
		alter: func(t *turn) {
			t.redirect(http.StatusFound, "file:///etc/passwd")
		}},
	{Name: "redirects-to-a-script", Says: "Each reading request is redirected to javascript:alert(1).", when: reads,
		alter: func(t *turn) {
			t.redirect(http.StatusFound, "javascript:alert(1)")
		}},
	{Name: "redirects-nowhere", Says: "Each reading request is redirected without an address.", when: reads,
		alter: func(t *turn) {
			t.answered(http.StatusFound, "text/plain", "")
		}},
}

func (t *turn) redirect(status int, to string) {
	t.answered(status, "text/html", "<a href='"+to+"'>there</a>")
	t.said.Header.Set("Location", to)
}
