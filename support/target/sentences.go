package target

import (
	"fmt"
	"slices"
	"strings"
)

// wrongType says what stands at a spot and what belongs there.
func wrongType(at spot, want []string) string {
	got := map[kind]string{null: "nothing", text: "text", number: "a number", boolean: "true or false", sequence: "a list",
		mapping: "keys with values"}[at.value.kind]
	switch {
	case at.owner == "File":
		return "the file must begin with `targets:`, not with " + got +
			"; see support/docs/vendor.md, \"Filling in a target\""
	case at.path == nil:
		return "`targets` must be a list of targets, not " + got + "; write a line beginning with - for each"
	case at.value.is(null):
		return at.name() + " is empty; give it a value, or remove it"
	}
	belongs, remedy := "text", "write one text"
	switch want[0] {
	case "string":
		if at.value.is(number) || at.value.is(boolean) {
			remedy = "quote it"
			if mayShow("targets." + strings.Join(at.path, ".")) {
				remedy += ": \"" + at.value.text + "\""
			}
		}
	case "integer":
		belongs, remedy = "a whole number", "write it in plain digits, such as 8"
	case "boolean":
		belongs, remedy = "true or false", "write one of them, without quotation marks"
	case "array":
		belongs, remedy = "a list", "write [a, b], or a line beginning with - for each"
	case "object":
		belongs, remedy = "keys with values", "write {key: value}, or a line for each"
	}
	if got == belongs || want[0] == "integer" && at.value.is(number) {
		return at.name() + " must be " + belongs + "; " + remedy
	}
	return fmt.Sprintf("%s must be %s, not %s; %s", at.name(), belongs, got, remedy)
}

// notHere is about a target's key that only another API has.
func notHere(key string) string {
	if api := OwnerAPI(key); api != "" {
		return fmt.Sprintf("`%s` is for %s targets only; remove it", key, api)
	}
	return fmt.Sprintf("`%s` does not belong here; remove it", key)
}

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
