package wire

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync/atomic"
)

// withoutSession are the clauses about calls with what is no session.
const withoutSession = "saymon-refuses-invented-session sdm-session-invented sessions-user-invented-session " +
	"sessions-details-invented-session"

// always and theFirst are how often onOdd answers.
const always, theFirst = 0, 1

// onOdd answers a request with a cookie that looks like an attack, or not, as firewalls of applications do. It does so
// for the first few of them, or always.
func onOdd(few int64, answers http.HandlerFunc) func(http.Handler) http.Handler {
	odd := regexp.MustCompile(`=(;|$|[^;]*(__proto__|constructor|undefined|null|[%*']))`)
	return func(next http.Handler) http.Handler {
		var seen atomic.Int64
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if odd.MatchString(r.Header.Get("Cookie")) && (few == always || seen.Add(1) <= few) {
				answers(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// signOn sends who reads without a session to another host.
func signOn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handOn(next, w, r, func(a *httptest.ResponseRecorder) {
			if a.Code == http.StatusUnauthorized && r.Method == http.MethodGet {
				a.Code = http.StatusFound
				a.Header().Set("Location", "https://sso.portal.test/login")
			}
		})
	})
}

// nginxPage is what nginx says of a request that its limit_req holds back.
const nginxPage = "<html>\r\n<head><title>503 Service Temporarily " +
	"Unavailable</title></head>\r\n<body>\r\n<center><h1>503 " +
	"Service Temporarily Unavailable</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"

// firewallPage is what F5's firewall says of a request that it holds back, with the status 200.
const firewallPage = "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please " +
	"consult with your administrator.<br><br>Your support ID is: 1837462839461728394<br><br></body></html>"

// portalPage is what a network shows who has not signed on to it, with nothing in it that names its maker.
const portalPage = "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>Please accept our " +
	"terms.</body></html>\n"
