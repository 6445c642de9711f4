package suite

import (
	"cmp"
	"fmt"
	"net/http"

	"session-conformance/support/evidence"
	"session-conformance/support/reference"
	"session-conformance/support/reference/wire"
	"session-conformance/support/target"
)

// Embedded is a reference server that a run judges. It does not listen yet.
type Embedded struct {
	Handler http.Handler
	Base    string       // the path before its calls, without a slash at its end; may be empty
	Close   func() error // ends what else was started for it; nil: nothing was
}

// Reference is the reference server of the API.
func (s *Suite) Reference() reference.Server { return s.reference }

// prepare makes a job ready to be asked: it reads the files of its TLS settings, and starts the reference server of an
// embedded target. What goes wrong becomes the job's reason. The returned function stops the server.
func (s *Suite) prepare(job *evidence.Job) (stop func()) {
	var err error
	if job.TLS, err = job.Target.TLS.Config(); err != nil {
		job.Failed = "tls: " + err.Error()
	} else if job.Target.Embedded() {
		if stop, err = s.start(&job.Target); err == nil {
			return stop
		}
		job.Failed = "the embedded reference server did not start: " + err.Error()
	}
	return func() {}
}

// start starts the reference server of the API and fills in the target's address, and those of its accounts that
// targets.yaml leaves out.
func (s *Suite) start(t *target.Target) (stop func(), err error) {
	if s.embed == nil {
		return nil, fmt.Errorf("the API %s has none", s.api.Name)
	}
	made, err := s.embed(t)
	if err != nil {
		return nil, err
	}
	running, err := wire.Start(made.Handler, wire.Options{Addr: "127.0.0.1:0"})
	stop = func() {
		if running != nil {
			_ = running.Close()
		}
		if made.Close != nil {
			_ = made.Close()
		}
	}
	if err != nil {
		stop()
		return nil, err
	}
	t.URL = running.URL + made.Base
	return stop, nil
}

// Merged fills in what a given account leaves out.
func Merged(given *target.User, standard target.User) *target.User {
	if given == nil {
		return &standard
	}
	return &target.User{Login: cmp.Or(given.Login, standard.Login), Password: cmp.Or(given.Password, standard.Password),
		Email: cmp.Or(given.Email, standard.Email), ID: cmp.Or(given.ID, standard.ID)}
}
