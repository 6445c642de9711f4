package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// judge judges the evidence that lies in a folder, as run judges targets. Nothing is sent.
func judge(args []string) int {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return complain(errors.New("usage: conformance judge DIR [ginkgo flags]\nDIR holds HAR files, or a folder evidence with them"))
	}
	path, err := filepath.Abs(args[0])
	if err != nil {
		return complain(err)
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return complain(fmt.Errorf("conformance judge: %s is no folder", args[0]))
	}
	if err := os.Setenv("EVIDENCE", path); err != nil {
		return complain(err)
	}
	return run(args[1:])
}
