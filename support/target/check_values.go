package target

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// forms say what is wrong with texts, and the remedy, by the paths of those that all APIs may have.
var forms = map[string]func(string) string{
	"url": badURL, "timeout": badTimeout, "wrong_password_pause": badPause, "session_idle": badTimeout,
	"user.login": empty, "user.password": empty, "other_user.login": empty, "other_user.password": empty,
	"headers": badHeaderValue, "waivers.reason": empty, "waivers.until": badDate, "keycloak.token": empty,
	"keycloak.issuer": badAddress, "keycloak.client_id": empty, "keycloak.expired_token": empty,
	"keycloak.other_realm_token": empty,
}

// checkText checks a text, number or boolean of a target. What is said first of a place stays: the most telling.
func (c *checker) checkText(t *targetNode, path string, n *node) {
	if t.selected {
		c.checkVariables(t, path, n)
	}
	c.checkDoubt(t, path, n)
	s, _ := settingOf(t.api, path)
	if strings.HasPrefix(path, "headers.") {
		s = settingAt("headers")
	}
	first, _, _ := strings.Cut(path, ".")
	body, _ := settingOf(t.api, first)
	switch {
	case n.is(number) && s.of == reflect.TypeFor[time.Duration]():
		c.add(n.at, aboutValue, t.label, "`"+path+"` has no unit; write seconds as 10s, milliseconds as 500ms")
	case n.is(number) && body.posted() && !jsonNumber.MatchString(n.text):
		c.add(n.at, aboutValue, t.label, "this number in `"+first+"` is not one in JSON; write it in plain digits, or "+
			"put it in quotation marks")
	case s.form != nil:
		c.form(t, n, path, s.form)
	}
	if path == "url" {
		c.form(t, n, path, badBase(t.api))
	}
}

// form notes what is wrong with a text's value, which is not shown: it may come from the environment.
func (c *checker) form(t *targetNode, n *node, path string, bad func(string) string) {
	value, known := t.value(n)
	if !known {
		return
	}
	if what := bad(value); what != "" {
		c.add(n.at, aboutValue, t.label, "`"+path+"`"+after(n)+" "+what)
	}
}

// checkAPI wants a known API, and of its features those that are left out.
func (c *checker) checkAPI(t *targetNode) {
	if n := t.node.get("api"); n.is(text) && t.api == "" {
		c.add(n.at, aboutValue, t.label, fmt.Sprintf("unknown api %s; write %s%s", n.word(), oneOf(APIs()),
			Suggest(n.text, APIs())))
	}
	without := t.node.get("without")
	if !without.is(sequence) || t.api == "" {
		return
	}
	api, seen := Of(t.api), []string{}
	for _, item := range without.items {
		switch {
		case !item.is(text):
		case !slices.Contains(api.Features, item.text):
			c.add(item.at, aboutValue, t.label, fmt.Sprintf("`without` of a %s target takes %s, not %s%s", t.api,
				oneOf(api.Features), item.word(), Suggest(item.text, api.Features)))
		case slices.Contains(seen, item.text):
			c.add(item.at, aboutValue, t.label, fmt.Sprintf("`%s` stands twice in `without`; remove one", item.text))
		default:
			seen = append(seen, item.text)
		}
	}
	if api.nothingLeft(seen) {
		c.add(without.at, aboutValue, t.label, fmt.Sprintf("`without` names %s, so nothing is left to ask; remove one",
			strings.Join(api.Either, " and ")))
	}
}

// checkHeaders refuses what HTTP does not allow in a header, and one name in two spellings.
func (c *checker) checkHeaders(t *targetNode) {
	headers := t.node.get("headers")
	if !headers.is(mapping) {
		return
	}
	first := map[string]place{}
	for _, p := range headers.pairs {
		lower := strings.ToLower(p.key.text)
		before, doubled := first[lower]
		switch {
		case badHeaderName(p.key.text):
			c.add(p.key.at, aboutKey, t.label, "this header's name is not allowed in HTTP; use letters, digits and hyphens")
		case doubled:
			c.add(p.key.at, aboutKey, t.label, fmt.Sprintf("the header%s stands here twice, first in %s: case does not "+
				"count; remove one", p.name(), c.lineOf(before, c.path)))
		default:
			first[lower] = p.key.at
		}
	}
}

func (c *checker) checkWaivers(t *targetNode) {
	waivers := t.node.get("waivers")
	if !waivers.is(sequence) {
		return
	}
	first := map[string]place{}
	for _, w := range waivers.items {
		clause := w.get("clause")
		id, known := t.value(clause)
		if !known {
			continue
		}
		if before, doubled := first[id]; doubled {
			c.add(clause.at, aboutValue, t.label, "this clause is waived in "+c.lineOf(before, c.path)+
				" too; remove one")
			continue
		}
		first[id] = clause.at
		if t.api == "" || c.clauses == nil {
			continue
		}
		if all := c.clauses(t.api); all != nil && !slices.Contains(all, id) {
			remedy := Suggest(id, all)
			if remedy == "" {
				remedy = "; `conformance clauses` lists them"
			}
			c.add(clause.at, aboutValue, t.label, fmt.Sprintf("unknown clause %s of %s%s", clause.word(), t.api, remedy))
		}
	}
}
