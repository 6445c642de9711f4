package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"session-conformance/suites"
	"session-conformance/support/reference/wire"
)

// serve runs reference servers of one API, each with a state of its own, until its standard input ends. It writes a
// targets.jsonl for them, a target in each line, and then a line to its standard output: the Keycloak token that all of
// them take, if there is one. The file has it as ${KEYCLOAK_TOKEN}.
func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	api := flags.String("api", "", "saymon, sdm or sessions")
	number := flags.Int("targets", 1, "how many servers")
	delay := flags.Duration("delay", 0, "how long each answer takes")
	concurrency := flags.Int("concurrency", 8, "of each target")
	file := flags.String("file", "", "the targets.jsonl to write")
	record := flags.String("record", "", "where to write all requests when it ends")
	with := flags.String("with", "", "a fault or variant of the servers")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var peculiar []string
	if *with != "" {
		peculiar = []string{*with}
	}
	var recorder Recorder
	var targets bytes.Buffer
	lines := json.NewEncoder(&targets)
	token := ""
	for i := range *number {
		made, err := suites.Of(*api).Reference().New(peculiar)
		if err != nil {
			return err
		}
		handler := late(*delay, made.Handler)
		if *record != "" {
			handler = recorder.Record(handler)
		}
		running, err := wire.Start(handler, wire.Options{Addr: "127.0.0.1:0"})
		if err != nil {
			return err
		}
		defer running.Close()
		settings := made.Settings
		settings["name"], settings["api"], settings["url"] = fmt.Sprintf("%s-%04d", *api, i+1), *api, running.URL+made.Base
		settings["concurrency"] = *concurrency
		if keycloak, ok := settings["keycloak"].(map[string]string); ok {
			token = keycloak["token"] // the servers of a process share the realm's key
			keycloak["token"] = "${" + KeycloakVariable + "}"
		}
		if err := lines.Encode(settings); err != nil {
			return err
		}
	}
	if err := os.WriteFile(*file, targets.Bytes(), 0o600); err != nil {
		return err
	}
	fmt.Println(token)
	_, _ = io.Copy(io.Discard, os.Stdin)
	if *record == "" {
		return nil
	}
	return writeJSON(*record, recorder.Requests())
}

// late answers when the delay is over.
func late(delay time.Duration, h http.Handler) http.Handler {
	if delay == 0 {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(delay)
		h.ServeHTTP(w, r)
	})
}
