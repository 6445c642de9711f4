package session

import "strings"

// Path is another way to write the path of a call.
type Path struct {
	Name  string // after "without a session"
	Write func(path string) string
}

// Paths are ways that some servers find a call by, and some checks of who calls do not.
var Paths = []Path{
	{"with a slash behind the path", func(path string) string { return path + "/" }},
	{"with a parameter behind the path", func(path string) string { return path + ";a=b" }},
	{"with a slash too many in the path", func(path string) string { return afterFirst(path, "/") }},
	{"with a dot for a part of the path", func(path string) string { return afterFirst(path, "./") }},
}

// afterFirst puts a text behind the first part of a path.
func afterFirst(path, text string) string {
	i := strings.Index(path[1:], "/") + 2
	return path[:i] + text + path[i:]
}
