package suite

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"time"

	"session-conformance/support/evidence"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/reference/sessions"
	"session-conformance/support/reference/wire"
	"session-conformance/support/target"
)

// prepare makes a job ready to be asked: it reads the files of its TLS settings, and starts the reference server of an
// embedded target. What goes wrong becomes the job's reason. The returned function stops the server.
func prepare(job *evidence.Job) (stop func()) {
	stop = func() {}
	var err error
	if job.TLS, err = job.Target.TLS.Config(); err != nil {
		job.Failed = "tls: " + err.Error()
		return stop
	}
	if !job.Target.Embedded() {
		return stop
	}
	realm, err := embedRealm(&job.Target)
	if err != nil {
		job.Failed = "the embedded Keycloak realm did not start: " + err.Error()
		return stop
	}
	running, err := embed(&job.Target)
	if err != nil {
		_ = realm.Close()
		job.Failed = "the embedded reference server did not start: " + err.Error()
		return stop
	}
	return func() {
		_ = running.Close()
		_ = realm.Close()
	}
}

// embed starts the reference server of the target's API and fills in the target's address, and those of its accounts that
// targets.yaml leaves out.
func embed(t *target.Target) (*wire.Running, error) {
	handler, base, err := embedded[t.API](t)
	if err != nil {
		return nil, err
	}
	running, err := wire.Start(handler, wire.Options{Addr: "127.0.0.1:0"})
	if err != nil {
		return nil, err
	}
	t.URL = running.URL + base
	return running, nil
}

// nothing is what there is to close where no realm was started.
type nothing struct{}

func (nothing) Close() error { return nil }

// embedRealm starts a Keycloak realm with the user of a target that could use one and has none, for the run to fetch its token
// there as it does elsewhere.
func embedRealm(t *target.Target) (io.Closer, error) {
	if t.API != target.SAYMON || t.Keycloak != nil {
		return nothing{}, nil
	}
	user := saymonConfig(t).User
	realm, err := saymon.StartRealm(user)
	if err != nil {
		return nil, err
	}
	t.Keycloak = &target.Keycloak{Issuer: realm.Issuer, ClientID: saymon.RealmClient, Username: user.Login, Password: user.Password,
		ExpiredToken: realm.ExpiredToken(user), OtherRealmToken: saymon.OtherRealmToken(user)}
	return realm, nil
}

// saymonConfig completes the target's accounts, and gives the server that knows them.
func saymonConfig(t *target.Target) saymon.Config {
	c := saymon.Default()
	t.User = merged(t.User, target.User{Login: c.User.Login, Password: c.User.Password, Email: c.User.Email, ID: c.User.ID})
	t.OtherUser = merged(t.OtherUser, target.User{Login: c.OtherUser.Login, Password: c.OtherUser.Password, Email: c.OtherUser.Email, ID: c.OtherUser.ID})
	c.User = saymon.Account{ID: t.User.ID, Login: t.User.Login, Email: t.User.Email, Password: t.User.Password, ManageUsers: true}
	c.OtherUser = saymon.Account{ID: t.OtherUser.ID, Login: t.OtherUser.Login, Email: t.OtherUser.Email, Password: t.OtherUser.Password}
	return c
}

// trusted is the realm of the target's keycloak.issuer, for the reference server to trust.
func trusted(k *target.Keycloak) (saymon.Issuer, error) {
	if k == nil || k.Issuer == "" {
		return saymon.Issuer{}, nil
	}
	trust, err := k.TLS.Config()
	if err != nil {
		return saymon.Issuer{}, fmt.Errorf("keycloak.tls: %w", err)
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: trust, IdleConnTimeout: 10 * time.Second}
	return saymon.Issuer{URL: k.Issuer, Client: &http.Client{Transport: transport}}, nil
}

// embedded makes a reference server with the target's accounts, gives the path before its calls, and completes the target.
var embedded = map[string]func(*target.Target) (handler http.Handler, base string, err error){
	target.SAYMON: func(t *target.Target) (http.Handler, string, error) {
		c := saymonConfig(t)
		var err error
		if c.Issuer, err = trusted(t.Keycloak); err != nil {
			return nil, "", err
		}
		server, err := saymon.New(c)
		return server, "", err
	},
	target.SDM: func(t *target.Target) (http.Handler, string, error) {
		c := sdm.Default()
		t.User = merged(t.User, target.User{Login: c.User.UserName, Password: c.User.Password})
		c.User.UserName, c.User.Password = t.User.Login, t.User.Password
		server, err := sdm.New(c)
		return server, "", err
	},
	target.Sessions: func(t *target.Target) (http.Handler, string, error) {
		c := sessions.Default()
		t.User = merged(t.User, target.User{Login: c.User.Login, Password: c.User.Password})
		t.Token = cmp.Or(t.Token, c.Token)
		if t.Node == nil {
			t.Node = c.Node
		}
		t.OtherUser = merged(t.OtherUser, target.User{Login: c.OtherUser.Login, Password: c.OtherUser.Password})
		c.User.Login, c.User.Password, c.Token, c.Node = t.User.Login, t.User.Password, t.Token, t.Node
		c.OtherUser.Login, c.OtherUser.Password = t.OtherUser.Login, t.OtherUser.Password
		server, err := sessions.New(c)
		return server, sessions.BasePath, err
	},
}

// merged fills in what a given account leaves out.
func merged(given *target.User, standard target.User) *target.User {
	if given == nil {
		return &standard
	}
	return &target.User{Login: cmp.Or(given.Login, standard.Login), Password: cmp.Or(given.Password, standard.Password),
		Email: cmp.Or(given.Email, standard.Email), ID: cmp.Or(given.ID, standard.ID)}
}

func init() {
	for _, api := range target.APIs() {
		if embedded[api] == nil {
			panic(fmt.Sprintf("the API %s has no reference server", api))
		}
	}
}
