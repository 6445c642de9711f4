package sessions

import "slices"

// contentFaults are media types and contents that are not as documented, whatever the fields say.
var contentFaults = slices.Concat(
	breaks("sessions-info-media-type",
		fault("login-media-type-text", "A good login is labelled text/plain.",
			on(at(login), typed("text/plain; charset=utf-8"))),
		fault("login-media-type-absent", "A good login names no media type.", on(at(login), typed(""))),
		fault("token-media-type-html", "A good login by token is labelled text/html.",
			on(at(token), typed("text/html"))),
		fault("node-media-type-bytes", "A node's good login is labelled application/octet-stream.",
			on(at(node), typed("application/octet-stream"))),
		fault("user-media-type-vendor", "GET /session/user is labelled application/vnd.storware+json.",
			on(at(user), typed("application/vnd.storware+json"))),
		fault("user-media-type-jsonp", "GET /session/user is labelled application/jsonp.",
			on(at(user), typed("application/jsonp"))),
	),
	breaks("sessions-details-media-type",
		fault("details-media-type-text-json", "GET /session/user/details is labelled text/json.",
			on(at(details), typed("text/json"))),
		fault("details-media-type-absent", "GET /session/user/details names no media type.",
			on(at(details), typed(""))),
	),
	breaks("sessions-info-json",
		fault("login-content-cut", "A good login's JSON lacks its last brace.", on(at(login), rewritten(cut))),
		fault("login-content-absent", "A good login has no content.", on(at(login), nothing)),
		fault("token-content-guarded", "A good login by token begins with )]}', before its JSON.",
			on(at(token), rewritten(guarded))),
		fault("node-content-twice", "A node's good login has its JSON twice.", on(at(node), rewritten(twice))),
		fault("user-content-single-quotes", "GET /session/user puts its texts in single quotation marks.",
			on(at(user), rewritten(singleQuotes))),
		fault("user-content-xml", "GET /session/user holds XML.",
			on(at(user), content("<session><uiTimeZone>UTC</uiTimeZone></session>"))),
	),
	breaks("sessions-details-json",
		fault("details-content-cut", "GET /session/user/details lacks its last brace.",
			on(at(details), rewritten(cut))),
		fault("details-content-absent", "GET /session/user/details has no content.", on(at(details), nothing)),
		fault("details-content-trailing-comma", "GET /session/user/details has a comma after its last field.",
			on(at(details), rewritten(trailingComma))),
	),
	breaks("sessions-info-object",
		fault("info-in-array", "The session's info stands in an array.", on(at(infoCalls...), rewritten(inArray))),
		fault("login-wrapped", "A good login's info stands below another name.", on(at(login), rewritten(wrapped))),
		fault("token-content-null", "A good login by token holds null.", on(at(token), content("null"))),
		fault("node-content-text", "A node's good login holds a JSON text.", on(at(node), content(`"ok"`))),
		fault("user-wrapped", "GET /session/user holds its fields below another name.",
			on(at(user), rewritten(wrapped))),
	),
	breaks("sessions-details-object",
		fault("details-in-array", "The user's details stand in an array.", on(at(details), rewritten(inArray))),
		fault("details-wrapped", "The user's details stand below another name.", on(at(details), rewritten(wrapped))),
	),
)

func cut(right []byte) []byte { return right[:len(right)-1] }

func guarded(right []byte) []byte { return append([]byte(")]}',\n"), right...) }

func twice(right []byte) []byte { return append(append(append([]byte{}, right...), '\n'), right...) }

func singleQuotes(right []byte) []byte {
	other := append([]byte{}, right...)
	for i, c := range other {
		if c == '"' {
			other[i] = '\''
		}
	}
	return other
}

func trailingComma(right []byte) []byte { return append(right[:len(right)-1:len(right)-1], ",}"...) }

func inArray(right []byte) []byte { return append(append([]byte("["), right...), ']') }

func wrapped(right []byte) []byte { return append(append([]byte(`{"session":`), right...), '}') }
