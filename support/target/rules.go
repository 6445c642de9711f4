package target

// variable is the one form of a reference to the environment, as a regular expression.
const variable = `\$\{[A-Za-z_][A-Za-z0-9_]*\}`

// Patterns of texts, for editors. The checks of formats.go are stricter and give the remedy.
const (
	namePattern   = `^[A-Za-z0-9][A-Za-z0-9.-]*$`
	urlPattern    = `^(embedded|[hH][tT][tT][pP][sS]?://[^\s?#]+)$|` + variable
	timePattern   = `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|` + variable
	datePattern   = `^[0-9]{4}-[0-9]{2}-[0-9]{2}$|` + variable
	headerPattern = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
)

// refusedTokens are the keys of keycloak that go with a token as well as with an issuer.
var refusedTokens = []string{"expired_token", "other_realm_token"}
