package report

import (
	"path/filepath"
	"strings"
)

// attached is the line by which a case of JUnit names a file that belongs to it. Jenkins takes each such line, GitLab
// the first; what stands on the line besides they would take for a part of the path.
func attached(path string) string { return "[[ATTACHMENT|" + path + "]]" }

// seen is the way to the folder from where those look who read attachments: GitLab from $CI_PROJECT_DIR, Jenkins from
// $WORKSPACE. All others, Azure among them, look from the JUnit file itself, which is what an empty way says. So it
// is where the folder lies outside of what GitLab or Jenkins keep.
func (d Dir) seen(variable func(string) string) string {
	root := variable("CI_PROJECT_DIR")
	if root == "" && variable("JENKINS_URL") != "" {
		root = variable("WORKSPACE")
	}
	if root == "" {
		return ""
	}
	way, err := filepath.Rel(root, d.Path)
	if err != nil || way == "." || way == ".." || strings.HasPrefix(way, ".."+string(filepath.Separator)) {
		return ""
	}
	return filepath.ToSlash(way) + "/"
}
