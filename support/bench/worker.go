package main

import (
	"encoding/json"
	"os"
)

// workers are what a measurement needs in processes of their own, so that their time is not taken for the run's:
// reference servers that answer late, and a bare client.
var workers = map[string]func(args []string) error{"serve": serve, "replay": replay}

// writeJSON writes the value to a new file.
func writeJSON(path string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}
