package saymon

import "strings"

func (st *store) addToken(token, owner string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.tokens[token] = owner
	st.latest[owner] = token
}

// latestToken returns the account's newest token; empty where it has none.
func (st *store) latestToken(owner string) string {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.latest[owner]
}

// ownerOf returns the ID of the token's account; empty where the token does not live.
func (st *store) ownerOf(token string) string {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.tokens[token]
}

// ownerOfBeginning returns the ID of the account of a token that has the same first eight characters; empty where none has.
func (st *store) ownerOfBeginning(token string) string {
	st.mu.Lock()
	defer st.mu.Unlock()
	for other, owner := range st.tokens {
		if len(token) > 8 && strings.HasPrefix(other, token[:8]) {
			return owner
		}
	}
	return ""
}

// ownerOfDeleted returns the ID of a deleted token's account; empty where no such token was deleted.
func (st *store) ownerOfDeleted(token string) string {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.deleted[token]
}

// useToken counts a use of the token and says whether it was used before.
func (st *store) useToken(token string) (before bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	before, st.usedUp[token] = st.usedUp[token], true
	return before
}

// deleteTokens deletes all tokens of an account; false where it has none.
func (st *store) deleteTokens(owner string) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	found := false
	for token, of := range st.tokens {
		if of == owner {
			delete(st.tokens, token)
			st.deleted[token] = owner
			found = true
		}
	}
	delete(st.latest, owner)
	return found
}

// countWrong counts a wrong password of an account, countRight a right one.
func (st *store) countWrong(owner string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.failed[owner]++
	st.inARow[owner]++
}

func (st *store) countRight(owner string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.inARow[owner] = 0
}

// wrong returns how many wrong passwords an account has seen, in all and since its last good login.
func (st *store) wrong(owner string) (all, inARow int) {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.failed[owner], st.inARow[owner]
}
