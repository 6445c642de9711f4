package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"session-conformance/support/target"
)

// waitFor waits until every target answers anything at all, for so long at most: a pipeline starts products beside the
// run. Nobody logs in. Those that do not answer by then are asked all the same, and judged for it.
func waitFor(targets []target.Target, patience time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client := &http.Client{
		Timeout:       2 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		// Nothing is sent that is worth a certificate: only whether somebody is there counts.
		Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
			DisableKeepAlives: true},
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	var silent []string
	slots := make(chan struct{}, 64)
	for _, t := range targets {
		if t.Embedded() {
			continue
		}
		all.Go(func() {
			for !answers(ctx, client, t.URL, slots) {
				select {
				case <-ctx.Done():
					mu.Lock()
					silent = append(silent, t.Name)
					mu.Unlock()
					return
				case <-time.After(500 * time.Millisecond):
				}
			}
		})
	}
	all.Wait()
	if len(silent) > 0 {
		fmt.Printf("No answer within %s from: %s\n", patience, strings.Join(silent[:min(len(silent), 20)], ", "))
	}
}

// answers says whether somebody answers at the address who does not only say that the product is not there yet.
func answers(ctx context.Context, client *http.Client, address string, slots chan struct{}) bool {
	slots <- struct{}{}
	defer func() { <-slots }()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return true // the run says what is wrong with it
	}
	a, err := client.Do(q)
	if err != nil {
		return false
	}
	_ = a.Body.Close()
	return a.StatusCode != http.StatusBadGateway && a.StatusCode != http.StatusServiceUnavailable &&
		a.StatusCode != http.StatusGatewayTimeout
}
