package session

import (
	"fmt"
	"strings"

	"session-conformance/support/evidence"
)

// Path is another way to write the path of a call.
type Path struct {
	Name  string // after "without a session"
	Write func(path string) string
}

// paths are ways that some servers find a call by, and some checks of who calls do not.
var paths = []Path{
	{"with a slash behind the path", func(path string) string { return path + "/" }},
	{"with a parameter behind the path", func(path string) string { return path + ";a=b" }},
	{"with a slash too many in the path", func(path string) string { return afterFirst(path, "/") }},
	{"with a dot for a part of the path", func(path string) string { return afterFirst(path, "./") }},
	{"with a capital letter in the path", func(path string) string {
		return inLast(path, func(letter string) string { return strings.ToUpper(letter) })
	}},
	{"with a letter of the path by its number", func(path string) string {
		return inLast(path, func(letter string) string { return fmt.Sprintf("%%%02X", letter) })
	}},
}

// inLast writes the first letter of a path's last part in another way.
func inLast(path string, write func(letter string) string) string {
	i := strings.LastIndex(path, "/") + 1
	return path[:i] + write(path[i:i+1]) + path[i+1:]
}

// afterFirst puts a text behind the first part of a path.
func afterFirst(path, text string) string {
	i := strings.Index(path[1:], "/") + 2
	return path[:i] + text + path[i:]
}

// PathStep is a call whose path is written in another way.
type PathStep struct {
	Path
	Step *evidence.Step
}

// PathSteps declares one for each of the paths; their names begin with a text.
func PathSteps(of *evidence.Steps, begin string) (all []PathStep) {
	for _, p := range paths {
		all = append(all, PathStep{p, of.Step(begin + p.Name)})
	}
	return all
}
