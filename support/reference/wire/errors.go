package wire

import (
	"net/http"
	"strconv"
	"strings"
)

// ErrorForm is how a framework writes the body of an answer that refuses. No document says how one looks; {status},
// {reason}, {path} and {method} stand for those of the answer.
type ErrorForm struct {
	Framework string
	MediaType string
	Header    map[string]string
	Body      string
}

// ErrorForms are variants of any server: each refusal is written so, with its status.
var ErrorForms = []ErrorForm{
	{"restify", "application/json", map[string]string{"Server": "restify"},
		`{"code":"InvalidCredentials","message":"auth-service-params.token is absent"}`},
	{"restify-nested", "application/json", nil,
		`{"code":"NotAuthorized","message":"{\"errorCode\":3,\"message\":\"Invalid API token.\",\"reason\":\"AuthenticationTokenRejected\"}"}`},
	{"express", "text/html; charset=utf-8", map[string]string{"X-Powered-By": "Express",
		"Etag":                    `W/"c-dAuDFQrdjS3hezqxDTNgW7AOlYk"`,
		"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"},
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<pre>UnauthorizedError: No authorization token was found<br>" +
			" &nbsp; &nbsp;at middleware (/srv/app/node_modules/express-jwt/dist/index.js:73:23)<br> &nbsp; &nbsp;at " +
			"Layer.handle [as handle_request] (/srv/app/node_modules/express/lib/router/layer.js:95:5)</pre>\n</body>\n</html>\n"},
	{"nestjs", "application/json; charset=utf-8", map[string]string{"X-Powered-By": "Express"},
		`{"message":["login must be longer than or equal to 3 characters","password should not be empty","property auth-service-params should not exist"],"error":"{reason}","statusCode":{status}}`},
	{"spring", "application/json", map[string]string{"X-Content-Type-Options": "nosniff", "X-Xss-Protection": "0",
		"Cache-Control":   "no-cache, no-store, max-age=0, must-revalidate",
		"Referrer-Policy": "strict-origin-when-cross-origin"},
		`{"timestamp":"2026-11-28T20:15:30.123+00:00","status":{status},"error":"{reason}","exception":"org.springframework.security.authentication.BadCredentialsException",` +
			`"message":"Bad credentials","trace":"org.springframework.security.authentication.BadCredentialsException: Bad credentials\n\tat org.springframework.security.authentication.dao.DaoAuthenticationProvider.additionalAuthenticationChecks(DaoAuthenticationProvider.java:97)\n",` +
			`"path":"{path}"}`},
	{"tomcat", "text/html;charset=utf-8", map[string]string{"Content-Language": "en"},
		`<!doctype html><html lang="en"><head><title>HTTP Status {status} – {reason}</title><style type="text/css">body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;}</style></head>` +
			`<body><h1>HTTP Status {status} – {reason}</h1><hr class="line" /><p><b>Type</b> Status Report</p><p><b>Message</b> Authentication_Credentials_Rejected</p>` +
			`<p><b>Description</b> The request has not been applied to the target resource because it lacks valid authentication credentials for that resource.</p><hr class="line" /><h3>Apache Tomcat/10.1.31</h3></body></html>`},
	{"jersey", "application/json", nil,
		`[{"message":"must not be null","messageTemplate":"{jakarta.validation.constraints.NotNull.message}","path":"SessionResource.createSession.credentials.password","invalidValue":null}]`},
	{"quarkus", "application/json;charset=UTF-8", nil,
		`{"details":"Error id 7f0c-2, io.quarkus.security.AuthenticationFailedException","stack":"io.quarkus.security.AuthenticationFailedException\n\tat io.quarkus.elytron.security.runtime.ElytronPasswordIdentityProvider$1.get(ElytronPasswordIdentityProvider.java:67)\n"}`},
	{"fastapi", "application/json", map[string]string{"Server": "uvicorn"},
		`{"detail":[{"type":"string_type","loc":["body","password"],"msg":"Input should be a valid string","input":{"grant":"password"},"url":"https://errors.pydantic.dev/2.9/v/string_type"}]}`},
	{"asp-net", "application/problem+json; charset=utf-8", map[string]string{"Server": "Kestrel"},
		`{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":{status},` +
			`"errors":{"Password":["The Password field is required."],"Token":["NotEmptyValidator"],"$.sessionId":["The JSON value could not be converted to System.Guid."]},"traceId":"00-84c1fd4063c38d9f3900d06e56542d48-85d1d4fe3f0a1a45-00"}`},
	{"laravel", "application/json", map[string]string{"Cache-Control": "no-cache, private"},
		`{"message":"The given data was invalid.","errors":{"password":["validation.uuid","PasswordRequiresNonAlphanumeric"],` +
			`"token":["EBADCSRFTOKEN","E1001"],"secret":["AADSTS50126"],"api_key":["28P01"]}}`},
	{"rfc-9457", "application/problem+json", nil,
		`{"type":"https://example.com/probs/invalid-credentials","title":"Your credentials are not valid.","status":{status},"detail":"The token has expired. Ask for another one.","instance":"{path}"}`},
	{"rfc-9457-xml", "application/problem+xml", nil,
		`<?xml version="1.0" encoding="UTF-8"?><problem xmlns="urn:ietf:rfc:7807"><type>https://example.com/probs/invalid-credentials</type><title>InvalidCredentialsPresented</title><status>{status}</status></problem>`},
	{"amazon", "application/x-amz-json-1.1",
		map[string]string{"X-Amzn-Errortype": "NotAuthorizedException:http://internal.amazon.com/coral/com.amazonaws/",
			"Via": "1.1 gateway.example.com (CloudFront)"},
		`{"__type":"NotAuthorizedException","message":"Incorrect username or password."}`},
	{"one-word", "text/plain; charset=utf-8", map[string]string{"Etag": `"authorization-required-page"`},
		`UnauthorizedRequest`},
}

const errorsOf = "errors-of-"

// ErrorsOf is the form in which a variant writes refusals, if it is such a variant.
func ErrorsOf(variant string) (ErrorForm, bool) {
	for _, form := range ErrorForms {
		if errorsOf+form.Framework == variant {
			return form, true
		}
	}
	return ErrorForm{}, false
}

// Text is the body for one answer.
func (f ErrorForm) Text(method, path string, status int) string {
	return strings.NewReplacer("{status}", strconv.Itoa(status), "{reason}", http.StatusText(status), "{path}", path,
		"{method}", method).Replace(f.Body)
}

// write puts the form in the place of a refusal's body.
func (f ErrorForm) write(a *answer, r *http.Request) {
	if a.status < 400 {
		return
	}
	a.header.Set("Content-Type", f.MediaType)
	for name, value := range f.Header {
		a.header.Set(name, value)
	}
	a.body.Reset()
	a.body.WriteString(f.Text(r.Method, r.URL.EscapedPath(), a.status))
}
