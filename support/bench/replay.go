package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
)

// replay sends recorded requests to each target as a bare client does: net/http, kept connections, each answer read and
// forgotten. It prints how many were answered with the status that they had when they were recorded.
func replay(args []string) error {
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	file := flags.String("file", "", "the targets.jsonl that serve wrote")
	recorded := flags.String("requests", "", "the requests that serve recorded")
	concurrency := flags.Int("concurrency", 1, "requests under way at once")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var requests []Request
	addresses, err := addressesIn(*file)
	if err := errors.Join(err, readJSON(*recorded, &requests)); err != nil {
		return err
	}
	transport := &http.Transport{MaxIdleConnsPerHost: *concurrency, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &bare{slots: make(chan struct{}, *concurrency),
		transport: &http.Transport{MaxIdleConnsPerHost: *concurrency, DisableCompression: true}}
	var all sync.WaitGroup
	for _, address := range addresses {
		live := &values{of: map[string]string{}}
		if len(addresses) == 1 {
			for _, q := range requests {
				client.slots <- struct{}{}
				all.Go(func() { client.send(address, live, q) })
			}
			continue
		}
		client.slots <- struct{}{}
		all.Go(func() { client.send(address, live, requests...) })
	}
	all.Wait()
	if err := client.failed.Load(); err != nil {
		return *err
	}
	fmt.Println(client.alike.Load())
	return nil
}

// addressesIn are the servers of a targets.jsonl, without a path: recorded requests carry theirs.
func addressesIn(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all []string
	for lines := json.NewDecoder(bytes.NewReader(text)); lines.More(); {
		var t struct{ URL string }
		if err := lines.Decode(&t); err != nil {
			return nil, err
		}
		u, err := url.Parse(t.URL)
		if err != nil {
			return nil, err
		}
		all = append(all, u.Scheme+"://"+u.Host)
	}
	return all, nil
}

// values are what the answers of a target made, by the values that were recorded in their place.
type values struct {
	sync.Mutex
	of map[string]string
}

type bare struct {
	transport *http.Transport
	slots     chan struct{}
	alike     atomic.Int64
	failed    atomic.Pointer[error]
}

// send sends the requests to the server, one after another, and frees a slot.
func (b *bare) send(address string, live *values, requests ...Request) {
	defer func() { <-b.slots }()
	for _, q := range requests {
		status, err := b.once(address, live, q)
		if err != nil {
			b.failed.Store(&err)
			return
		}
		if status == q.Status {
			b.alike.Add(1)
		}
	}
}

// once sends the request to the server and gives the status of the answer.
func (b *bare) once(address string, live *values, q Request) (int, error) {
	live.Lock()
	q = q.With(live.of)
	live.Unlock()
	request, err := http.NewRequest(q.Method, address+q.Path, bytes.NewReader(q.Body))
	if err != nil {
		return 0, err
	}
	request.Header = q.Header
	if q.Chunked {
		request.ContentLength = -1
	}
	answer, err := b.transport.RoundTrip(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if len(q.Mints) == 0 {
		_, err = io.Copy(io.Discard, answer.Body)
		return answer.StatusCode, err
	}
	body, err := io.ReadAll(answer.Body)
	words := Words(answer.Header, body)
	live.Lock()
	defer live.Unlock()
	for _, m := range q.Mints {
		if m.Nth < len(words) {
			live.of[m.Value] = words[m.Nth]
		}
	}
	return answer.StatusCode, err
}

func readJSON(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
