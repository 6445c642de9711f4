package sessions

import (
	"net/http"
	"slices"

	"session-conformance/support/reference"
)

// The stages of a call at which changes have their effect.
const (
	requested reference.Stage = iota // before all else
	decided                          // of a login that was read
	answering                        // before an answer is written
)

// effects are what else peculiarities change of a server: each is asked where the document's way has come to its end.
type effects struct {
	reference.Effects[*turn]
	cookieName string
	proofName  string // of a second cookie that a session needs; empty: it needs none
	newID      func() string

	onBody   []func([]byte) []byte     // changes a login's body before it is read
	onOpen   []func(*Server, *session) // changes a session that was opened
	onFind   []find                    // finds a session for an ID that is no live one's
	onUse    []func(*Server, *session) // sees a session that is used, before it is
	onLogout func(*Server, *session)   // logs out
	onCookie []func(*cookie)           // changes the cookies that hand out a session
}

// effect is what a fault or a variant does to a server that is being made.
type effect = func(*Server)

// change is what it does to a call, under the server's lock.
type change = func(*turn)

// list is a fault or a variant of this server, or a family of them.
type list = reference.List[*Server]

var (
	is        = reference.Is[*Server]
	breaks    = reference.Breaks[*Server]
	overHTTPS = reference.OverHTTPS[*Server]
	leaveOpen = reference.LeaveOpen[*Server]
	during    = reference.At[*Server, *turn]
)

// answers are the faults that answer with other statuses.
func answers(name, says string, ends when, statuses ...int) list {
	return reference.Answered(name, says, func(status int) effect { return on(ends, answered(status)) }, statuses...)
}

// peculiarities are all faults and variants, in the order in which their effects follow each other.
var peculiarities = slices.Concat(loginFaults, refusalFaults, contentFaults, fieldFaults, callFaults,
	valueFaults, nameFaults, doorFaults, stateFaults, timeFaults, sampleFaults, variants, fieldVariants, ruleVariants,
	capped)

// Faults are the documented behaviours that the server can do wrong.
var Faults = reference.Faults(peculiarities)

// Variants are the open points that the server can do another way.
var Variants = reference.Variants(peculiarities)

// on changes the answers for which the condition holds.
func on(holds when, changes ...change) effect {
	return during(answering, onlyIf(holds, changes...))
}

// opened changes each session that is opened.
func opened(does func(*Server, *session)) effect {
	return func(s *Server) { s.onOpen = append(s.onOpen, does) }
}

// decides decides otherwise of logins.
func decides(does func(*turn), only ...when) effect { return during(decided, does, only...) }

// found finds a session for an ID that is no live one's, or nil.
func found(by find) effect { return func(s *Server) { s.onFind = append(s.onFind, by) } }

type find func(s *Server, r *http.Request, id string) *session

// used sees each session before it is used; it may end it.
func used(does func(*Server, *session)) effect {
	return func(s *Server) { s.onUse = append(s.onUse, does) }
}

// cookies changes the cookies that hand out a session.
func cookies(does func(*cookie)) effect {
	return func(s *Server) { s.onCookie = append(s.onCookie, does) }
}

// attribute adds an attribute to them, or replaces the one of that name; withoutAttribute leaves it out.
func attribute(a string) effect           { return cookies(func(c *cookie) { c.Sets(a) }) }
func withoutAttribute(name string) effect { return cookies(func(c *cookie) { c.Lacks(name) }) }

// loggedOut is another way to log out.
func loggedOut(does func(*Server, *session)) effect { return func(s *Server) { s.onLogout = does } }

// ids are session IDs of another form.
func ids(form func() string) effect { return func(s *Server) { s.newID = form } }
