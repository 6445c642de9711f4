// Package target reads targets.yaml, the list of the implementations to judge. It is strict: whatever is wrong in
// the file is said, all of it at once and each with its line and column, before anything is sent.
package target

import (
	"slices"
	"time"
)

// The defaults of what targets.yaml leaves out.
const (
	DefaultTimeout     = 10 * time.Second
	DefaultConcurrency = 8
	// DefaultWrongPasswords bounds the wrong passwords that an account sees in a run, which keep DefaultWrongPasswordPause
	// between them.
	DefaultWrongPasswords     = 5
	DefaultWrongPasswordPause = 1100 * time.Millisecond
	// DefaultSessionIdle is how long a session must live unused; EmbeddedSessionIdle that of the embedded server, which
	// keeps its sessions however long they lie.
	DefaultSessionIdle  = 1100 * time.Millisecond
	EmbeddedSessionIdle = time.Millisecond
)

// File is the document targets.yaml.
type File struct {
	Targets []Target `json:"targets" jsonschema:"minItems=1" jsonschema_description:"The implementations to judge."`
}

// Target is one running implementation of one API, with its defaults filled in and its variables resolved.
type Target struct {
	Name string `json:"name" secret:"no,word" jsonschema_description:"Unique; letters, digits, dots, hyphens. Stands in the report."`
	API  string `json:"api" secret:"no" jsonschema_description:"Which API the product implements."`
	// URL is "embedded", or an http or https address without a slash at its end.
	URL string `json:"url" secret:"no,word" jsonschema_description:"http:// or https:// address that the API's paths follow, or: embedded (the reference server)."`

	User      *User `json:"user,omitempty" jsonschema_description:"The account that the run logs in with. Give it one of its own."`
	OtherUser *User `json:"other_user,omitempty" jsonschema_description:"A second account, which user must be kept apart from; saymon: user may create tokens for it."`

	// Own are the settings that only the API has, of the type of API.Own: targets.yaml has them beside the others.
	Own any `json:"-"`

	Without     []string      `json:"without,omitempty" secret:"no" jsonschema:"uniqueItems=true" jsonschema_description:"What the product does not offer."`
	Timeout     time.Duration `json:"timeout,omitempty" jsonschema:"type=string,default=10s" jsonschema_description:"Longest time of one request, with its unit; 10s by default."`
	Concurrency int           `json:"concurrency,omitempty" jsonschema:"minimum=1,default=8" jsonschema_description:"Requests under way at once; 8 by default."`
	// WrongPasswords and the pause between them keep accounts from being locked. The pause is none for the embedded
	// server.
	WrongPasswords     int               `json:"wrong_passwords,omitempty" jsonschema:"minimum=1,default=5" jsonschema_description:"Wrong passwords that an account may see in a run, at most; 5 by default."`
	WrongPasswordPause time.Duration     `json:"wrong_password_pause,omitempty" jsonschema:"type=string,default=1.1s" jsonschema_description:"Least time between two wrong passwords of an account, with its unit; 1.1s by default, 0s for none."`
	SessionIdle        time.Duration     `json:"session_idle,omitempty" jsonschema:"type=string,default=1.1s" jsonschema_description:"How long a session must live unused, with its unit; 1.1s by default, 1ms for the embedded server."`
	Headers            map[string]string `json:"headers,omitempty" secret:"yes" jsonschema_description:"Headers sent with every request."`
	TLS                *TLS              `json:"tls,omitempty" secret:"no,local" jsonschema_description:"How to trust the product, and how to be trusted by it."`
	Strict             bool              `json:"strict,omitempty" jsonschema_description:"true: clauses of the tier extra fail the run too."`
	Full               bool              `json:"full,omitempty" jsonschema_description:"true: partial is not enough; what is unconfigured or waived fails the run."`
	Product            *Product          `json:"product,omitempty" jsonschema_description:"What is judged; stands in the report."`
	// Variables are the names of the environment's variables that settings come from, by the settings' paths:
	// "user.password". Only those that are such a name and nothing else.
	Variables map[string]string `json:"-" secret:"no"`
	Waivers   []Waiver          `json:"waivers,omitempty" jsonschema_description:"Known failures that do not break the run until a day."`
}

// User is an account of the target. Fields that are not given are empty.
type User struct {
	Login    string `json:"login,omitempty" secret:"no,word" jsonschema_description:"The login name."`
	Password string `json:"password,omitempty" secret:"yes" jsonschema_description:"The password; best from a variable: \"${NAME}\"."`
	Email    string `json:"email,omitempty" secret:"no,word" jsonschema_description:"saymon: the email, another way to log in."`
	ID       string `json:"id,omitempty" secret:"no,word" jsonschema_description:"saymon: the user's ID, in whose name tokens are created."`
}

// TLS says whom to trust and what to show. Paths of files are absolute once loaded; empty where not given.
type TLS struct {
	CAFile             string `json:"ca_file,omitempty" secret:"no" jsonschema_description:"Certificates to trust, PEM; relative to targets.yaml."`
	CertFile           string `json:"cert_file,omitempty" secret:"no" jsonschema_description:"Client certificate, PEM; relative to targets.yaml."`
	KeyFile            string `json:"key_file,omitempty" secret:"no" jsonschema_description:"Key of the client certificate, PEM; relative to targets.yaml."`
	ServerName         string `json:"server_name,omitempty" secret:"no" jsonschema_description:"The name that the server's certificate must have."`
	InsecureSkipVerify bool   `json:"insecure_skip_verify,omitempty" jsonschema_description:"true: trust any certificate."`
}

// Product is what the report names.
type Product struct {
	Name    string `json:"name,omitempty" secret:"no,word" jsonschema_description:"The product's name."`
	Version string `json:"version,omitempty" secret:"no,word" jsonschema_description:"The product's version, in quotation marks."`
	Vendor  string `json:"vendor,omitempty" secret:"no,word" jsonschema_description:"Who makes it."`
}

// Waiver excuses one clause until the end of a day.
type Waiver struct {
	Clause string `json:"clause" secret:"no" jsonschema_description:"The ID of a clause."`
	Reason string `json:"reason" secret:"no" jsonschema_description:"Why it fails, and where that is followed up."`
	// Until is the last day on which the waiver holds: YYYY-MM-DD.
	Until string `json:"until" secret:"no" jsonschema_description:"The last day on which the waiver holds: YYYY-MM-DD."`
}

// Over says whether the waiver's last day, in UTC, lies before now. A date that cannot be read is over.
func (w Waiver) Over(now time.Time) bool {
	last, err := time.Parse(time.DateOnly, w.Until)
	return err != nil || !now.Before(last.AddDate(0, 0, 1))
}

// Embedded says that the target is the reference server, started by the run itself.
func (t Target) Embedded() bool { return t.URL == "embedded" }

// Lacks says that the target declares to be without a feature (see API.Features).
func (t Target) Lacks(feature string) bool { return slices.Contains(t.Without, feature) }
