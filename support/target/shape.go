package target

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// checkShape holds a value against the type that is declared for it: which keys there are, and what stands under each.
func (c *checker) checkShape(at spot, of reflect.Type) {
	switch {
	case of.Kind() == reflect.Pointer:
		c.checkShape(at, of.Elem())
		return
	case at.owner == "" && of.Kind() == reflect.Struct:
		at.owner = of.Name()
	}
	fits := writtenAs(of)
	if !at.value.is(fits) || fits == number && !plainWhole.MatchString(at.value.text) {
		c.add(at.value.at, aboutValue, at.label, wrongType(at, fits))
		return
	}
	switch of.Kind() {
	case reflect.Struct:
		c.checkFields(at, of)
	case reflect.Slice:
		if at.path == nil && len(at.value.items) == 0 {
			c.add(at.value.at, aboutValue, at.label, at.name()+" is empty; list at least one target")
		}
		for i, item := range at.value.items {
			inner := spot{value: item, key: item.at, label: at.label, path: at.path, api: at.api}
			if at.path == nil {
				inner.label, inner.api, inner.path = c.targets[i].label, c.targets[i].api, []string{}
			}
			c.checkShape(inner, of.Elem())
		}
	case reflect.Map:
		for _, p := range at.value.pairs {
			if of.Elem().Kind() == reflect.String {
				c.checkShape(at.below(&p), of.Elem())
			}
		}
	case reflect.Int:
		if at.value.text == "0" || strings.HasPrefix(at.value.text, "-") {
			c.add(at.value.at, aboutValue, at.label, at.name()+" must be 1 or more")
		}
	}
}

// checkFields checks the keys of a mapping, and what stands under them.
func (c *checker) checkFields(at spot, of reflect.Type) {
	fields := fieldsOf(of)
	for _, field := range fields {
		if key := keyOf(field); at.value.get(key) == nil && !strings.Contains(field.Tag.Get("json"), ",") {
			c.add(at.value.at, "no "+key, at.label, at.missing(key))
		}
	}
	for i := range at.value.pairs {
		p := &at.value.pairs[i]
		named := func(f reflect.StructField) bool { return keyOf(f) == p.key.text }
		field := slices.IndexFunc(fields, named)
		if field < 0 {
			c.unknownKey(at, p)
			continue
		}
		declared := fields[field].Type
		if own := Of(at.api).Own; own != nil && at.owner == "Target" { // a key that another API has too
			if mine := fieldsOf(reflect.TypeOf(own)); slices.ContainsFunc(mine, named) {
				declared = mine[slices.IndexFunc(mine, named)].Type
			}
		}
		if at.owner == "Target" && foreign(p.key.text, at.api) {
			c.add(p.key.at, aboutKey, at.label, fmt.Sprintf("`%s` is for %s targets only; remove it", p.key.text,
				strings.Join(OwnersOf(p.key.text), " and ")))
		}
		c.checkShape(at.below(p), declared)
	}
}

// fieldsOf are the fields of a struct that targets.yaml has, in the order of their keys; those of Target with what the
// APIs declare.
func fieldsOf(of reflect.Type) (fields []reflect.StructField) {
	for i := range of.NumField() {
		switch field := of.Field(i); {
		case field.Name == "Own":
			for _, api := range declaredAPIs {
				if api.Own != nil {
					fields = append(fields, fieldsOf(reflect.TypeOf(api.Own))...)
				}
			}
		case keyOf(field) != "-":
			fields = append(fields, field)
		}
	}
	return fields
}

// foreign says whether a key of a target is one that only other APIs have.
func foreign(key, api string) bool {
	owners := OwnersOf(key)
	return api != "" && len(owners) > 0 && !slices.Contains(owners, api)
}

// writtenAs is how a type is written.
func writtenAs(of reflect.Type) kind {
	switch {
	case of == reflect.TypeFor[time.Duration](), of.Kind() == reflect.String:
		return text
	case of.Kind() == reflect.Int:
		return number
	case of.Kind() == reflect.Bool:
		return boolean
	case of.Kind() == reflect.Slice:
		return sequence
	}
	return mapping
}

// plainWhole is a number in plain digits: 0x10 or 1e3 are refused where a number belongs.
var plainWhole = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})$`)

// spot is a value of the file, and what is declared of it.
type spot struct {
	value *node
	key   place    // of the value's key, where it has one
	label string   // of the target
	path  []string // the keys below the target, positions left out; nil above the targets
	owner string   // the Go type whose keys stand here
	api   string
}

// below is the spot of a key's value.
func (s spot) below(p *pair) spot {
	inner := spot{value: p.value, key: p.key.at, label: s.label, path: s.path, api: s.api}
	if step := p.step(); step != "" && s.path != nil {
		inner.path = append(slices.Clone(s.path), step)
	}
	return inner
}

// name is how a sentence calls the value.
func (s spot) name() string {
	switch {
	case s.path != nil && len(s.path) == 0:
		return "the target"
	case s.owner == "File":
		return "the file"
	case s.path == nil:
		return "`targets`"
	}
	return "`" + strings.Join(s.path, ".") + "`"
}

func (s spot) missing(key string) string {
	remedy := "; add it"
	switch {
	case s.owner == "File":
		return "the file has no `targets:` at its left margin; begin with it"
	case key == "user":
		remedy = "; add `user: {login: …, password: …}`, or judge the reference server with `url: embedded`"
	case key == "api":
		remedy = "; add `api:` with " + oneOf(APIs())
	}
	if len(s.path) == 0 {
		return "`" + key + "` is missing" + remedy
	}
	return "`" + key + "` is missing in " + s.name() + remedy
}
