package sdm

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// labelled gives the answer another Content-Type; an empty one leaves it out.
func labelled(label string, only ...condition) effect {
	return at(answering, func(t *turn) { t.label = label }, where(only, of(login), because(fine))...)
}

// rewrites changes the text of a login's answer, pair by pair: what stands there, and what shall.
func rewrites(f form, pairs ...string) effect {
	r := strings.NewReplacer(pairs...)
	return at(writing, func(t *turn) { t.text = r.Replace(t.text) }, answered(f))
}

// rewritesBy changes the text of a login's answer.
func rewritesBy(f form, change func(string) string) effect {
	return at(writing, func(t *turn) { t.text = change(t.text) }, answered(f))
}

// lacks leaves a field of a login's answer out.
func lacks(f form, name string) effect { return at(filling, without(name), answered(f)) }

func without(name string) func(*turn) {
	return func(t *turn) {
		t.fields = slices.DeleteFunc(t.fields, func(f field) bool { return f.name == name })
	}
}

// adds appends fields to a login's answer.
func adds(f form, more ...field) effect {
	return at(filling, func(t *turn) { t.fields = append(t.fields, more...) }, answered(f))
}

// renames gives a field of a login's answer another name.
func renames(f form, name, other string) effect {
	return changes(name, func(_ *turn, f *field) { f.name = other }, answered(f))
}

// gives gives a field of a login's answer another value.
func gives(name string, value any, only ...condition) effect {
	return changes(name, func(_ *turn, f *field) { f.value = value }, only...)
}

// wraps surrounds a field's value as it is written in the form.
func wraps(f form, name, before, after string) effect {
	return changes(name, func(_ *turn, field *field) {
		text := quoted
		if f == asXML {
			text = escaped
		}
		content := fmt.Sprint(field.value)
		if v, isText := field.value.(string); isText {
			content = text(v)
		}
		field.value = verbatim(before + content + after)
	}, answered(f))
}

// changes changes a field of a login's answer; an empty name changes each.
func changes(name string, change func(*turn, *field), only ...condition) effect {
	return at(filling, func(t *turn) {
		for i := range t.fields {
			if f := &t.fields[i]; name == "" || f.name == name {
				change(t, f)
			}
		}
	}, only...)
}

// hands changes the session cookie.
func hands(change func(*turn, *cookie), only ...condition) effect {
	return at(handing, func(t *turn) { change(t, t.cookies[len(t.cookies)-1]) }, only...)
}

// attribute adds attributes to the session cookie, or replaces the one of the same name.
func attribute(more ...string) effect {
	return hands(func(_ *turn, c *cookie) {
		for _, a := range more {
			key, _, _ := strings.Cut(a, "=")
			c.attributes = append(slices.DeleteFunc(c.attributes, func(old string) bool {
				name, _, _ := strings.Cut(old, "=")
				return name == key
			}), a)
		}
	})
}

// withoutAttribute leaves an attribute of the session cookie out.
func withoutAttribute(name string) effect {
	return hands(func(_ *turn, c *cookie) {
		c.attributes = slices.DeleteFunc(c.attributes, func(a string) bool { return a == name })
	})
}

// before hands other cookies before the session cookie.
func before(others ...*cookie) effect {
	return at(handing, func(t *turn) { t.cookies = slices.Insert(t.cookies, len(t.cookies)-1, others...) })
}

// after hands other cookies after the session cookie.
func after(others func(*turn) []*cookie) effect {
	return at(handing, func(t *turn) { t.cookies = append(t.cookies, others(t)...) })
}

// inOtherCase writes the names of a cookie's attributes in other case.
func inOtherCase(_ *turn, c *cookie) {
	for i, a := range c.attributes {
		key, value, given := strings.Cut(a, "=")
		c.attributes[i] = strings.ToLower(key)
		if given {
			c.attributes[i] = strings.ToUpper(key) + "=" + value
		}
	}
}

// htmlPage makes a page of a refusal, in HTML that is no XML.
func htmlPage(t *turn) {
	message := html.EscapeString(refusals[t.why].message)
	t.say(t.status, "text/html;charset=utf-8", fmt.Sprintf("<!doctype html><html><head><title>HTTP Status %d</title>"+
		"</head><body><h1>HTTP Status %[1]d</h1><p>%s<br></body></html>", t.status, message))
}
