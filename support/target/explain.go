package target

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	fault "github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// checkSchema holds the file, as it was written, against its schema and says in our words what does not fit.
func (c *checker) checkSchema(root *node) {
	err := validator().Validate(root.plain(func(n *node) string { return n.text }, true))
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return
	}
	before := len(c.found)
	c.explain(root, invalid)
	if before == 0 && len(c.found) == 0 {
		// What is explained as covered by our own checks was not: never let it pass.
		c.add(root.at, aboutValue, "",
			"this does not fit "+FileName+"'s schema: "+strings.Join(invalid.InstanceLocation, "."))
	}
}

func (c *checker) explain(root *node, e *jsonschema.ValidationError) {
	at := c.locate(root, e.InstanceLocation)
	if at.value == nil {
		return
	}
	switch k := e.ErrorKind.(type) {
	case *fault.AdditionalProperties:
		for _, key := range k.Properties {
			c.unknownKey(at, key)
		}
	case *fault.FalseSchema:
		if len(at.path) == 1 { // below keycloak, our own check says it
			c.add(at.key, aboutKey, at.label, notHere(at.path[0]))
		}
	case *fault.Required:
		for _, key := range k.Missing {
			if at.owner != "Keycloak" && at.owner != "TLS" { // those needed together are checked by ours
				c.add(at.value.at, "no "+key, at.label, at.missing(key))
			}
		}
	case *fault.Type:
		c.add(at.value.at, aboutValue, at.label, wrongType(at, k.Want))
	case *fault.Enum:
		c.add(at.value.at, aboutValue, at.label, at.name()+" is none of the words that may stand here")
	case *fault.Minimum:
		c.add(at.value.at, aboutValue, at.label, at.name()+" must be 1 or more")
	case *fault.MinItems:
		c.add(at.value.at, aboutValue, at.label, at.name()+" is empty; list at least one target")
	case *fault.MinLength, *fault.Pattern:
		c.add(at.value.at, aboutValue, at.label, at.name()+" is empty or not of its form")
	case *fault.PropertyNames, *fault.AnyOf, *fault.Not, *fault.UniqueItems:
		// Our own checks say these better.
	default:
		for _, cause := range e.Causes {
			c.explain(root, cause)
		}
	}
}

// spot is where the schema found fault.
type spot struct {
	value *node
	key   place    // of the value's key, where it has one
	label string   // of the target
	path  []string // the keys below the target, positions left out; nil above the targets
	owner string   // the Go type whose keys stand here
	api   string
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

// locate finds the node of a location in the document.
func (c *checker) locate(root *node, location []string) spot {
	at := spot{value: root, key: root.at, owner: "File"}
	for depth, step := range location {
		below := at.value.follow([]string{step})
		if p := at.value.pair(step); p != nil {
			at.key = p.key.at
		} else if below != nil {
			at.key = below.at
		}
		switch {
		case depth == 0:
			at.owner = ""
		case depth == 1:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(c.targets) {
				return spot{}
			}
			at.label, at.api, at.path, at.owner = c.targets[i].label, c.targets[i].api, []string{}, "Target"
		case at.value.is(mapping):
			if p := at.value.pair(step); p != nil && p.step() != "" {
				at.path = append(at.path, step)
			}
			at.owner = ownerOf[strings.Join(at.path, ".")]
		}
		at.value = below
	}
	return at
}

var ownerOf = map[string]string{
	"user": "User", "other_user": "User", "keycloak": "Keycloak", "keycloak.tls": "TLS", "tls": "TLS",
	"product": "Product", "waivers": "Waiver",
}

// unknownKey says which key was probably meant, or where this one belongs.
func (c *checker) unknownKey(at spot, key string) {
	keys := slices.DeleteFunc(slices.Clone(keysOf()[at.owner]), func(k string) bool {
		return at.owner == "Target" && at.api != "" && !slices.Contains([]string{"", at.api}, OwnerAPI(k))
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
	p := at.value.pair(key)
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
