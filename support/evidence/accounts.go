package evidence

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// accounts are those of a run. Order and budget belong to an account, over all targets that log in to it.
type accounts struct {
	mu     sync.Mutex
	all    map[string]*account
	turned map[string]string // the targets of which an account was not let in, by what they sent and where
}

// sentBy tells apart what targets send to let an account in, and where.
func sentBy(t *target.Target, name string) string {
	user := map[string]*target.User{"user": t.User, "other_user": t.OtherUser}[name]
	if user == nil {
		return t.Name + "\n" + name
	}
	shown := cmp.Or(t.TLS, &target.TLS{}) // a client's certificate may tell who asks
	return fmt.Sprintf("%s\n%s\n%s\n%s\n%v\n%v", t.API, t.URL, user.Login, user.Password, t.Headers, *shown)
}

// turnAway keeps that an account of a target was not let in.
func (a *accounts) turnAway(t *target.Target, name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.turned == nil {
		a.turned = map[string]string{}
	}
	a.turned[sentBy(t, name)] = t.Name
}

// turnedAway says why logins of an account of a target are not sent: of another one the very same were refused, and
// once more could lock the account. It is empty where they may be sent.
func (a *accounts) turnedAway(t *target.Target, name string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	by, known := a.turned[sentBy(t, name)]
	if !known {
		return ""
	}
	return fmt.Sprintf("the same login and password were refused at the same url when %s was asked, and once more could "+
		"lock the account", by)
}

// of finds the account that a target calls by a name: user, other_user, or one of its API's own.
func (a *accounts) of(t *target.Target, name string) *account {
	keys := accountKeys(t, name)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.all == nil {
		a.all = map[string]*account{}
	}
	found := &account{changed: make(chan struct{})}
	for _, key := range keys {
		if known := a.all[key]; known != nil {
			found = known
		}
	}
	for _, key := range keys {
		a.all[key] = found
	}
	return found
}

// accountKeys tell accounts apart: a login at a host, and at the realm whose user it is. Of this machine the port
// belongs to the host: many servers run there, each with users of its own.
func accountKeys(t *target.Target, name string) []string {
	all := t.Accounts()
	at := slices.IndexFunc(all, func(a target.Account) bool { return a.Name == name })
	if at < 0 {
		return []string{t.Name + "\n" + name}
	}
	login, email := all[at].Login, all[at].Email
	host, local := t.URL, false
	if u, err := url.Parse(t.URL); err == nil {
		host = strings.ToLower(u.Hostname())
		if ip := net.ParseIP(host); host == "localhost" || ip.IsLoopback() {
			host, local = "localhost:"+u.Port(), true
		}
	}
	keys := []string{host + "\n" + strings.ToLower(login)} // many products take either case
	if email != "" {
		keys = append(keys, host+"\n"+strings.ToLower(email)) // which some take for the login
	}
	if realm := t.Realm(); realm != nil && realm.Issuer != "" && name == "user" && !local &&
		strings.EqualFold(realm.Username, login) {
		keys = append(keys, strings.TrimRight(realm.Issuer, "/")+"\n"+strings.ToLower(login))
	}
	return keys
}

// byAccount puts the places of jobs that log in to one account into one list, which is run in order.
func byAccount(jobs []Job) (chains [][]int) {
	keys := make([][]string, len(jobs))
	var groups target.Groups
	for i := range jobs {
		keys[i] = []string{fmt.Sprint("~job ", i)} // it may have no account; the sign comes after all hosts
		for _, a := range jobs[i].Target.Accounts() {
			keys[i] = append(keys[i], accountKeys(&jobs[i].Target, a.Name)...)
		}
		groups.Join(keys[i]...)
	}
	at := map[string]int{} // the chain of a group
	for i := range jobs {
		group := groups.Find(keys[i][0])
		if _, known := at[group]; !known {
			at[group] = len(chains)
			chains = append(chains, nil)
		}
		chains[at[group]] = append(chains[at[group]], i)
	}
	return chains
}

// named is the account that a login names which must not succeed: some products count it as a wrong password. It is
// empty where the request is none, or names nobody.
func (r *recorder) named(c call) string {
	if c.wrong != "" || !c.refuse {
		return c.wrong
	}
	for _, a := range r.target.Accounts() {
		names := holdsLogin(c.request, a.Login) || a.Email != "" && holdsLogin(c.request, a.Email)
		if a.Body == nil && names && r.sameCall(c, a.Name) || a.Body != nil && r.namesPosted(c, a) {
			return a.Name
		}
	}
	return ""
}

// namesPosted says whether a request to the call at which an account's body is posted carries a text of it.
func (r *recorder) namesPosted(c call, a target.Account) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	right := cmp.Or(r.at(a.Name).accepted, r.at(a.Name).turned)
	if right == nil || right.request.URL != c.request.URL {
		return false
	}
	for _, value := range a.Body {
		if text, is := value.(string); is && text != "" && holdsLogin(c.request, text) {
			return true
		}
	}
	return false
}

// sameCall says whether a request goes to the call at which the account logs in by password, of whatever version; a
// login by token counts nowhere against a name that its token happens to be.
func (r *recorder) sameCall(c call, name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	good := r.at(name).accepted
	return good == nil || c.request.Header.Get("Authorization") != "" ||
		path.Base(pathOf(good.request.URL)) == path.Base(pathOf(c.request.URL))
}

// passwordField is that of a login, whose text may be the same as the name: admin.
var passwordField = regexp.MustCompile(`"password"\s*:\s*"(?:[^"\\]|\\.)*"|<password>[^<]*</password>`)

// holdsLogin says whether a request carries the login as a text of its own, and not for a password: in JSON, in XML, or
// as Basic credentials.
func holdsLogin(request exchange.Request, login string) bool {
	asJSON, _ := json.Marshal(login)
	var asXML bytes.Buffer
	_ = xml.EscapeText(&asXML, []byte(login)) // a Buffer cannot fail
	holds := func(body []byte) bool {
		return bytes.Contains(body, []byte(`"`+login+`"`)) || bytes.Contains(body, asJSON) ||
			bytes.Contains(body, []byte(">"+asXML.String()+"<"))
	}
	if holds(request.Body) && holds(passwordField.ReplaceAllLiteral(request.Body, nil)) {
		return true
	}
	basic, is := strings.CutPrefix(request.Header.Get("Authorization"), "Basic ")
	given, err := base64.StdEncoding.DecodeString(basic)
	return is && err == nil && bytes.HasPrefix(given, []byte(login+":"))
}

// ownAccount is an account as the run of one target sees it.
type ownAccount struct {
	*account            // as all targets share it
	logins   *logins    // see Caller.Alone
	first    sync.Mutex // see untilOneIsIn
	// seat is held by the one scenario of the account that has its turn, or that may hold sessions: it opens two at
	// most, and with control's that is three. A product may allow few, or end them all by one logout.
	seat     chan struct{}
	barred   string // why its configured credentials are not sent any more; empty: they may be
	accepted *call  // the first login that was let in: mostly control's
	// turned is a right login that was refused: what names the account is not sent after it, unless one was accepted.
	turned *call
	sent   int // wrong passwords, by this target
}

// account is one of the target's.
func (r *recorder) account(name string) *ownAccount {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at(name)
}

// at is account where the recorder is locked.
func (r *recorder) at(name string) *ownAccount {
	if r.own[name] == nil {
		r.own[name] = &ownAccount{account: r.accounts.of(&r.target, name), logins: newLogins(),
			seat: make(chan struct{}, 1)}
	}
	return r.own[name]
}

// wrongPasswords are how many were sent, by account.
func (r *recorder) wrongPasswords() map[string]int {
	all := map[string]int{}
	for name, a := range r.own {
		if a.sent > 0 {
			all[name] = a.sent
		}
	}
	return all
}
