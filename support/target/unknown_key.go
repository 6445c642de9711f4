package target

import (
	"slices"
	"strings"
)

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
