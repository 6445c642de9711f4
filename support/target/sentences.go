package target

import (
	"fmt"
	"slices"
	"strings"
)

// wrongType says what stands at a spot and what belongs there.
func wrongType(at spot, fits kind) string {
	got := kinds[at.value.kind]
	switch {
	case at.owner == "File":
		return "the file must begin with `targets:`, not with " + got +
			"; see support/docs/vendor.md, \"Filling in a target\""
	case at.path == nil:
		return "`targets` must be a list of targets, not " + got + "; write a line beginning with - for each"
	case at.value.is(null):
		return at.name() + " is empty; give it a value, or remove it"
	}
	remedy := map[kind]string{text: "write one text", number: "write it in plain digits, such as 8",
		boolean: "write one of them, without quotation marks", sequence: "write [a, b], or a line beginning with - for each",
		mapping: "write {key: value}, or a line for each"}[fits]
	belongs := kinds[fits]
	switch {
	case fits == text && (at.value.is(number) || at.value.is(boolean)):
		remedy = "quote it"
		if mayShow("targets." + strings.Join(at.path, ".")) {
			remedy += ": \"" + at.value.text + "\""
		}
	case fits == number:
		belongs = "a whole number"
	}
	if at.value.is(fits) {
		return at.name() + " must be " + belongs + "; " + remedy
	}
	return fmt.Sprintf("%s must be %s, not %s; %s", at.name(), belongs, got, remedy)
}

// kinds are what sentences call what stands in a file.
var kinds = map[kind]string{null: "nothing", text: "text", number: "a number", boolean: "true or false",
	sequence: "a list", mapping: "keys with values"}

// elsewhere says where a key belongs that is right, or nearly so, in another place, such as a password beside a name.
func elsewhere(key string) string {
	places := []struct{ owner, where string }{
		{"User", "`user`"}, {"TLS", "`tls`"}, {"Product", "`product`"}, {"Waiver", "an entry of `waivers`"},
		{"Keycloak", "`keycloak`"}, {"Target", "an entry of `targets`"}, {"File", "the file, at its left margin"},
	}
	for _, p := range places {
		if slices.Contains(keysOf()[p.owner], key) {
			return "; it belongs in " + p.where
		}
	}
	for _, p := range places {
		if near := nearest(key, keysOf()[p.owner]); near != "" {
			return "; did you mean `" + near + "`, which belongs in " + p.where + "?"
		}
	}
	return ""
}

// unknownKey says which key was probably meant, or where this one belongs.
func (c *checker) unknownKey(at spot, p *pair) {
	key := p.key.text
	keys := slices.DeleteFunc(slices.Clone(keysOf()[at.owner]), func(k string) bool {
		return at.owner == "Target" && foreign(k, at.api)
	})
	remedy := ""
	if meant := synonyms[strings.ToLower(key)]; slices.Contains(keys, meant) {
		remedy = "; did you mean `" + meant + "`?"
	}
	if remedy == "" {
		remedy = Suggest(key, keys)
	}
	if remedy == "" {
		remedy = elsewhere(key)
	}
	if remedy == "" {
		remedy = "; there are " + allOf(keys)
	}
	c.add(p.key.at, aboutKey, at.label, "unknown key"+p.name()+remedy)
}

// synonyms are what other programs call our keys, in lower case.
var synonyms = map[string]string{
	"username": "login", "user_name": "login", "user": "login", "account": "login", "pass": "password",
	"passwd": "password", "pwd": "password", "passphrase": "password",
	"mail": "email", "e-mail": "email", "user_id": "id", "uid": "id", "uuid": "id", "guid": "id",
	"base_url": "url", "baseurl": "url", "address": "url", "host": "url", "endpoint": "url", "uri": "url", "server": "url",
	"type": "api", "kind": "api", "title": "name",
	"ca": "ca_file", "cacert": "ca_file", "ca_cert": "ca_file", "cert": "cert_file", "certificate": "cert_file",
	"key": "key_file", "private_key": "key_file",
	"insecure": "insecure_skip_verify", "skip_verify": "insecure_skip_verify", "sni": "server_name", "realm": "issuer",
	"client": "client_id", "secret": "client_secret",
	"skip": "without", "parallel": "concurrency", "threads": "concurrency", "header": "headers",
	"second_user": "other_user", "user2": "other_user",
}
