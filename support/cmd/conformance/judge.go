package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// judge judges the evidence that lies in a folder, as run judges targets. Nothing is sent.
func judge(args []string) int {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return complain(errors.New("usage: conformance judge DIR [--altered] [ginkgo flags]\nDIR holds HAR files, or a folder evidence with them; --altered judges what was altered since it was written"))
	}
	path, err := filepath.Abs(args[0])
	if err != nil {
		return complain(err)
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return complain(fmt.Errorf("conformance judge: %s is no folder", args[0]))
	}
	rest := slices.DeleteFunc(slices.Clone(args[1:]), func(arg string) bool { return arg == "--altered" })
	if len(rest) < len(args)-1 {
		if err := os.Setenv("EVIDENCE_ALTERED", "1"); err != nil {
			return complain(err)
		}
	}
	if err := os.Setenv("EVIDENCE", path); err != nil {
		return complain(err)
	}
	return run(rest)
}
