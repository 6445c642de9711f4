package sessions

import (
	"path"
	"regexp"
	"strings"
	"unicode"
)

// What naive code takes for a right value: see fits and admits.

func isAbsent(_ string, _ any, there bool) bool { return !there }

func isNull(_ string, came any, there bool) bool { return there && came == nil }

func isEmpty(_ string, came any, _ bool) bool { return came == "" }

func isBlank(_ string, came any, _ bool) bool {
	text, is := came.(string)
	return is && text != "" && strings.TrimSpace(text) == ""
}

func isTrue(_ string, came any, _ bool) bool { return came == true }

func isFalse(_ string, came any, _ bool) bool { return came == false }

func isNumber(_ string, came any, _ bool) bool {
	_, is := came.(float64)
	return is
}

func isList(_ string, came any, _ bool) bool {
	_, is := came.([]any)
	return is
}

func isListOfRight(right string, came any, _ bool) bool {
	list, is := came.([]any)
	return is && len(list) == 1 && list[0] == right
}

func isEmptyObject(_ string, came any, _ bool) bool {
	object, is := came.(map[string]any)
	return is && len(object) == 0
}

// isQuery is met by an object that some databases take for a condition, which the right value meets.
func isQuery(operators ...string) fits {
	return func(_ string, came any, _ bool) bool {
		object, _ := came.(map[string]any)
		for _, operator := range operators {
			if _, there := object[operator]; there {
				return true
			}
		}
		return false
	}
}

func anything(_ string, _ any, there bool) bool { return there }

// like fits a text that is not empty and like the right one.
func like(similar func(right, came string) bool) fits {
	return func(right string, came any, _ bool) bool {
		text, _ := came.(string)
		return text != "" && similar(right, text)
	}
}

// oneOf fits one of some texts.
func oneOf(texts ...string) fits {
	return like(func(_, came string) bool {
		for _, text := range texts {
			if came == text {
				return true
			}
		}
		return false
	})
}

func anyText(string, string) bool { return true }

func sameBeginning(right, came string) bool { return beginning(right) == beginning(came) }

// beginning is the first eight characters of a secret.
func beginning(secret string) string {
	characters := []rune(secret)
	return string(characters[:min(8, len(characters))])
}

// isPartOf is met by a beginning of the right text that is shorter, of a character or more.
func isPartOf(right, came string) bool { return came != right && strings.HasPrefix(right, came) }

// isFollowed is met by the right text with something behind it.
func isFollowed(right, came string) bool { return came != right && strings.HasPrefix(came, right) }

func isTrimmed(right, came string) bool { return strings.TrimSpace(came) == right }

// sameInASCII compares two texts in which all characters beyond ASCII are question marks.
func sameInASCII(right, came string) bool {
	inASCII := func(c rune) rune {
		if c > unicode.MaxASCII {
			return '?'
		}
		return c
	}
	return strings.Map(inASCII, right) == strings.Map(inASCII, came)
}

// matchesLike reads what came as a pattern of SQL's LIKE.
func matchesLike(right, came string) bool {
	pattern := regexp.QuoteMeta(came)
	pattern = strings.NewReplacer("%", ".*", "_", ".").Replace(pattern)
	return matches(pattern, right)
}

// matchesPattern reads what came as a regular expression.
func matchesPattern(right, came string) bool { return matches(came, right) }

// matchesGlob reads what came as a pattern of file names.
func matchesGlob(right, came string) bool {
	met, err := path.Match(came, right)
	return err == nil && met && came != right
}

func matches(pattern, text string) bool {
	met, err := regexp.MatchString("^(?:"+pattern+")$", text)
	return err == nil && met && pattern != text
}
