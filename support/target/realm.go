package target

import "reflect"

// Keycloak is either a Token, or an Issuer and a ClientID to get one with; beside either, tokens that must be refused.
type Keycloak struct {
	Token        string `json:"token,omitempty" secret:"yes" jsonschema_description:"An access token that is valid when the run starts."`
	Issuer       string `json:"issuer,omitempty" secret:"no,word" jsonschema_description:"The realm's address, such as https://keycloak.acme.test/realms/acme."`
	ClientID     string `json:"client_id,omitempty" secret:"no,word" jsonschema_description:"The realm's client."`
	ClientSecret string `json:"client_secret,omitempty" secret:"yes" jsonschema_description:"The secret of a confidential client."`
	Username     string `json:"username,omitempty" secret:"no,word,local" jsonschema_description:"With password: direct access grant. Without both: client credentials."`
	Password     string `json:"password,omitempty" secret:"yes" jsonschema_description:"The password of username."`
	Scope        string `json:"scope,omitempty" secret:"no,word" jsonschema:"default=openid" jsonschema_description:"The scopes to ask for, separated by blanks; openid by default."`
	TLS          *TLS   `json:"tls,omitempty" secret:"no,local" jsonschema_description:"How to trust the issuer, and how to be trusted by it."`
	// What only a realm can sign, and a target must refuse.
	ExpiredToken    string `json:"expired_token,omitempty" secret:"yes" jsonschema_description:"An older access token of the same user and client, which ended more than five minutes ago."`
	OtherRealmToken string `json:"other_realm_token,omitempty" secret:"yes" jsonschema_description:"A valid access token of another realm, for a user of the same name and email."`
}

// Realm is the Keycloak realm of the target's tokens, which an API declares as a setting of its own; nil: there is
// none.
func (t Target) Realm() (found *Keycloak) {
	t.ownFields(func(_ string, field reflect.Value) {
		if k, is := field.Interface().(*Keycloak); is {
			found = k
		}
	})
	return found
}

// ownFields shows the settings that only the target's API has, by their keys.
func (t Target) ownFields(visit func(key string, field reflect.Value)) {
	if t.Own == nil {
		return
	}
	own := reflect.ValueOf(t.Own)
	for i := range own.NumField() {
		visit(keyOf(own.Type().Field(i)), own.Field(i))
	}
}
