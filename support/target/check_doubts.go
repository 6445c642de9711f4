package target

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// What stands here is right by YAML and mostly not what was meant. Each has a way out for those who do mean it.

// sentWords are the texts beside secrets that are sent to a target as they stand, of whom or with what.
var sentWords = []string{"user.login", "user.email", "other_user.login", "keycloak.username", "keycloak.client_id"}

// isSent says whether a text, by the keys that lead to it, is sent as it stands: what is lost of it is missed only as a
// refusal.
func isSent(path string) bool {
	first, _, _ := strings.Cut(path, ".")
	return slices.Contains(sentWords, path) || settingAt(path).Secret || settingAt(first).Secret
}

// checkDoubt looks for a value that is hardly what was meant.
func (c *checker) checkDoubt(t *targetNode, path string, n *node) {
	add := func(what string) { c.add(n.at, aboutValue, t.label, "`"+path+"`"+what) }
	switch {
	case n.tabbed:
		add(" holds a tab, which is lost without quotation marks; write \"…\\t…\" with double ones, or a blank")
	case n.cut && isSent(path):
		add(" ends at the blank before the #: what follows is a comment in YAML; put the whole value in quotation " +
			"marks, or a blank after the #")
	case n.unquoted && isSent(path) && !strings.Contains(path, "login") && c.blanksFollow(n):
		add(" has blanks behind it, which are not part of it; remove them, or put the value with them in quotation " +
			"marks")
	case n.unquoted && isSent(path) && typographic.MatchString(n.text):
		add(" stands in typographic quotation marks, which are part of it; write \" or ', or put it in those, too")
	case isSent(path) && strings.HasSuffix(n.text, "\n"):
		add(" ends in a line end; write it in one line, or with |- in place of |")
	default:
		if reference := mistaken(path, n.text); reference != "" {
			add(fmt.Sprintf(" holds %s, which is not taken from the environment: only \"${NAME}\" is, with letters, "+
				"digits and underscores. A text that really holds a dollar and braces may come from a variable itself",
				reference))
		}
	}
}

// typographic is a text in the quotation marks that word processors and chats make.
var typographic = regexp.MustCompile("^[\u201c\u201d\u201e\u2018\u2019\u201a\u00ab].*[\u201c\u201d\u2018\u2019\u00bb]$")

// blanksFollow says whether the line of a value without quotation marks goes on with blanks and ends.
func (c *checker) blanksFollow(n *node) bool {
	if n.at.line < 1 || n.at.line > len(c.lines) || n.long {
		return false
	}
	line := c.lines[n.at.line-1]
	ended := strings.TrimRight(line, " \t")
	return len(ended) < len(line) && n.text != "" && strings.HasSuffix(ended, n.text)
}

var (
	// braces are references to variables in a shell's, a CI's or a template's manner.
	braces = regexp.MustCompile(`\$\{\{[^}]*\}\}|\$\{[^}]*\}|\{\{[^}]*\}\}`)
	// bareReference is a text that is nothing but a variable's name in another manner.
	bareReference = regexp.MustCompile(`^(\$[A-Z_][A-Z0-9_]*|\$(?i:env):[A-Za-z_][A-Za-z0-9_]*|%[A-Z_][A-Z0-9_]*%)$`)
	// command is a text that is nothing but a command in a shell's manner.
	command = regexp.MustCompile("^(\\$\\([^)]+\\)|`[^`]+`)$")
	// anyReference is such a name within an address, where a dollar has no other use.
	anyReference = regexp.MustCompile(`\$[A-Za-z_][A-Za-z0-9_]*`)
)

// mistaken describes what in a text looks like a variable and is none; empty where nothing does. It repeats nothing of
// a secret.
func mistaken(path, text string) string {
	for _, found := range braces.FindAllString(text, -1) {
		secret := strings.HasSuffix(path, "password") && found != text // of a longer one it may well be a part
		if !secret && (!variables.MatchString(found) || strings.HasPrefix(found, "{{")) {
			return "what looks like a variable in braces"
		}
	}
	name := strings.TrimPrefix(text, "$")
	_, known := os.LookupEnv(name)
	switch {
	case strings.HasPrefix(path, "product."), strings.HasPrefix(path, "waivers"):
		return ""
	case bareReference.MatchString(text), name != text && known:
		return "what looks like a variable without braces"
	case command.MatchString(text):
		return "what looks like a command"
	case (path == "url" || path == "keycloak.issuer") && anyReference.MatchString(text):
		return "what looks like a variable without braces"
	}
	return ""
}

// checkOther wants other_user to be another one: some products take the email for a login.
func (c *checker) checkOther(t *targetNode) {
	for _, same := range [][2]string{{"login", "login"}, {"id", "id"}, {"email", "email"}, {"email", "login"},
		{"login", "email"}} {
		mine, other := t.node.get("user").get(same[0]), t.node.get("other_user").get(same[1])
		a, known := t.value(mine)
		b, also := t.value(other)
		if known && also && a != "" && strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) {
			c.add(other.at, aboutValue, t.label, fmt.Sprintf("`other_user.%s` is that of `user`; give a second account, or "+
				"remove `other_user`", same[1]))
			return
		}
	}
}

// badBase says that an address holds what follows it by itself.
func badBase(name string) func(string) string {
	return func(s string) string {
		api := Of(name)
		if api.Paths != nil && badAddress(s) == "" && api.Paths.MatchString(s) {
			return "ends in the path of the API itself, and " + api.Follows +
				" follows by itself; remove it and what stands behind it"
		}
		return ""
	}
}
