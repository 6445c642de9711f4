package target

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// checkFile checks what stands above the targets.
func (c *checker) checkFile() {
	list, got := c.root.get("targets"), kinds[c.root.kind]
	switch {
	case !c.root.is(mapping):
		c.add(c.root.at, aboutValue, "", "the file must begin with `targets:`, not with "+got+
			"; see support/docs/vendor.md, \"Filling in a target\"")
	case list == nil:
		c.add(c.root.at, aboutValue, "", "the file has no `targets:` at its left margin; begin with it")
	case !list.is(sequence):
		c.add(list.at, aboutValue, "", "`targets` must be a list of targets, not "+kinds[list.kind]+
			"; write a line beginning with - for each")
	case len(list.items) == 0:
		c.add(list.at, aboutValue, "", "`targets` is empty; list at least one target")
	}
	for _, p := range c.root.pairs {
		if p.key.text != "targets" {
			c.unknownKey("", "", theFile, &p)
		}
	}
}

// checkShape holds a value against what is declared of it: how it is written, and which keys stand below it. The path
// is that of the keys below the target.
func (c *checker) checkShape(t *targetNode, n *node, path string, of reflect.Type, list bool) {
	fits := writtenAs(of)
	if list {
		fits = sequence
	}
	if !n.is(fits) || fits == number && !plainWhole.MatchString(n.text) {
		c.add(n.at, aboutValue, t.label, wrongType(n, path, fits))
		return
	}
	switch {
	case list:
		for _, item := range n.items {
			c.checkShape(t, item, path, of, false)
		}
	case of.Kind() == reflect.Struct:
		c.checkFields(t, n, path)
	case of == reflect.TypeFor[map[string]string]():
		for _, p := range n.pairs {
			c.checkShape(t, p.value, p.path(path), of.Elem(), false)
		}
	case fits == number && (n.text == "0" || strings.HasPrefix(n.text, "-")):
		c.add(n.at, aboutValue, t.label, called(path)+" must be 1 or more")
	}
}

// checkFields checks the keys of a mapping, and what stands under them.
func (c *checker) checkFields(t *targetNode, n *node, path string) {
	for _, key := range keysOf()[path] {
		if s, _ := settingOf(t.api, below(path, key)); s.required && n.get(key) == nil {
			c.missing(t, n, path, key)
		}
	}
	for _, p := range n.pairs {
		s, known := settingOf(t.api, below(path, p.key.text))
		switch {
		case p.bare: // checkKeys says so
			continue
		case !known || s.key() != p.key.text:
			c.unknownKey(t.label, t.api, path, &p)
			continue
		case path == "" && foreign(s.Path, t.api):
			c.add(p.key.at, aboutKey, t.label, fmt.Sprintf("`%s` is for %s targets only; remove it", s.Path,
				strings.Join(OwnersOf(s.Path), " and ")))
		}
		c.checkShape(t, p.value, s.Path, s.of, s.list)
	}
}

// checkUser asks for the account of a real target.
func (c *checker) checkUser(t *targetNode) {
	url, known := t.value(t.node.get("url"))
	user := t.node.get("user")
	switch {
	case !known || url == "embedded":
	case user == nil:
		c.missing(t, t.node, "", "user")
	case user.is(mapping):
		for _, key := range []string{"login", "password"} {
			if user.get(key) == nil {
				c.missing(t, user, "user", key)
			}
		}
	}
}

// missing notes that a key is missing in a mapping.
func (c *checker) missing(t *targetNode, n *node, path, key string) {
	in, remedy := "", "; add it"
	switch {
	case path != "":
		in = " in " + called(path)
	case key == "user":
		remedy = "; add `user: {login: …, password: …}`, or judge the reference server with `url: embedded`"
	case key == "api":
		remedy = "; add `api:` with " + oneOf(APIs())
	}
	c.add(n.at, "no "+key, t.label, "`"+key+"` is missing"+in+remedy)
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
	}
	return mapping
}

// plainWhole is a number in plain digits: 0x10 or 1e3 are refused where a number belongs.
var plainWhole = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})$`)

// called is how a sentence calls the value at a path.
func called(path string) string {
	if path == "" {
		return "the target"
	}
	return "`" + path + "`"
}

// wrongType says what stands at a path and what belongs there.
func wrongType(n *node, path string, fits kind) string {
	if n.is(null) {
		return called(path) + " is empty; give it a value, or remove it"
	}
	remedy := map[kind]string{text: "write one text", number: "write it in plain digits, such as 8",
		boolean:  "write one of them, without quotation marks",
		sequence: "write [a, b], or a line beginning with - for each",
		mapping:  "write {key: value}, or a line for each"}[fits]
	belongs, got := kinds[fits], ", not "+kinds[n.kind]
	switch {
	case fits == text && (n.is(number) || n.is(boolean)):
		remedy = "quote it"
		if mayShow("targets." + path) {
			remedy += ": \"" + n.text + "\""
		}
	case fits == number:
		belongs = "a whole number"
	}
	if n.is(fits) {
		got = ""
	}
	return fmt.Sprintf("%s must be %s%s; %s", called(path), belongs, got, remedy)
}

// kinds are what sentences call what stands in a file.
var kinds = map[kind]string{null: "nothing", text: "text", number: "a number", boolean: "true or false",
	sequence: "a list", mapping: "keys with values"}

// unknownKey says which key was probably meant at a path, or where this one belongs.
func (c *checker) unknownKey(label, api, path string, p *pair) {
	key := p.key.text
	keys := slices.DeleteFunc(slices.Clone(keysOf()[path]), func(k string) bool { return path == "" && foreign(k, api) })
	remedy := Suggest(key, keys)
	if meant := synonyms[strings.ToLower(key)]; slices.Contains(keys, meant) {
		remedy = "; did you mean `" + meant + "`?"
	}
	c.add(p.key.at, aboutKey, label, "unknown key"+p.name()+cmp.Or(remedy, elsewhere(key), "; there are "+allOf(keys)))
}

// elsewhere says where a key belongs that is right, or nearly so, in another place, such as a password beside a name.
func elsewhere(key string) string {
	places := []struct{ path, where string }{
		{"user", "`user`"}, {"tls", "`tls`"}, {"product", "`product`"}, {"waivers", "an entry of `waivers`"},
		{"keycloak", "`keycloak`"}, {"", "an entry of `targets`"}, {theFile, "the file, at its left margin"},
	}
	for _, p := range places {
		if slices.Contains(keysOf()[p.path], key) {
			return "; it belongs in " + p.where
		}
	}
	for _, p := range places {
		if near := nearest(key, keysOf()[p.path]); near != "" {
			return "; did you mean `" + near + "`, which belongs in " + p.where + "?"
		}
	}
	return ""
}

// synonyms are what other programs call our keys, in lower case.
var synonyms = map[string]string{
	"username": "login", "user_name": "login", "user": "login", "account": "login", "pass": "password",
	"passwd": "password", "pwd": "password", "passphrase": "password",
	"mail": "email", "e-mail": "email", "user_id": "id", "uid": "id", "uuid": "id", "guid": "id",
	"base_url": "url", "baseurl": "url", "address": "url", "host": "url", "endpoint": "url", "uri": "url",
	"server": "url", "type": "api", "kind": "api", "title": "name",
	"ca": "ca_file", "cacert": "ca_file", "ca_cert": "ca_file", "cert": "cert_file", "certificate": "cert_file",
	"key": "key_file", "private_key": "key_file",
	"insecure": "insecure_skip_verify", "skip_verify": "insecure_skip_verify", "sni": "server_name", "realm": "issuer",
	"client": "client_id", "secret": "client_secret",
	"skip": "without", "parallel": "concurrency", "threads": "concurrency", "header": "headers",
	"second_user": "other_user", "user2": "other_user",
}
