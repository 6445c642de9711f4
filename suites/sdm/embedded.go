package sdm

import (
	reference "session-conformance/support/reference/sdm"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// embed makes a reference server with the target's account.
func embed(t *target.Target) (*suite.Embedded, error) {
	c := reference.Default()
	t.User = suite.Merged(t.User, target.User{Login: c.User.UserName, Password: c.User.Password})
	t.OtherUser = suite.Merged(t.OtherUser, target.User{Login: c.OtherUser.UserName, Password: c.OtherUser.Password})
	c.User.UserName, c.User.Password = t.User.Login, t.User.Password
	c.OtherUser.UserName, c.OtherUser.Password = t.OtherUser.Login, t.OtherUser.Password
	server, err := reference.New(c)
	return &suite.Embedded{Handler: server}, err
}
