//go:build unit

package lang

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestAnUnknownLanguageIsRefused(t *testing.T) {
	g := NewWithT(t)
	defer func() { reader = English }()
	g.Expect(Use("rus")).To(MatchError("--lang: there is no language \"rus\": use en or ru; did you mean `ru`?"))
	t.Setenv(Variable, "em")
	g.Expect(Use("")).To(MatchError(
		"CONFORMANCE_LANG: there is no language \"em\": use en or ru; did you mean `en`?"))
	g.Expect(Reader()).To(Equal(English))
	g.Expect(Use("ru")).To(Succeed(), "a flag outweighs the environment")
	g.Expect(Reader()).To(Equal(Russian))
	t.Setenv(Variable, "")
	g.Expect(Use("")).To(Succeed())
	g.Expect(Reader()).To(Equal(English))
}

func TestFormsGoWithTheirNumber(t *testing.T) {
	g := NewWithT(t)
	for n, want := range map[int]string{0: "0 стендов", 1: "1 стенд", 2: "2 стенда", 5: "5 стендов", 11: "11 стендов",
		12: "12 стендов", 21: "21 стенд", 101: "101 стенд", 104: "104 стенда", 111: "111 стендов", 1002: "1002 стенда"} {
		g.Expect(Russian.N(n, "%d target", "%d targets")).To(Equal(want))
	}
	g.Expect([]string{English.N(1, "%d target", "%d targets"), English.N(0, "%d target", "%d targets")}).
		To(Equal([]string{"1 target", "0 targets"}))
}

func TestSentencesOfResults(t *testing.T) {
	g := NewWithT(t)
	const english = "not asked: control was not let in: POST /admin/login with user.login and user.password is answered " +
		"401 Unauthorized, and \"log in with JSON\" 403 Forbidden. Likely causes: user.login or user.password is not " +
		"right (from $SDM); or url leads to another program: is api: sdm? Nothing else was asked"
	g.Expect(Sentence(english)).To(Equal(english))
	g.Expect(Use("ru")).To(Succeed())
	defer func() { reader = English }()
	g.Expect(Sentence(english)).To(Equal("не спрашивалось: войти не удалось: на POST /admin/login с user.login и " +
		"user.password ответ — 401 Unauthorized, а на «log in with JSON» — 403 Forbidden. Вероятные причины: неверен " +
		"user.login или user.password (из $SDM); или url ведёт к другой программе: верно ли api: sdm? Больше ничего не " +
		"спрашивалось"))
	g.Expect(Sentence("targets.yaml declares that open is without live")).To(
		Equal("по targets.yaml, у open нет live"), "names are no texts of a catalogue")
	g.Expect(Sentence("nobody knows this one")).To(Equal("nobody knows this one"))
	for english, russian := range map[string]string{"id: a text that is not empty": "id: непустая строка",
		"no live session in the answer to the refused login": "ничего действующего (сессия) в ответе на отклонённый вход",
		`200 OK, body "a; or b, no body"`:                    `200 OK, тело "a; or b, no body"`,
		`guid: "200, no body"`:                               `guid: "200, no body"`,
		"Set-Cookie: sid=x; Path=/":                          "Set-Cookie: sid=x; Path=/",
		`"log in", "use it": 302 Found to /login, which is not followed, body {"a": "in the body"}`: `"log in", "use it": ` +
			`302 Found на /login (переход не выполняется), тело {"a": "in the body"}`,
		`no userName in the body {"user":"no body"}`: `нет userName в теле {"user":"no body"}`,
		`"log in", "details": the answer shows the MD5 of user.password in its body`: `"log in", "details": ответ ` +
			`показывает: MD5 от user.password в теле`} {
		g.Expect(Side(english)).To(Equal(russian))
	}
	long := strings.Repeat("; or ", 1000)
	g.Expect(Sentence(long)).To(Equal(long))
}

func TestWhatNoCatalogueHasStaysAsItIs(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Russian.T("100% of that")).To(Equal("100% of that"))
	g.Expect(Russian.N(2, "%d thing", "%d things")).To(Equal("2 things"))
	g.Expect(English.T("fail")).To(Equal("fail"))
}
