package saymon

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/target"
	"session-conformance/support/vary"
)

// attempt is a try with a wrong password. One account sees few of them, so a near miss goes to the user as long as more
// may be sent, and then to the other user.
type attempt struct {
	text    string // of its spec
	clause  string
	door    door
	near    bool     // it differs little: it may go to either account
	beside  bool     // it goes out with the session of the good login before it
	inUsers bool     // it goes out with a session of the user, who must stay that
	steps   [2]*Step // to the user, and for a near miss to the other user
	// wrong makes the password of what is right, and of what is right for the other account; empty: it does not fit.
	wrong func(right, others string) string
}

// door is where a password is taken.
type door int

const (
	loginDoor   door = iota // the call that creates a session
	emailDoor               // the same, with the email
	tokenDoor               // Basic credentials at the call that creates a token
	currentDoor             // Basic credentials at the call for the current user
)

// mostWrong is how many wrong passwords an account may see in a run.
const mostWrong = 5

// The accounts that see attempts.
const theUser, theOther = 0, 1

var (
	ofRefusedLogins, ofRefusedOther Steps

	wrongPassword        = refusedStep(&ofRefusedLogins, "wrong password")
	wrongForTokenBasic   = refusedStep(&ofRefusedLogins, "create a token")
	wrongForCurrentBasic = refusedStep(&ofRefusedLogins, "who am I by a wrong Basic password")
	userAfterWrong       = ofRefusedLogins.Step("who am I after a wrong password")
)

// attempts are all of them, the most important first.
var attempts = attemptList{
	{text: "refuses a wrong password", clause: "saymon-refuses-wrong-password", steps: [2]*Step{wrongPassword},
		wrong: ofRight(vary.Another)},
	{text: "refuses a wrong password for the email", clause: "saymon-refuses-wrong-password", door: emailDoor,
		steps: [2]*Step{refusedStep(&ofRefusedLogins, "wrong password for the email")}, wrong: ofRight(vary.Condition)},
	{text: "refuses to create a token with blanks for a password", clause: "saymon-token-refuses-wrong-credentials",
		door: tokenDoor, steps: [2]*Step{wrongForTokenBasic}, wrong: pattern("   ")},
	{text: "refuses a per cent sign for a Basic password", clause: "saymon-refuses-wrong-basic", door: currentDoor,
		steps: [2]*Step{wrongForCurrentBasic}, wrong: pattern("%")},
	inSession(nearMiss("another user's password in a live session of the user", "saymon-refuses-wrong-password",
		func(_, others string) string { return others }, theUser)),
	nearMiss("a password that lacks its last character", "saymon-password-last-character", ofRight(vary.Shortened),
		theUser, theOther),
	nearMiss("a password in the other case", "saymon-password-case", ofRight(func(right string) string {
		swapped, differs := vary.Case(right)
		if !differs {
			return ""
		}
		return swapped
	}), theUser, theOther),
	inUsersSession(nearMiss("a password with one character more", "saymon-password-last-character",
		ofRight(func(right string) string { return right + vary.Beyond }), theOther)),
	nearMiss("a password with a blank after it", "saymon-password-white-space",
		ofRight(func(right string) string { return right + " " }), theOther),
	nearMiss("a password that differs after its 72nd byte", "saymon-password-length", ofRight(func(right string) string {
		if len(right) <= 72 {
			return ""
		}
		return vary.Mistaken(right, vary.LastCharacter(right))
	}), theOther),
	nearMiss("a password with a character that some mistake for its own", "saymon-password-last-character",
		ofRight(func(right string) string { return vary.Mistaken(right, vary.Middle(right)) }), theOther),
}

// ofRight makes a password of the right one alone.
func ofRight(wrong func(right string) string) func(string, string) string {
	return func(right, _ string) string { return wrong(right) }
}

// pattern is a password that careless code takes for any, or for none; twice as long where it is the right one.
func pattern(text string) func(string, string) string {
	return func(right, _ string) string {
		if right == text {
			return text + text
		}
		return text
	}
}

// nearMiss is an attempt that the user may see, the other user, or either. The user never has more than three left for
// near misses, for the login and the Basic credentials of the current user always take two.
func nearMiss(what, clause string, wrong func(right, others string) string, accounts ...int) *attempt {
	a := &attempt{text: "refuses " + what, clause: clause, near: true, wrong: wrong}
	for _, account := range accounts {
		a.steps[account] = refusedStep([2]*Steps{&ofRefusedLogins, &ofRefusedOther}[account], what)
	}
	return a
}

// inSession sends the attempt with the session of the good login before it: who has one is not let in for that.
func inSession(a *attempt) *attempt {
	a.beside = true
	return a
}

// inUsersSession sends the attempt with a session of the user: a wrong password puts nobody else into it.
func inUsersSession(a *attempt) *attempt {
	a.inUsers, inUsers = true, a
	return a
}

// What inUsersSession does before and after its attempt.
var (
	inUsers    *attempt
	usersLogin = ofRefusedOther.Step("log in as the user")
	usersAfter = ofRefusedOther.Step("who am I in the user's session, after a wrong password of the other one in it")
)

type attemptList []*attempt

// schedule says which attempts the user sees, and which the other user.
func schedule(t *Caller) (user, other attemptList) {
	for _, a := range attempts {
		switch {
		case a.door == emailDoor && (t.User.Email == "" || t.Lacks("email")), a.door == tokenDoor &&
			(t.User.ID == "" || t.Lacks("auth-token")):
		case a.steps[theUser] != nil && len(user) < mostWrong && a.password(t, theUser) != "":
			user = append(user, a)
		case a.steps[theOther] != nil && passwordOf(t, theOther) != "" && len(other) < mostWrong &&
			a.password(t, theOther) != "":
			other = append(other, a)
		}
	}
	return user, other
}

// password is what the attempt sends to the account. It is empty where it does not fit, or would be right: two accounts
// may have one password.
func (a *attempt) password(t *Caller, account int) string {
	right := passwordOf(t, account)
	if wrong := a.wrong(right, passwordOf(t, 1-account)); wrong != right {
		return wrong
	}
	return ""
}

// passwordOf is the account's password; empty where there is none.
func passwordOf(t *Caller, account int) string {
	if u := [2]*target.User{t.User, t.OtherUser}[account]; u != nil {
		return u.Password
	}
	return ""
}

// rightScenario is the one that sends the same with the right password.
func (a *attempt) rightScenario() *Scenario {
	return map[door]*Scenario{loginDoor: LogIn, emailDoor: LogInWithEmail, tokenDoor: Tokens,
		currentDoor: CurrentByBasic}[a.door]
}
