package main

import (
	"fmt"

	"session-conformance/support/target"
)

// check reads targets.yaml as a run would, and says what it selects.
func check([]string) int {
	dir, err := root()
	if err != nil {
		return complain(err)
	}
	path, targets, err := selected(dir)
	if err != nil {
		return complain(err)
	}
	for _, t := range targets {
		fmt.Printf("%s: %s at %s\n", t.Name, t.API, t.URL)
	}
	fmt.Printf("%s is right; %d targets are selected.\n", path, len(targets))
	return 0
}

// selected reads targets.yaml and gives its path and the targets that TARGET names.
func selected(dir string) (string, []target.Target, error) {
	path, err := target.Find()
	if err != nil {
		return "", nil, err
	}
	targets, err := target.Load(path, target.Selection(), func(api string) []string {
		catalogue, err := catalogueOf(dir, api)
		if err != nil {
			return nil
		}
		return catalogue.IDs()
	})
	return path, targets, err
}
