package main

import (
	"fmt"
	"os"

	"session-conformance/support/reference/hostile"
	"session-conformance/support/reference/wire"
)

// startHostile serves the API at its port in the way of a hostile case.
func (s served) startHostile(c hostile.Case) (*wire.Running, error) {
	address := fmt.Sprintf("127.0.0.1:%d", s.port)
	handler, base, says, err := s.make(nil, "http://"+address)
	if err != nil {
		return nil, err
	}
	running, err := hostile.Start(c, handler, address)
	if err != nil {
		return nil, fmt.Errorf("the %s server cannot listen at %s: %w", s.api, address, err)
	}
	if running.CA != nil {
		path := fmt.Sprintf("%s/session-conformance-%s-%d.pem", os.TempDir(), s.api, s.port)
		if err := os.WriteFile(path, running.CA, 0o644); err != nil {
			_ = running.Close()
			return nil, err
		}
		says = append(says, "ca_file:    "+path)
	}
	s.tell(running, base, c.Name+": "+c.Says, says)
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
