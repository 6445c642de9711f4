package target

import (
	"fmt"
	"path/filepath"
	"slices"
)

// given says whether a key has a value. One that is not known, as of a target that is not selected, counts as given.
func (t *targetNode) given(n *node) bool {
	value, known := t.value(n)
	return n != nil && (!known || value != "")
}

// checkKeycloak wants a token, or what is needed to get one, and not both.
func (c *checker) checkKeycloak(t *targetNode) {
	k := t.node.get("keycloak")
	if !k.is(mapping) {
		return
	}
	if token := k.pair("token"); token != nil {
		for _, p := range k.pairs {
			if p.key.text != "token" && !slices.Contains(refusedTokens, p.key.text) &&
				slices.Contains(keysOf()["keycloak"], p.key.text) {
				c.add(token.key.at, aboutKey, t.label, "`keycloak` takes `token` alone, or `issuer` and what belongs to it; "+
					"remove the one or the other")
			}
		}
		return
	}
	if k.get("issuer") == nil && k.get("client_id") == nil {
		c.add(k.at, "no token", t.label, "`keycloak` has neither a token nor an issuer; give `token`, or `issuer` and "+
			"`client_id`")
	}
	c.together(t, k, "keycloak", "issuer", "client_id")
	c.together(t, k, "keycloak", "username", "password")
	c.checkTLS(t, k.get("tls"), "keycloak.tls")
}

// together wants two keys both or neither.
func (c *checker) together(t *targetNode, n *node, path, a, b string) {
	for _, names := range [][2]string{{a, b}, {b, a}} {
		has, lacks := n.pair(names[0]), n.get(names[1])
		if has != nil && (lacks == nil || t.given(has.value) && !t.given(lacks)) {
			c.add(has.key.at, "together", t.label, fmt.Sprintf("`%s.%s` needs `%s.%s`; give both", path, names[0], path,
				names[1]))
		}
	}
}

// checkTLS wants the key with the certificate. Of a selected target it reads the files. The path leads to n.
func (c *checker) checkTLS(t *targetNode, n *node, path string) {
	if !n.is(mapping) {
		return
	}
	c.together(t, n, path, "cert_file", "key_file")
	if !t.selected {
		return
	}
	files := map[string]string{}
	for _, key := range []string{"ca_file", "cert_file", "key_file"} {
		value, known := t.value(n.get(key))
		if !known || value == "" {
			continue
		}
		file := c.inFolder(value)
		if _, err := ReadRegular(file, pemLimit); err != nil {
			at := file
			if len(variablesIn(n.get(key).text)) > 0 {
				at = "the file named by " + allOf(variablesIn(n.get(key).text))
			}
			c.add(n.get(key).at, aboutValue, t.label, fmt.Sprintf("`%s.%s`: cannot read %s: %v; relative paths "+
				"start at %s", path, key, at, reason(err), c.folder))
			continue
		}
		files[key] = file
	}
	if ca := files["ca_file"]; ca != "" {
		if _, err := authorities(ca); err != nil {
			c.add(n.get("ca_file").at, aboutValue, t.label, "`"+path+".ca_file` "+err.Error())
		}
	}
	if files["cert_file"] != "" && files["key_file"] != "" {
		if _, key, err := clientPair(files["cert_file"], files["key_file"]); err != nil {
			c.add(n.get(key).at, aboutValue, t.label, "`"+path+"."+key+"` "+err.Error())
		}
	}
}

// inFolder makes a path of the file absolute.
func (c *checker) inFolder(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.folder, path)
}
