package sessions

import (
	"cmp"

	"session-conformance/suites/sessions/settings"
	reference "session-conformance/support/reference/sessions"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// embed makes a reference server with the target's accounts, token and node.
func embed(t *target.Target) (*suite.Embedded, error) {
	c := reference.Default()
	t.User = suite.Merged(t.User, target.User{Login: c.User.Login, Password: c.User.Password})
	t.OtherUser = suite.Merged(t.OtherUser, target.User{Login: c.OtherUser.Login, Password: c.OtherUser.Password})
	given := target.Own[settings.Own](*t)
	c.Token = cmp.Or(given.Token, c.Token)
	if given.Node != nil {
		c.Node = given.Node
	}
	t.Own = settings.Own{Token: c.Token, Node: c.Node}
	c.User.Login, c.User.Password = t.User.Login, t.User.Password
	c.OtherUser.Login, c.OtherUser.Password = t.OtherUser.Login, t.OtherUser.Password
	server, err := reference.New(c)
	return &suite.Embedded{Handler: server, Base: reference.BasePath}, err
}
