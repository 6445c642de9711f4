package target

import (
	"fmt"
	"slices"
	"strings"
)

// forms are those of texts that have one in a target of each API, or must not be empty.
var forms = []struct {
	path string
	bad  func(string) string
}{{"url", badURL}, {"timeout", badTimeout}, {"wrong_password_pause", badPause}, {"session_idle", badTimeout},
	{"user.login", empty}, {"user.password", empty}, {"other_user.login", empty}, {"other_user.password", empty}}

// checkTexts checks each text that has a form of its own, or must not be empty.
func (c *checker) checkTexts(t *targetNode) {
	n := t.node
	for _, f := range forms {
		value := n
		for key := range strings.SplitSeq(f.path, ".") {
			value = value.get(key)
		}
		c.form(t, value, f.path, f.bad)
	}
	c.form(t, n.get("url"), "url", badBase(t.api))
	for _, s := range ownOf(t.api) {
		if s.form != nil {
			c.form(t, n.get(s.Path), s.Path, s.form)
		}
	}
	for _, key := range []string{"timeout", "wrong_password_pause", "session_idle"} {
		if n := n.get(key); n.is(number) {
			c.add(n.at, aboutValue, t.label, "`"+key+"` has no unit; write seconds as 10s, milliseconds as 500ms")
		}
	}
	for _, key := range []string{"concurrency", "wrong_passwords"} {
		if n := n.get(key); n.is(number) && strings.HasPrefix(n.text, "-") {
			c.add(n.at, aboutValue, t.label, "`"+key+"` must be 1 or more")
		}
	}
	if api := n.get("api"); api.is(text) && t.api == "" {
		c.add(api.at, aboutValue, t.label, fmt.Sprintf("unknown api %s; write %s%s", api.word(), oneOf(APIs()),
			Suggest(api.text, APIs())))
	}
}

// checkUsers asks for the accounts of real targets.
func (c *checker) checkUsers() {
	for _, t := range c.targets {
		url, known := t.value(t.node.get("url"))
		if !known || url == "embedded" || !t.node.is(mapping) {
			continue
		}
		at := spot{value: t.node, owner: "Target", path: []string{}}
		user := t.node.get("user")
		if user == nil {
			c.add(t.node.at, "no user", t.label, at.missing("user"))
			continue
		}
		at.path = []string{"user"}
		for _, key := range []string{"login", "password"} {
			if user.is(mapping) && user.get(key) == nil {
				c.add(user.at, "no "+key, t.label, at.missing(key))
			}
		}
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

func (c *checker) checkWithout(t *targetNode) {
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

// checkPosted refuses numbers that JSON cannot carry as they are written, where a body is posted as it stands.
func (c *checker) checkPosted(t *targetNode) {
	for _, s := range ownOf(t.api) {
		if n := t.node.get(s.Path); n != nil && s.posted {
			n.scalars(s.Path, func(_ string, n *node) {
				if n.is(number) && !jsonNumber.MatchString(n.text) {
					c.add(n.at, aboutValue, t.label, "this number in `"+s.Path+"` is not one in JSON; write it in plain digits, or "+
						"put it in quotation marks")
				}
			})
		}
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
			c.add(p.key.at, aboutKey, t.label, fmt.Sprintf("the header%s stands here twice, first in line %d: case does not "+
				"count; remove one", p.name(), before.line))
		default:
			first[lower] = p.key.at
		}
		c.form(t, p.value, "headers", badHeaderValue)
	}
}

func (c *checker) checkWaivers(t *targetNode) {
	waivers := t.node.get("waivers")
	if !waivers.is(sequence) {
		return
	}
	first := map[string]place{}
	for _, w := range waivers.items {
		c.form(t, w.get("reason"), "waivers.reason", empty)
		c.form(t, w.get("until"), "waivers.until", badDate)
		clause := w.get("clause")
		id, known := t.value(clause)
		if !known {
			continue
		}
		if before, doubled := first[id]; doubled {
			c.add(clause.at, aboutValue, t.label, fmt.Sprintf("this clause is waived in line %d too; remove one", before.line))
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
