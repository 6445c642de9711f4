package target

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds that no honest file reaches. They keep the parser's recursion and the expansion of aliases short.
const (
	depthLimit  = 32
	anchorLimit = 1000
	nodeLimit   = 200_000
)

var leadingTabs = regexp.MustCompile(`(?m)^\t+`)

// parse turns the file's text into its one document. Where it cannot, it notes why and returns nil.
func (ps *problems) parse(text string) (root *node) {
	// JSON is often indented with tabs. The lexer takes them there, but miscounts the columns after them.
	if json.Valid([]byte(text)) {
		text = strings.ReplaceAll(text, "\t", " ")
	} else if strings.HasPrefix(strings.TrimSpace(text), "{") {
		text = leadingTabs.ReplaceAllStringFunc(text, func(tabs string) string { return strings.Repeat(" ", len(tabs)) })
	}
	if line := Unsettled(text); line > 0 {
		ps.broken(place{line, 1}, UnsettledSays)
		return nil
	}
	tokens := lexer.Tokenize(text)
	defer func() { ps.show(tokens, root) }()
	if at, what := unreadable(tokens); what != "" {
		ps.broken(at, what)
		return nil
	}
	file, err := parseTokens(tokens)
	if err != nil {
		var syntax *yaml.SyntaxError
		at, what := place{}, notYAML+"the parser gave up"
		if errors.As(err, &syntax) {
			at, what = placeOf(syntax.Token), sentence(syntax.Message)
		}
		remedy := ""
		if at.line > 0 && at.line <= len(ps.lines) {
			remedy = likely(ps.lines[at.line-1])
		}
		if remedy == "" && strings.HasPrefix(what, notYAML) {
			remedy = "; close each quotation mark and bracket, and put text with special characters in quotation marks"
		}
		what += remedy
		ps.broken(at, what)
		return nil
	}
	docs := slices.DeleteFunc(file.Docs, func(doc *ast.DocumentNode) bool {
		_, directive := doc.Body.(*ast.DirectiveNode)
		return directive
	})
	if len(docs) > 1 {
		ps.broken(placeOf(docs[1].Start), "a second document begins here; keep one, without ---")
		return nil
	}
	if len(docs) == 0 || docs[0].Body == nil {
		ps.broken(place{}, "the file is empty; it must begin with `targets:` (support/docs/vendor.md, \"Filling in a target\")")
		return nil
	}
	b := builder{problems: ps, anchors: map[string]*node{}}
	if whole := b.node(docs[0].Body); !b.broken {
		return whole
	}
	return nil
}

// conflict begins what git leaves of two versions that it could not merge.
var conflict = regexp.MustCompile(`(?m)^<{7}( |\r?$)`)

// UnsettledSays is what to do where marks of a merge stand.
const UnsettledSays = "the marks of a merge that was not settled stand here; keep one of the two versions, and " +
	"remove the " +
	"lines that begin with <<<<<<<, ======= and >>>>>>>"

// Unsettled is the line where the marks of a merge begin, from 1; 0 where there are none.
func Unsettled(text string) int {
	at := conflict.FindStringIndex(text)
	if at == nil {
		return 0
	}
	return 1 + strings.Count(text[:at[0]], "\n")
}

// notYAML begins what the parser says in its own words.
const notYAML = "not YAML: "

// likely is what probably broke a line that cannot be read, and the remedy; empty where nothing is known.
func likely(line string) string {
	odd := strings.IndexFunc(line, func(r rune) bool { return r != ' ' && r != '\t' && unicode.IsSpace(r) })
	switch {
	case strings.Contains(line, "${"):
		return "; within { } and [ ] a ${NAME} needs quotation marks: \"${NAME}\""
	case odd >= 0:
		r, _ := utf8.DecodeRuneInString(line[odd:])
		return fmt.Sprintf("; the line holds a blank of another kind (U+%04X): write an ordinary one", r)
	case special.MatchString(line):
		return "; a value that begins with &, !, | or > needs quotation marks"
	}
	return ""
}

// special is a value that begins with a character which has a meaning in YAML.
var special = regexp.MustCompile(`[:,\[{]\s*[&!|>]\S`)

// broken notes that the file has no structure to check.
func (ps *problems) broken(at place, what string) { ps.add(at, aboutValue, "", what) }

// parseTokens never panics, which the parser may do on broken files.
func parseTokens(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}

// unreadable finds what is not read here, and what would send the parser too deep.
func unreadable(tokens token.Tokens) (place, string) {
	depth, anchors, line, entries := 0, 0, 0, 0
	for _, tk := range tokens {
		if tk.Position.Line != line {
			line, entries = tk.Position.Line, 0
		}
		switch tk.Type {
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType:
			entries++
		case token.AnchorType:
			anchors++
		case token.TagType:
			return placeOf(tk), "tags such as !!str are not read here; put text in quotation marks instead"
		case token.MappingKeyType:
			return placeOf(tk), "a key marked with ? is not read here; write `key: value`"
		}
		switch {
		case depth > depthLimit || entries > depthLimit:
			return placeOf(tk), fmt.Sprintf("nested deeper than %d levels; no target needs that", depthLimit)
		case anchors > anchorLimit:
			return placeOf(tk), fmt.Sprintf("more than %d anchors (&); no file of targets needs that", anchorLimit)
		}
	}
	return place{}, ""
}

// sentence is a parser's message with the remedy where one is known. It never quotes the file, as messages may.
func sentence(message string) string {
	for begin, ours := range map[string]string{
		"found unknown escape character": "within double quotation marks a backslash begins an escape; write \\\\, or use " +
			"single quotation marks",
		"found character '\t'":       "a tab cannot indent here; use blanks",
		"tab character cannot":       "a tab cannot stand here; use a blank",
		"non-map value is specified": "this does not fit here: mind the indentation, and write `key: value`",
		"value is not allowed in this": "this does not fit here: mind the indentation, and put text with quotation " +
			"marks in it in others",
		"mapping value is not allowed": "a colon does not fit here: mind the indentation, and put text with a colon in " +
			"quotation marks",
		"found unexpected character": "this \\u escape is half a pair; write the character itself",
	} {
		if strings.HasPrefix(message, begin) {
			return ours
		}
	}
	if strings.Contains(message, "reserved character") {
		return "a value cannot begin with this character; put it in quotation marks"
	}
	if i := strings.IndexByte(message, '"'); i >= 0 {
		message = strings.TrimRight(message[:i], ": ")
	}
	return notYAML + message
}

// placeOf is where a token begins.
func placeOf(tk *token.Token) place {
	if tk == nil || tk.Position == nil {
		return place{}
	}
	return place{tk.Position.Line, tk.Position.Column}
}
