package exchange

import "net/url"

// InItsPlace describes an answer that no document has, and that others give in a product's place: a page for people
// with a status 2xx, or a redirect to another host. It is empty for any other.
func (e *Exchange) InItsPlace() string {
	if page := e.Page(); page != "" && e.Succeeded() {
		return e.StatusLine() + " with " + page
	}
	if e.Status()/100 != 3 {
		return ""
	}
	to, err := url.Parse(e.Header("Location"))
	if err != nil || to.Host == "" || inASCII(to.Hostname()) == e.Request.host() {
		return ""
	}
	return e.StatusLine() + " to " + Printable(to.Host, reasonShown)
}
