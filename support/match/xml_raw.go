package match

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// numbered is a character by its number.
var numbered = regexp.MustCompile(`&#(x?)([0-9a-fA-F]+);`)

// checkTag checks of a start tag what encoding/xml leaves out. spaces are the namespaces that were declared until now,
// to which those of the tag are added: encoding/xml leaves an undeclared prefix as it is.
func checkTag(written string, tag xml.StartElement, spaces map[string]bool) error {
	if !spaced(written) {
		return fmt.Errorf("the start tag of %s is not well-formed: no white space before an attribute", tag.Name.Local)
	}
	if name := twice(tag.Attr); name != "" {
		return fmt.Errorf("the element %s has the attribute %s twice", tag.Name.Local, name)
	}
	for _, a := range tag.Attr {
		if a.Name.Space == "xmlns" {
			spaces[a.Value] = true
		}
	}
	for _, a := range tag.Attr {
		if a.Name.Space != "" && a.Name.Space != "xmlns" && !spaces[a.Name.Space] {
			return fmt.Errorf("the attribute %s of %s has the prefix %s, which is not declared", a.Name.Local,
				tag.Name.Local, a.Name.Space)
		}
	}
	return checkText(written)
}

// spaced says whether white space stands between the attributes of a start tag.
func spaced(written string) bool {
	for {
		begins := strings.IndexAny(written, `"'`)
		if begins < 0 {
			return true
		}
		_, rest, ends := strings.Cut(written[begins+1:], written[begins:begins+1])
		if !ends || rest == "" || strings.IndexByte(" \t\r\n/>", rest[0]) < 0 {
			return false
		}
		written = rest
	}
}

// twice is the name of an attribute that stands twice, or empty.
func twice(attributes []xml.Attr) string {
	seen := make(map[xml.Name]bool, len(attributes))
	for _, a := range attributes {
		if seen[a.Name] {
			return a.Name.Local
		}
		seen[a.Name] = true
	}
	return ""
}

// checkText checks of text what encoding/xml leaves out: half a character of UTF-16 by its number is none, though some
// writers of Java make two of them of an emoji.
func checkText(written string) error {
	if strings.HasPrefix(written, "<![CDATA[") {
		return nil
	}
	for _, found := range numbered.FindAllStringSubmatch(written, -1) {
		base := 10
		if found[1] != "" {
			base = 16
		}
		if c, err := strconv.ParseUint(found[2], base, 32); err == nil && c >= 0xd800 && c <= 0xdfff {
			return fmt.Errorf("%s is half a character of UTF-16, and none of XML", found[0])
		}
	}
	return nil
}
