// Package wire says how a reference server speaks, apart from what it says: compressed, in chunks, slowly, over
// connections that close without notice. All of it is legal HTTP and must change no verdict. It also holds the null
// targets: servers that do nothing a document asks for, against which no spec may pass.
package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"

	"session-conformance/support/reference"
)

// Options say where and how a server speaks.
type Options struct {
	Addr string   // of a loopback interface, "127.0.0.1:0" for a free port
	With []string // names of Variants, together
	TLS  bool     // with a certificate of its own, made anew
}

// Running is a server that listens.
type Running struct {
	URL string // http://127.0.0.1:8080, without a slash at the end
	CA  []byte // over TLS: the PEM of the certificate that vouches for it

	stop func()
	deaf func()          // stops listening; nil where net/http speaks
	done <-chan struct{} // closed when no goroutine is left
}

// patience is how long Close waits for a handler that does not heed its context.
const patience = 5 * time.Second

// Close ends the server and all its connections at once.
func (r *Running) Close() error {
	r.stop()
	select {
	case <-r.done:
		return nil
	case <-time.After(patience):
		return fmt.Errorf("%s: a request is still being handled %s after the server was ended", r.URL, patience)
	}
}

// Start serves a handler with the named variants. Without any it is net/http's own server that speaks. The error names
// an unknown variant, or says why the address cannot be listened on.
func Start(h http.Handler, o Options) (*Running, error) {
	chosen, err := reference.Choose(o.With, Names(reference.Server{}))
	if err != nil {
		return nil, err
	}
	for _, m := range middlemen {
		if chosen.Has(m.name) {
			h = m.stands(h)
			delete(chosen, m.name)
		}
	}
	l, r, err := listen(o.Addr, o.TLS)
	if err != nil {
		return nil, err
	}
	if len(chosen) == 0 {
		r.serveHTTP(l, h)
	} else {
		s := speaker{handler: h, with: chosen}
		r.serve(l, s.talk)
	}
	return r, nil
}

// loopback refuses an address that other machines reach: reference servers have well-known passwords.
func loopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host != "localhost" && !ip.IsLoopback() {
		return fmt.Errorf("%s is no address of this machine alone; take 127.0.0.1", addr)
	}
	return nil
}

// listen opens the address, a loopback one.
func listen(addr string, secure bool) (net.Listener, *Running, error) {
	if err := loopback(addr); err != nil {
		return nil, nil, err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, nil, err
	}
	r := &Running{URL: "http://" + l.Addr().String()}
	if secure {
		certificate, pem, err := NewCertificate(nil)
		if err != nil {
			return nil, nil, errors.Join(err, l.Close())
		}
		r.URL, r.CA = "https://"+l.Addr().String(), pem
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{certificate}})
	}
	return l, r, nil
}

// serveHTTP lets net/http speak.
func (r *Running) serveHTTP(l net.Listener, h http.Handler) {
	var open sync.WaitGroup
	server := &http.Server{
		Handler:           h,
		ErrorLog:          log.New(io.Discard, "", 0),
		ReadHeaderTimeout: time.Minute,
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				open.Add(1)
			case http.StateClosed, http.StateHijacked:
				open.Done()
			}
		},
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		server.Serve(l) // ends with an error that says only that it was closed
		open.Wait()
	}()
	r.stop, r.done = func() { server.Close() }, done
}

// serve lets talk speak on each connection, until it returns or the server is closed.
func (r *Running) serve(l net.Listener, talk func(context.Context, net.Conn)) {
	ctx, cancel := context.WithCancel(context.Background())
	var open sync.WaitGroup
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				break // closed
			}
			open.Go(func() {
				defer c.Close()
				defer context.AfterFunc(ctx, func() { c.Close() })()
				talk(ctx, c)
			})
		}
		<-ctx.Done() // who only stopped listening may go on talking
		open.Wait()
	}()
	r.deaf = func() { l.Close() }
	r.stop = func() {
		cancel()
		l.Close()
	}
	r.done = done
}

// Deaf takes a loopback address at which nobody listens: connections are refused, and no other program is given the
// port, until it is closed.
func Deaf(addr string) (*Running, error) {
	if err := loopback(addr); err != nil {
		return nil, err
	}
	wanted, err := net.ResolveTCPAddr("tcp4", addr)
	if err != nil {
		return nil, err
	}
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", addr, err)
	}
	syscall.CloseOnExec(socket)
	err = syscall.Bind(socket, &syscall.SockaddrInet4{Port: wanted.Port, Addr: [4]byte(wanted.IP.To4())})
	var taken syscall.Sockaddr
	if err == nil {
		taken, err = syscall.Getsockname(socket)
	}
	if err != nil {
		_ = syscall.Close(socket)
		return nil, fmt.Errorf("%s cannot be taken: %w", addr, err)
	}
	done := make(chan struct{})
	close(done)
	at := net.TCPAddr{IP: wanted.IP, Port: taken.(*syscall.SockaddrInet4).Port}
	return &Running{URL: "http://" + at.String(), stop: func() { _ = syscall.Close(socket) }, done: done}, nil
}
