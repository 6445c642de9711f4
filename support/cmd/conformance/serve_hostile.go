package main

import (
	"fmt"
	"os"
	"path/filepath"

	"session-conformance/support/reference/hostile"
	"session-conformance/support/reference/wire"
)

// startHostile serves the API at its port in the way of a hostile case.
func (s served) startHostile(c hostile.Case) (*wire.Running, error) {
	made, err := s.New(nil)
	if err != nil {
		return nil, err
	}
	running, err := hostile.Start(c, made.Handler, s.address())
	if err != nil {
		return nil, s.taken(err)
	}
	if running.CA != nil {
		path := filepath.Join(os.TempDir(), fmt.Sprintf("session-conformance-%s-%d.pem", s.API, s.port))
		if err := os.WriteFile(path, running.CA, 0o644); err != nil {
			_ = running.Close()
			return nil, err
		}
		made.Settings["tls"] = map[string]string{"ca_file": path}
	}
	s.tell(running, made, c.Name+": "+c.Says)
	return running, nil
}

func listHostile() {
	all := hostile.Cases()
	fmt.Printf("hostile: %d ways, for each API unless it says otherwise\n", len(all))
	for _, c := range all {
		apis := ""
		for _, api := range c.APIs {
			apis += " (" + api + ")"
		}
		fmt.Printf("  hostile  %-46s %s%s\n", c.Name, c.Says, apis)
	}
}
