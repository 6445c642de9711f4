package evidence

import (
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
	login := loginOf(t, name)
	if login == "" {
		return []string{t.Name + "\n" + name}
	}
	host, local := t.URL, false
	if u, err := url.Parse(t.URL); err == nil {
		host = strings.ToLower(u.Hostname())
		if ip := net.ParseIP(host); host == "localhost" || ip.IsLoopback() {
			host, local = "localhost:"+u.Port(), true
		}
	}
	keys := []string{host + "\n" + login}
	if realm := t.Realm(); realm != nil && realm.Issuer != "" && name == "user" && realm.Username == login && !local {
		keys = append(keys, strings.TrimRight(realm.Issuer, "/")+"\n"+login)
	}
	return keys
}

// byAccount puts the places of jobs that log in to one account into one list, which is run in order.
func byAccount(jobs []Job) (chains [][]int) {
	at := map[string]int{} // the chain of an account
	for i := range jobs {
		t := &jobs[i].Target
		mine := len(chains)
		var keys []string
		for _, a := range t.Accounts() {
			for _, key := range accountKeys(t, a.Name) {
				keys = append(keys, key)
				if chain, known := at[key]; known && chain < mine {
					mine = chain
				}
			}
		}
		if mine == len(chains) {
			chains = append(chains, nil)
		}
		chains[mine] = append(chains[mine], i)
		for _, key := range keys {
			if other, known := at[key]; known && other != mine { // it joins two
				chains[mine] = append(chains[mine], chains[other]...)
				chains[other] = nil
				for k, chain := range at {
					if chain == other {
						at[k] = mine
					}
				}
			}
			at[key] = mine
		}
	}
	return slices.DeleteFunc(chains, func(chain []int) bool { return chain == nil })
}

// loginOf is the login of a target's account, or all of what is posted as it stands. It is empty where there is none.
func loginOf(t *target.Target, name string) string {
	for _, a := range t.Accounts() {
		if a.Name == name {
			return a.Login
		}
	}
	return ""
}
