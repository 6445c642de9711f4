package evidence

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"

	"session-conformance/support/target"
)

// accounts are those of a run. Order and budget belong to an account, over all targets that log in to it.
type accounts struct {
	mu  sync.Mutex
	all map[string]*account
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
