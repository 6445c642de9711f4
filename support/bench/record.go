package main

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"sync"
)

// Request is one request as a server received it, with its secrets, and what its answer was.
type Request struct {
	Method  string
	Path    string // with the query
	Header  http.Header
	Body    []byte
	Chunked bool
	Status  int
	// Mints are values of the answer that later requests carry, and Uses those of earlier answers that this request
	// carries.
	Mints []Minted `json:",omitempty"`
	Uses  []string `json:",omitempty"`
}

// Minted is a value that an answer made: the Nth of its Words.
type Minted struct {
	Nth   int
	Value string
}

// Recorder keeps the requests that reach a server. It is for reference servers only, whose secrets are well known.
type Recorder struct {
	mu       sync.Mutex
	requests []Request
	words    [][]string // of their answers
}

// Record hands the requests on to the handler and keeps them.
func (r *Recorder) Record(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		q.Body = io.NopCloser(bytes.NewReader(body))
		kept := Request{Method: q.Method, Path: q.URL.RequestURI(), Header: q.Header.Clone(), Body: body,
			Chunked: len(q.TransferEncoding) > 0, Status: http.StatusOK}
		kept.Header.Del("Content-Length")
		answer := &listener{ResponseWriter: w, status: &kept.Status}
		h.ServeHTTP(answer, q)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.requests = append(r.requests, kept)
		r.words = append(r.words, Words(w.Header(), answer.body.Bytes()))
	})
}

// Requests are those received so far, in the order in which they were answered, with what they take from one another.
func (r *Recorder) Requests() []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.requests {
		for nth, word := range r.words[i] {
			used := false
			for j := i + 1; j < len(r.requests); j++ {
				if later := &r.requests[j]; later.carries(word) && !slices.Contains(later.Uses, word) {
					later.Uses, used = append(later.Uses, word), true
				}
			}
			if used {
				r.requests[i].Mints = append(r.requests[i].Mints, Minted{nth, word})
			}
		}
	}
	return r.requests
}

// listener keeps an answer.
type listener struct {
	http.ResponseWriter
	status *int
	body   bytes.Buffer
}

func (l *listener) WriteHeader(status int) {
	*l.status = status
	l.ResponseWriter.WriteHeader(status)
}

func (l *listener) Write(text []byte) (int, error) {
	l.body.Write(text)
	return l.ResponseWriter.Write(text)
}
