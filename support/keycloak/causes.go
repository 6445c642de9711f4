package keycloak

// cause is one reason for which Keycloak refuses a token: what its answer says, and what to do.
type cause struct {
	code     string // the answer's error; empty: any
	words    string // in its error_description, in lower case; empty: any
	says     string // with {client}, {id}, {account}, {user} and {scopes} for those of the settings
	noSecret bool   // where keycloak.client_secret is not set only
}

// causes are looked through in their order. The words are those of Keycloak 26; the codes are of RFC 6749, section 5.2.
var causes = []cause{
	{words: "https required", says: httpsRequired},
	{words: "realm not enabled", says: disabledRealm},
	{words: "bearer-only", says: "{client} of keycloak.client_id is bearer-only: it may check tokens and not get any. " +
		"Turn on an authentication flow in its Capability config, such as Direct access grants, or name another client"},
	{words: "consent", says: "{client} of keycloak.client_id requires the user's consent, which nobody can give here: " +
		"turn off Consent required in its Settings, or name another client"},
	{words: "password credentials grant is prohibited", says: "the realm's Client policies prohibit the exchange of a " +
		"password for a token: except the client from that policy, or give keycloak.token"},
	{words: "client_assertion", says: "{client} of keycloak.client_id names itself by a signed JWT: set its Client " +
		"Authenticator under Credentials to Client Id and Secret, or name another client"},
	{words: "dpop", says: "{client} of keycloak.client_id gets only tokens that are bound by DPoP: turn off Require " +
		"DPoP bound tokens in its Capability config, or name another client"},
	{words: "mtls", says: "{client} of keycloak.client_id gets only tokens that are bound to a client's certificate: " +
		"give keycloak.tls.cert_file and key_file, or turn that off in its Advanced settings"},
	{words: "client certificate", says: "{client} of keycloak.client_id names itself by a certificate: give " +
		"keycloak.tls.cert_file and key_file, or set its Client Authenticator to Client Id and Secret"},
	{words: "session limit", says: "{account} has as many sessions as the realm allows: end some under Users, Sessions, " +
		"or wait"},
	{code: "unsupported_grant_type", says: "the realm does not hand out tokens in this way, or the feature is switched " +
		"off in the server: give keycloak.token, or ask who runs it"},
	{words: "direct access grant", says: "{client} of keycloak.client_id may not exchange a password for a token: turn " +
		"on Direct access grants in its Capability config"},
	{words: "public client not allowed to retrieve service account",
		says: "{client} of keycloak.client_id is public and gets no token of its own: give " +
			"keycloak.username and keycloak.password, or turn on Client authentication and Service account roles in its " +
			"Capability config"},
	{words: "not enabled to retrieve service account",
		says: "{client} of keycloak.client_id has no service account: turn on Service account " +
			"roles in its Capability config, or give keycloak.username and keycloak.password"},
	{words: "resolve required action", says: unfinished},
	{words: "not fully set up", says: unfinished},
	{words: "temporarily disabled", says: "{account} is locked for a while after wrong passwords: wait, or unlock it " +
		"under Users"},
	{words: "account disabled", says: "{account} is disabled: turn it on under Users"},
	{code: "invalid_grant", says: "keycloak.password is not that of {user}, or the realm has no such user, or has " +
		"locked it after wrong passwords: try the two in the realm's account console"},
	{code: "unauthorized_client", words: "credentials", noSecret: true, says: secretUnset},
	{code: "unauthorized_client", words: "credentials", says: wrongSecret},
	{words: "client secret", noSecret: true, says: secretUnset},
	{words: "client secret", says: wrongSecret},
	{code: "invalid_client", noSecret: true, says: unknownClient},
	{code: "invalid_client", says: unknownClient + "; if it has, keycloak.client_secret is wrong"},
	{code: "invalid_scope", says: "keycloak.scope asks for {scopes}, and {client} has not all of these: add them under " +
		"its Client scopes, or ask for less"},
}

const (
	unfinished = "{account} is not fully set up: clear its Required user actions, and fill in the fields that the " +
		"realm's User profile demands, such as email, first and last name"
	httpsRequired = "the realm demands HTTPS: begin keycloak.issuer with https://, or set Require SSL to none in its " +
		"Realm settings for a lab"
	disabledRealm = "the realm of keycloak.issuer is disabled: turn it on at the top of its Realm settings"
	secretUnset   = "{client} of keycloak.client_id has a secret, and keycloak.client_secret is not set: copy it from " +
		"the client's Credentials"
	wrongSecret   = "keycloak.client_secret is not that of {client}: copy it from the client's Credentials"
	unknownClient = "the realm has no client {id} that is enabled: set keycloak.client_id to its Client ID under Clients"
)
