package sink

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf16"
)

func utf16Of(c rune) []uint16 { return utf16.AppendRune(nil, c) }

// HTML is a text as the content of an element or of a quoted attribute, where no template does it.
func HTML(text string) string { return html.EscapeString(Visible(text)) }

// markdown are the characters that structure Markdown, as GitHub, GitLab and Azure read it, within a line.
var markdown = regexp.MustCompile("[\\\\`*_{}\\[\\]<>#!|~$&@^:]")

// starts is what begins a list, a heading or a rule where it begins a line.
var starts = regexp.MustCompile(`^(?:[-+=]|\d+[.)](?:\s|$))`)

// refers is what GitHub and GitLab take for a name, an issue or a commit even where it is escaped, but not within code.
var refers = regexp.MustCompile(`[@#!~$%^&][\w"]|(?i)\b(?:https?:|www\.)`)

// Markdown is a text within a line or a cell of a table. Nothing in it is markup, a link, a mention of a person or an
// issue.
func Markdown(text string) string {
	text = strings.Join(strings.Fields(Visible(text)), " ")
	code := refers.MatchString(text)
	last := len(strings.TrimSpace(starts.FindString(text))) - 1 // the place of the character that makes it a beginning
	switch {
	case last >= 0 && code:
		text = escapeMarkdown(text[:last]) + entities[text[last]] + escapeMarkdown(text[last+1:])
	case last >= 0:
		text = text[:last] + `\` + text[last:last+1] + escapeMarkdown(text[last+1:])
	default:
		text = escapeMarkdown(text)
	}
	if code {
		return "<code>" + strings.ReplaceAll(text, ".", entities['.']) + "</code>"
	}
	return text
}

// escapeMarkdown writes characters of structure as entities, which readers never take for structure: a backslash
// before a bar or before another backslash is read in two ways.
func escapeMarkdown(text string) string {
	return markdown.ReplaceAllStringFunc(text, func(c string) string { return entities[c[0]] })
}

var entities = func() (list [128]string) {
	for c := range list {
		list[c] = fmt.Sprintf("&#%d;", c)
	}
	return list
}()

// formula is what spreadsheets take for the beginning of a formula, full-width signs too: Excel, LibreOffice, Google.
const formula = "=+-@|%＝＋－＠"

// CSV is a text as a field, before encoding/csv quotes it: one line, and no formula. Where a spreadsheet parts at
// semicolons, as in most of Europe, a formula may begin within a field.
func CSV(text string) string {
	var out strings.Builder
	begins := true // a field may, but for blanks and quotation marks
	for _, char := range strings.Join(strings.Fields(Visible(text)), " ") {
		if begins && strings.ContainsRune(formula, char) {
			out.WriteByte('\'')
		}
		begins = char == ';' || char == ',' || begins && (char == ' ' || char == '"')
		out.WriteRune(char)
	}
	return out.String()
}

var (
	gitHubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	gitHubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	azureData      = strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A")
)

// GitHubData is a text as the message of a command of our own to GitHub's runner: one line, which holds no command.
func GitHubData(text string) string { return gitHubData.Replace(Text(text)) }

// GitHubProperty is a text as the value of a property of such a command.
func GitHubProperty(text string) string { return gitHubProperty.Replace(Text(text)) }

// AzureData is a text as the message of a command of our own to Azure's agent.
func AzureData(text string) string { return azureData.Replace(Text(text)) }
