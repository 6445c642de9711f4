package suite

import (
	"cmp"
	"fmt"
	"net/http"

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
	running, err := embed(&job.Target)
	if err != nil {
		job.Failed = "the embedded reference server did not start: " + err.Error()
		return stop
	}
	return func() { _ = running.Close() }
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

// embedded makes a reference server with the target's accounts, gives the path before its calls, and completes the target.
var embedded = map[string]func(*target.Target) (handler http.Handler, base string, err error){
	target.SAYMON: func(t *target.Target) (http.Handler, string, error) {
		c := saymon.Default()
		t.User = merged(t.User, target.User{Login: c.User.Login, Password: c.User.Password, Email: c.User.Email, ID: c.User.ID})
		t.OtherUser = merged(t.OtherUser, target.User{Login: c.OtherUser.Login, Password: c.OtherUser.Password, Email: c.OtherUser.Email, ID: c.OtherUser.ID})
		c.User = saymon.Account{ID: t.User.ID, Login: t.User.Login, Email: t.User.Email, Password: t.User.Password, ManageUsers: true}
		c.OtherUser = saymon.Account{ID: t.OtherUser.ID, Login: t.OtherUser.Login, Email: t.OtherUser.Email, Password: t.OtherUser.Password}
		server, err := saymon.New(c)
		if err != nil {
			return nil, "", err
		}
		if t.Keycloak == nil {
			t.Keycloak = &target.Keycloak{Token: server.KeycloakToken(c.User)}
		}
		return server, "", nil
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
		c.User.Login, c.User.Password, c.Token, c.Node = t.User.Login, t.User.Password, t.Token, t.Node
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
