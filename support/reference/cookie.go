package reference

import (
	"slices"
	"strings"
)

// Cookie is one Set-Cookie. Without a name its value stands alone.
type Cookie struct {
	Name, Value string
	Attributes  []string
}

func (c Cookie) String() string {
	pair := c.Name + "=" + c.Value
	if c.Name == "" {
		pair = c.Value
	}
	return strings.Join(append([]string{pair}, c.Attributes...), "; ")
}

// Sets adds attributes to the cookie, or replaces those of the same name.
func (c *Cookie) Sets(attributes ...string) {
	for _, a := range attributes {
		name, _, _ := strings.Cut(a, "=")
		c.Lacks(name)
		c.Attributes = append(c.Attributes, a)
	}
}

// Lacks leaves an attribute of the cookie out.
func (c *Cookie) Lacks(name string) {
	c.Attributes = slices.DeleteFunc(c.Attributes, func(old string) bool {
		key, _, _ := strings.Cut(old, "=")
		return key == name
	})
}

// NewCookie is a cookie with attributes.
func NewCookie(name, value string, attributes ...string) *Cookie {
	return &Cookie{name, value, attributes}
}
