package exchange

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/net/http/httpguts"
)

// Settings are a target's: its client serves one target only.
type Settings struct {
	Timeout     time.Duration // of one request, from its start to the answer's last byte
	Concurrency int           // requests under way at once
	Headers     map[string]string
	TLS         *tls.Config
	UserAgent   string
	Shared      chan struct{} // a slot for each request under way over all targets; nil: unbounded
}

// Client sends requests to one target. Use NewClient.
type Client struct {
	settings Settings
	kept     *http.Transport // keeps connections
	fresh    *http.Transport // a new connection for each request
	slots    *slots
	http2    atomic.Bool // the target speaks HTTP/2
	distrust atomic.Bool // a kept connection had closed idle: later requests use new ones
	polite   atomic.Bool // the target was busy: later requests go out one by one
	oneByOne sync.Mutex
	pause    atomic.Int64 // nanoseconds for which the busy target was waited for last
	waited   atomic.Int64 // nanoseconds that requests waited in all for the busy target
}

// NewClient gives a client with its own connections.
func NewClient(s Settings) *Client {
	c := &Client{settings: s, kept: NewTransport(s.TLS, true), fresh: NewTransport(s.TLS, false),
		slots: newSlots(max(1, s.Concurrency))}
	c.kept.MaxIdleConnsPerHost = s.Concurrency
	return c
}

// Close ends the connections that are kept.
func (c *Client) Close() {
	c.kept.CloseIdleConnections()
	c.fresh.CloseIdleConnections()
}

// HoldBack lets requests wait until they are let go, so that of those that come together the most urgent ones go first.
func (c *Client) HoldBack() (letGo func()) { return c.slots.hold() }

// Send sends the request, waiting for a free slot first, and returns what came of it: always an exchange, never an
// error. A target that is busy is waited for, and from then on gets one request at a time.
func (c *Client) Send(ctx context.Context, r Request) *Exchange {
	turn := false
	takeTurn := func() { // those that wait together would be turned away together
		if !turn && c.polite.Load() {
			c.oneByOne.Lock()
			turn = true
		}
	}
	takeTurn()
	defer func() {
		if turn {
			c.oneByOne.Unlock()
		}
	}()
	if r.Again != nil { // it has few chances, so it waits before
		sleep(ctx, time.Duration(c.pause.Load()))
	}
	e := &Exchange{Request: r}
	c.occupied(ctx, e, func() { c.once(ctx, e) })
	for e.busy() {
		wait, patience, since := c.wait(e), c.patience(), time.Now()
		c.polite.Store(true)
		c.pause.Store(int64(min(wait, patience)))
		switch {
		case e.Waited+wait > patience:
			return e.lost("it asks to wait %s more: a request waits %s in all", wait.Round(time.Second), patience)
		case time.Duration(c.waited.Load())+wait > retryWaitRequests*patience:
			return e.lost("it asks to wait %s more: the requests of a target wait %s in all", wait.Round(time.Second),
				retryWaitRequests*patience)
		case r.Again != nil && !r.Again():
			return e.lost("it does not go out again, since it could lock the account")
		}
		takeTurn()
		wait += time.Millisecond               // a clock that rounds down must have moved on
		left := max(0, wait-time.Since(since)) // it has waited for its turn already
		c.waited.Add(int64(left))
		if !sleep(ctx, left) {
			return e
		}
		again := &Exchange{Request: r, Waited: e.Waited + wait, Resends: e.Resends + 1}
		c.occupied(ctx, again, func() { c.once(ctx, again) })
		e = again
	}
	return e
}

// occupied does the work while holding one of the target's slots and one of all targets'.
func (c *Client) occupied(ctx context.Context, e *Exchange, work func()) {
	if !c.slots.take(ctx, e.Request.Urgency) {
		e.NotAsked = "the run was interrupted"
		return
	}
	defer c.slots.give()
	if shared := c.settings.Shared; shared != nil {
		select {
		case shared <- struct{}{}:
			defer func() { <-shared }()
		case <-ctx.Done():
			e.NotAsked = "the run was interrupted"
			return
		}
	}
	work()
}

// once sends the request, and once more on a new connection where a kept one had closed idle.
func (c *Client) once(ctx context.Context, e *Exchange) {
	e.Started = time.Now()
	lasting := Lasting
	if e.Request.Method == http.MethodGet {
		lasting = Within
	}
	ctx, cancel := lasting(ctx, c.settings.Timeout)
	defer cancel()
	transport := c.kept
	if e.Request.Fresh || c.distrust.Load() {
		transport = c.fresh
	}
	closedIdle := c.try(ctx, transport, e)
	if closedIdle && ctx.Err() == nil {
		c.distrust.Store(true)
		*e = Exchange{Request: e.Request, Started: e.Started, Waited: e.Waited, Resends: e.Resends, Resent: true}
		c.try(ctx, c.fresh, e)
	}
	e.Took = time.Since(e.Started)
}

// try sends the request over the transport. It says whether a kept connection closed before the first byte of an
// answer.
func (c *Client) try(ctx context.Context, transport *http.Transport, e *Exchange) (closedIdle bool) {
	var connected, reused, gotByte atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(i httptrace.GotConnInfo) {
			connected.Store(true)
			reused.Store(i.Reused)
		},
		GotFirstResponseByte: func() { gotByte.Store(true) },
	})
	request, err := c.build(ctx, e)
	if err != nil {
		e.NoAnswer, e.Unsendable = "the request could not be built: its address is none", true
		return false
	}
	for name, values := range request.Header {
		if !httpguts.ValidHeaderFieldName(name) ||
			slices.ContainsFunc(values, func(v string) bool { return !httpguts.ValidHeaderFieldValue(v) }) {
			e.NoAnswer, e.Unsendable = fmt.Sprintf("it was not sent, because the header %s would hold characters that none "+
				"may: control characters of a session ID or cookie of the target", Printable(name, 40)), true
			return false
		}
	}
	if transport == c.fresh {
		// Over HTTP/2 requests of one transport share connections, and the first of them to end closes it for all.
		transport = transport.Clone()
		defer transport.CloseIdleConnections()
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		e.NoAnswer, e.Unsent, e.Unsendable = c.explain(ctx, err), !connected.Load(), lacksMeans(err)
		return reused.Load() && !gotByte.Load() && ctx.Err() == nil
	}
	defer response.Body.Close()
	c.http2.Store(response.ProtoMajor == 2)
	if transport.DisableKeepAlives && response.ProtoMajor == 1 {
		e.Request.Header.Set("Connection", "close") // as net/http sent it
	}
	e.Answer = &Answer{Status: response.StatusCode, Proto: response.Proto, Header: response.Header,
		Reason: strings.TrimSpace(strings.TrimPrefix(response.Status, fmt.Sprint(response.StatusCode)))}
	e.noteProxy()
	if err := e.Answer.read(response.Body, request.Header); err != nil {
		e.NoAnswer = "the answer broke off in its body: " + c.explain(ctx, err)
	}
	return false
}

// lacksLength says that the request is to go out without the length of its empty body.
func lacksLength(h http.Header) bool {
	values, named := h["Content-Length"]
	return named && len(values) == 0
}

// build makes the request. Its body cannot be read twice, so that net/http never sends it twice on its own.
func (c *Client) build(ctx context.Context, e *Exchange) (*http.Request, error) {
	r := &e.Request
	header := http.Header{"User-Agent": {c.settings.UserAgent}, "Accept-Encoding": {"gzip"}}
	for name, value := range c.settings.Headers {
		header.Set(name, value)
	}
	for name, values := range r.Header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	r.Header = header
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, io.NopCloser(bytes.NewReader(r.Body)))
	if err != nil {
		return nil, err
	}
	request.Header = header.Clone()
	request.Host = header.Get("Host")
	switch {
	case r.Chunked:
		request.ContentLength = -1
	case len(r.Body) > 0:
		request.ContentLength = int64(len(r.Body))
	case lacksLength(r.Header) && !c.http2.Load():
		r.NoLength = true
		request.ContentLength, request.TransferEncoding = -1, []string{"identity"}
	case r.Method == http.MethodPost || c.http2.Load():
		// A POST without a body still says so: some servers answer 411 otherwise. Over HTTP/2 any other body would be one of
		// unknown length (RFC 9113, 8.1), and nothing that was processed is sent twice; over HTTP/1.1 net/http would send
		// this one again.
		request.Body = http.NoBody
	}
	return request, nil
}
