package sessions

import (
	"cmp"

	reference "session-conformance/support/reference/sessions"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// embed makes a reference server with the target's accounts, token and node.
func embed(t *target.Target) (*suite.Embedded, error) {
	c := reference.Default()
	t.User = suite.Merged(t.User, target.User{Login: c.User.Login, Password: c.User.Password})
	t.OtherUser = suite.Merged(t.OtherUser, target.User{Login: c.OtherUser.Login, Password: c.OtherUser.Password})
	t.Token = cmp.Or(t.Token, c.Token)
	if t.Node == nil {
		t.Node = c.Node
	}
	c.User.Login, c.User.Password, c.Token, c.Node = t.User.Login, t.User.Password, t.Token, t.Node
	c.OtherUser.Login, c.OtherUser.Password = t.OtherUser.Login, t.OtherUser.Password
	server, err := reference.New(c)
	return &suite.Embedded{Handler: server, Base: reference.BasePath}, err
}
