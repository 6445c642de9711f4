package exchange

import (
	"net/url"
	"slices"
	"strings"
)

// Jar keeps the cookies that answers set, so that they can be returned by hand. It is kinder than a browser: a cookie
// is returned whatever its Secure says, and also where its Domain, path, Max-Age or Expires forbid it, unless another
// one of its name does better.
type Jar struct{ kept []keptCookie }

type keptCookie struct {
	Cookie
	path, domain string
	fits         bool // its Domain fits the host that set it
}

// Keep takes the cookies of an answer in. One of the same name and path replaces the earlier one, or removes it if it
// is empty.
func (j *Jar) Keep(e *Exchange) {
	if e == nil {
		return
	}
	type place struct{ name, domain, path string }
	at := map[place]int{}
	for i, k := range j.kept {
		at[place{k.Name, k.domain, k.path}] = i
	}
	host := e.Request.host()
	for _, c := range e.Cookies() {
		fresh := keptCookie{c, c.PathFor(e.Request.URL), c.domain(host), c.ForHost(host)}
		here := place{fresh.Name, fresh.domain, fresh.path}
		i, known := at[here]
		switch empty := strings.Trim(c.Value, `"`) == ""; {
		case c.Name == "":
		case known && empty:
			j.kept[i].Name = "" // it is removed
			delete(at, here)
		case known:
			j.kept[i] = fresh
		case !empty:
			at[here] = len(j.kept)
			j.kept = append(j.kept, fresh)
		}
	}
	j.kept = slices.DeleteFunc(j.kept, func(k keptCookie) bool { return k.Name == "" })
}

// Cookies are what a request to the path returns. Of several cookies of one name, those that are not taken back are
// preferred, then those whose Domain fits, then those whose path does, the longest path first. Where no path fits, the
// last one of the name is taken.
func (j *Jar) Cookies(path string) []Cookie {
	var names []string
	named := map[string][]keptCookie{}
	for _, k := range j.kept {
		if named[k.Name] == nil {
			names = append(names, k.Name)
		}
		named[k.Name] = append(named[k.Name], k)
	}
	var returned []Cookie
	for _, name := range names {
		all := preferred(named[name], func(k keptCookie) bool { return !k.Deletes() })
		all = preferred(all, func(k keptCookie) bool { return k.fits })
		fitting := preferred(all, func(k keptCookie) bool { return PathMatches(k.path, path) })
		if !PathMatches(fitting[0].path, path) {
			fitting = fitting[len(fitting)-1:]
		}
		slices.SortStableFunc(fitting, func(a, b keptCookie) int { return len(b.path) - len(a.path) })
		for _, k := range fitting {
			returned = append(returned, k.Cookie)
		}
	}
	return returned
}

// preferred are the cookies that meet the check, or all where none does.
func preferred(all []keptCookie, check func(keptCookie) bool) []keptCookie {
	var some []keptCookie
	for _, k := range all {
		if check(k) {
			some = append(some, k)
		}
	}
	if len(some) == 0 {
		return all
	}
	return some
}

// Header is the Cookie header of a request to the path; empty if there is none to return.
func (j *Jar) Header(path string) string { return headerOf(j.Cookies(path)) }

func headerOf(cookies []Cookie) string {
	var pairs []string
	for _, c := range cookies {
		pairs = append(pairs, c.Name+"="+c.Value)
	}
	return strings.Join(pairs, "; ")
}

// PathFor is the path that the cookie is for, where an answer to that address sets it: RFC 6265, 5.1.4.
func (c Cookie) PathFor(address string) string {
	if path, _ := c.Attribute("path"); strings.HasPrefix(path, "/") {
		return path
	}
	u, err := url.Parse(address)
	if err != nil {
		return "/"
	}
	if end := strings.LastIndexByte(u.Path, '/'); end > 0 {
		return u.Path[:end]
	}
	return "/"
}

// KeptFrom says why a client that keeps to its attributes does not return the cookie, set by an answer to one request,
// with a request to another address of the same host; empty where it does, or where an address cannot be read.
func (c Cookie) KeptFrom(by Request, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if path := c.PathFor(by.URL); !PathMatches(path, u.Path) {
		return "it is for the path " + path
	}
	if host := by.host(); !c.ForHost(host) {
		return "it is for another domain than " + host
	}
	if c.Expired() {
		return "it is expired"
	}
	return ""
}

// PathMatches says whether a cookie for one path is returned with a request to the other: RFC 6265, 5.1.4.
func PathMatches(cookie, request string) bool {
	rest, begins := strings.CutPrefix(request, cookie)
	return begins && (rest == "" || strings.HasSuffix(cookie, "/") || strings.HasPrefix(rest, "/"))
}
