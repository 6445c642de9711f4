// Package hostile holds servers that are as bad as servers get. Each case is one way to be bad on top of a good server:
// it answers well, but for some requests, so that all else can be judged. None of it is legal behaviour that must pass,
// unless a case says so; what matters is that a client survives it and says what happened.
package hostile

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"

	"session-conformance/support/reference"
	"session-conformance/support/reference/wire"
)

// Case is one way to be hostile.
type Case struct {
	Name   string
	Says   string   // what the server does, in a sentence
	Family string   // the group that the case is listed in
	APIs   []string // the APIs at which it shows; none: at all of them

	when func(*turn) bool // the requests that it happens to
	// it speaks in place of the good server, and says whether the connection may go on; or
	speak func(*turn) (keep bool)
	alter func(*turn)                     // it changes the good answer, which is then spoken well
	asked func(*http.Request)             // it changes a request before the good server sees it
	talk  func(context.Context, net.Conn) // it does this with each connection, without reading a request
	tls   func() (*tls.Config, []byte, error)
	deaf  bool // nobody listens
}

// Cases are all cases, family by family. Some are megabytes of text, so they are made when first asked for, not in
// each start of the program.
var Cases = sync.OnceValue(func() []Case {
	var all []Case
	for _, family := range []struct {
		name  string
		cases []Case
	}{{"connection", connection()}, {"framing", framing()}, {"headers", headers()}, {"cookies", cookies()},
		{"redirects", redirects()}, {"tls", handshakes()}, {"bodies", bodies()}, {"xml", xmlBodies()},
		{"json", jsonBodies()}, {"values", values()}, {"decline", decline()}} {
		for _, c := range family.cases {
			c.Family = family.name
			all = append(all, c)
		}
	}
	return all
})

// Find gives the named case. The error names the nearest ones.
func Find(name string) (Case, error) {
	var names []string
	for _, c := range Cases() {
		if c.Name == name {
			return c, nil
		}
		names = append(names, c.Name)
	}
	return Case{}, fmt.Errorf("no hostile server is named %q; similar: %s", name, reference.Similar(name, names))
}

// Shows says whether the case shows at a server of that API.
func (c Case) Shows(api string) bool { return len(c.APIs) == 0 || slices.Contains(c.APIs, api) }

// Start serves a good handler in the case's way, on a loopback address. Over TLS, Running.CA is the PEM of whom a
// client can trust; nil where it cannot trust anybody.
func Start(c Case, good http.Handler, addr string) (*wire.Running, error) {
	if c.deaf {
		return wire.Deaf(addr)
	}
	s := &server{Case: c, good: good}
	var secure *tls.Config
	var ca []byte
	if c.tls != nil {
		var err error
		if secure, ca, err = c.tls(); err != nil {
			return nil, err
		}
	}
	talk := s.serve
	if c.talk != nil {
		talk = c.talk
	}
	s.listening.Add(1)
	r, err := wire.Talk(addr, secure, talk)
	s.running = r
	s.listening.Done()
	if err != nil {
		return nil, err
	}
	if c.talk != nil && c.tls == nil && c.Family == "tls" {
		r.URL = strings.Replace(r.URL, "http:", "https:", 1)
	}
	r.CA = ca
	return r, nil
}
