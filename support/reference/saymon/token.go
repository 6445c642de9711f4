package saymon

import (
	"net/http"

	"session-conformance/support/reference"
)

// mayChangeToken decides whether the caller, who needs Basic credentials, may create or delete a token of the user in
// the path.
func (c *call) mayChangeToken() *refusal {
	if _, _, ok := c.r.BasicAuth(); !ok {
		return &tokenWithoutCredentials
	}
	if refused := c.basic(&tokenWithWrongCredentials); refused != nil {
		return refused
	}
	return c.mayChange()
}

// mayChange decides about a caller whose credentials are right.
func (c *call) mayChange() *refusal {
	c.owner = c.byID(c.r.PathValue("id"))
	switch {
	case !c.account.ManageUsers:
		return &tokenNotPermitted
	case c.owner == nil:
		return &tokenForUnknownUser
	}
	return nil
}

// answerToken creates a token and answers with it as a JSON string.
func (c *call) answerToken() {
	c.id = reference.NewUUID()
	for _, change := range c.onToken {
		change(c)
	}
	c.answer(http.StatusOK, c.id)
	c.addToken(c.id, c.owner)
}

// mayDeleteToken is mayChangeToken where there is a token to delete.
func (c *call) mayDeleteToken() *refusal {
	if refused := c.mayChangeToken(); refused != nil {
		return refused
	}
	var latest string
	c.locked(func() { latest = c.latest[c.owner.ID] })
	if latest == "" {
		return &noTokenToDelete
	}
	return nil
}

func (c *call) answerDeletion() {
	c.deleteTokens(c.owner)
	c.answer(http.StatusNoContent, nil)
}
