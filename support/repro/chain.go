package repro

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"session-conformance/support/exchange"
	"session-conformance/support/redact"
)

// chain are the requests that lead to the one that was judged, in their order, and the values in them: all that its
// scenario asked before, and the same of each exchange whose answer gave something that they use.
func (f Finding) chain() ([]*exchange.Exchange, []*value) {
	values := f.secrets()
	needed := map[*exchange.Exchange]bool{}
	var need func(e *exchange.Exchange)
	need = func(e *exchange.Exchange) {
		if needed[e] {
			return
		}
		for _, o := range f.Exchanges {
			if o.Scenario == e.Scenario && o.Number <= e.Number && !needed[o] {
				needed[o] = true
				f.origins(o, &values, need)
				if made := f.madeBefore(o); made != nil {
					need(made)
				}
			}
		}
	}
	need(f.Last)
	for word := range strings.FieldsSeq(f.Check) {
		if e := f.named(word); e != nil {
			need(e)
		}
	}
	f.login(needed, need)
	if between := f.loginBetween(); between != nil {
		need(between)
	}
	var chain []*exchange.Exchange
	for _, e := range f.Exchanges {
		if needed[e] {
			chain = append(chain, e)
		}
	}
	slices.SortStableFunc(chain, func(a, b *exchange.Exchange) int { return a.Started.Compare(b.Started) })
	return chain, values
}

// loginBetween is a good login between a refusal and the request that tries what the refusal left: what was left may
// have come to life with it. nil: there was none.
func (f Finding) loginBetween() *exchange.Exchange {
	var refusal *exchange.Exchange
	for _, e := range f.Exchanges {
		if f.Last.TryOf != "" && e.Scenario == f.Last.Scenario && e.Step == f.Last.TryOf {
			refusal = e
		}
	}
	for _, e := range f.Exchanges {
		if refusal != nil && e.Configured && e.Succeeded() && e.Started.After(refusal.Started) &&
			e.Started.Before(f.Last.Started) {
			return e
		}
	}
	return nil
}

// atOnce says that requests of the judged scenario were under way at the same time: a script sends one after another.
func (f Finding) atOnce(chain []*exchange.Exchange) bool {
	for i, e := range chain {
		if i > 0 && e.Scenario == f.Last.Scenario && chain[i-1].Scenario == e.Scenario &&
			e.Started.Before(chain[i-1].Started.Add(chain[i-1].Took-2*time.Microsecond)) { // HAR rounds
			return true
		}
	}
	return false
}

// madeBefore is the last accepted request before a deletion that made something at its path; nil: none, or the deletion
// names by a cookie what it ends.
func (f Finding) madeBefore(e *exchange.Exchange) (made *exchange.Exchange) {
	if e.Request.Method != http.MethodDelete || e.Request.Header.Get("Cookie") != "" {
		return nil
	}
	for _, o := range f.Exchanges {
		if o.Number < e.Number && o.Request.URL == e.Request.URL &&
			o.Request.Method != http.MethodDelete && o.Request.Method != http.MethodGet && o.Succeeded() {
			made = o
		}
	}
	return made
}

// named is the exchange that a word of a check names by its number in the evidence, as @17; nil: none.
func (f Finding) named(word string) *exchange.Exchange {
	for _, e := range f.Exchanges {
		if word == fmt.Sprintf("@%d", e.Number) && e.Number < f.Last.Number {
			return e
		}
	}
	return nil
}

// login needs the run's first login with the right credentials where the chain has none: what is refused then says
// something, and the script knows that the credentials are right.
func (f Finding) login(needed map[*exchange.Exchange]bool, need func(*exchange.Exchange)) {
	accepted := func(e *exchange.Exchange) bool { return e.Configured && e.Succeeded() }
	for e := range needed {
		if accepted(e) {
			return
		}
	}
	if i := slices.IndexFunc(f.Exchanges, accepted); i >= 0 && f.Exchanges[i].Number < f.Last.Number {
		need(f.Exchanges[i])
	}
}

// origins adds the values of a request that earlier answers gave, and needs those.
func (f Finding) origins(e *exchange.Exchange, values *[]*value, need func(*exchange.Exchange)) {
	text := e.Request.URL + "\n" + e.Request.Header.Get("Cookie") + "\n" + string(e.Request.Body)
	for _, o := range f.Exchanges {
		if o.Number >= e.Number {
			break
		}
		for _, v := range f.minted(o) {
			if slices.Contains(f.Plain, v.text) || !stands(&v, text) ||
				slices.ContainsFunc(*values, func(k *value) bool { return k.text == v.text && (k.name != "" || k.from != nil) }) {
				continue
			}
			*values = slices.DeleteFunc(*values, func(k *value) bool { return k.text == v.text })
			*values = append(*values, &v)
			need(o)
		}
	}
	for _, v := range *values {
		if v.of != "" && v.base == nil && v.unknown == "" && stands(v, text) {
			f.alteredOf(v, e, values, need)
		}
	}
}

// alteredOf finds what an altered value was made of in an answer before.
func (f Finding) alteredOf(v *value, e *exchange.Exchange, values *[]*value, need func(*exchange.Exchange)) {
	if at := slices.IndexFunc(*values, func(k *value) bool { return k.text == v.of && k.from != nil }); at >= 0 {
		v.base = (*values)[at]
		need(v.base.from)
		return
	}
	for _, o := range f.Exchanges {
		for _, m := range f.minted(o) {
			if m.text == v.of && o.Number < e.Number {
				v.base = &m
				*values = append(*values, &m)
				need(o)
				return
			}
		}
	}
	v.unknown = "a script cannot make the " + v.label
}

// unmade says why a script cannot make a request as it was; empty where it can.
func (f Finding) unmade(e *exchange.Exchange, values []*value) string {
	text, holds := textOf(e), false
	longest := slices.Clone(values) // first: the beginning of a token stands in the token
	slices.SortStableFunc(longest, func(a, b *value) int { return len(b.text) - len(a.text) })
	for _, v := range longest {
		before := text
		for _, f := range v.forms() {
			text = strings.ReplaceAll(text, f.text, open)
		}
		if f, i := v.byNumbers(text); i >= 0 {
			text = strings.ReplaceAll(text, f.text, open)
		}
		if text != before {
			holds = true
			if v.unknown != "" {
				return v.unknown
			}
		}
	}
	for pair := range strings.SplitSeq(cookieOf(text), ";") {
		_, value, _ := strings.Cut(pair, "=")
		if value = strings.Trim(value, `" `); len(value) >= shortest && !strings.Contains(value, open) &&
			redact.LooksLikeID(value) && !slices.Contains(f.Plain, value) {
			return "it carries a cookie of which a script does not know what it is made of"
		}
	}
	if e.Configured && !holds {
		return "it carries credentials that a script does not find in it"
	}
	return ""
}

// textOf is all of a request, with Basic credentials decoded too.
func textOf(e *exchange.Exchange) string {
	text := e.Request.URL + "\n" + string(e.Request.Body)
	for _, name := range slices.Sorted(maps.Keys(e.Request.Header)) {
		for _, line := range e.Request.Header[name] {
			plain, _ := basicOf(name, line)
			text += "\n" + name + ": " + line + "\n" + plain
		}
	}
	return text
}

// cookieOf is the value of the Cookie header among lines of a request.
func cookieOf(text string) string {
	_, after, _ := strings.Cut(text, "\nCookie: ")
	line, _, _ := strings.Cut(after, "\n")
	return line
}

// stands says whether a value stands in a text, in some form.
func stands(v *value, text string) bool {
	return slices.ContainsFunc(v.forms(), func(f form) bool { return strings.Contains(text, f.text) })
}
