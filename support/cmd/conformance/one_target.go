package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"session-conformance/support/target"
)

// oneTarget is a target told by flags, in place of a file. Secrets come from the environment or the terminal, and stay
// in the environment of this program and its suites.
type oneTarget struct {
	api, url, login, email, id string
	passwordEnv, name, caPEM   string
	// texts that only an API has, and variables that hold them, by their keys
	own      map[string]*string
	waivers  string // a file; try only
	without  []string
	insecure bool
}

func (t *oneTarget) flags(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.StringVar(&t.api, "api", "", "the `API`: "+strings.Join(target.APIs(), ", "))
	flags.StringVar(&t.url, "url", "", "the product's `ADDRESS`, which the paths of its documents follow")
	flags.StringVar(&t.login, "login", "", "the `LOGIN` of an account that may be used for this")
	flags.StringVar(&t.passwordEnv, "password-env", "", "the variable `NAME` that holds the password; without it the "+
		"terminal is asked")
	flags.StringVar(&t.email, "email", "", "saymon: the account's `EMAIL`")
	flags.StringVar(&t.id, "id", "", "saymon: the account's `ID`")
	flags.StringSliceVar(&t.without, "without", nil, "`WHAT` the product does not offer, separated by commas")
	flags.StringVar(&t.caPEM, "ca-file", "", "a PEM `FILE` with the certificates to trust")
	flags.BoolVar(&t.insecure, "insecure", false, "trust any certificate")
	flags.StringVar(&t.name, "name", "", "the `NAME` of the target in reports (default: the API's name)")
	t.own = map[string]*string{}
	for _, s := range target.OwnTexts() {
		name, says := s.Path, strings.TrimSuffix(s.Says, ".")
		if s.Secret {
			name, says = name+"-env", says+"; the variable `NAME` that holds it"
		}
		if name == "version" || flags.Lookup(name) != nil { // it asks a program for its own, or is another flag
			name = s.API + "-" + name
		}
		t.own[s.Path] = flags.String(name, "", says)
	}
}

// check says what is missing or wrong, as far as it needs no file's checks.
func (t *oneTarget) check() error {
	switch {
	case t.api == "" || t.url == "":
		return errors.New("give --api and --url: conformance try --api saymon --url https://… --login qa")
	case !slices.Contains(target.APIs(), t.api):
		return unknownAPI(t.api)
	case t.api != "saymon" && t.email+t.id != "":
		return errors.New("--email and --id are of saymon's accounts: leave them out")
	case t.url != target.Embedded && t.login == "":
		return errors.New("give --login: an account that may be used for this")
	}
	if t.name == "" {
		t.name = t.api
	}
	return nil
}

func unknownAPI(api string) error {
	return fmt.Errorf("--api takes %s, not %q%s", strings.Join(target.APIs(), ", "), api,
		target.Suggest(api, target.APIs()))
}

// variableName is what a shell takes for one.
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// vet says what a file with the target would be wrong about, whatever its variables hold.
func (t *oneTarget) vet() error {
	absolute := *t
	absolute.passwordEnv = cmp.Or(t.passwordEnv, askedPassword)
	if t.caPEM != "" {
		path, err := filepath.Abs(t.caPEM)
		if err != nil {
			return err
		}
		absolute.caPEM = path
	}
	var wrong error
	text := absolute.yaml(func(variable string) string {
		if variable == "" {
			return ""
		}
		if !variableName.MatchString(variable) { // it may be the secret itself, so it is not repeated
			wrong = errors.New("what is to be the name of a variable is none: letters, digits and _, no digit first; set a " +
				"variable to the secret, and give its name")
		}
		return "x"
	})
	if wrong != nil {
		return wrong
	}
	path, end, err := temporary(target.FileName, strings.NewReader(text))
	defer end()
	if err != nil {
		return err
	}
	_, err = target.Load(path, nil, nil)
	var found *target.Error
	if !errors.As(err, &found) {
		return err
	}
	for _, p := range found.Problems { // their places are in a file that nobody has
		wrong = errors.Join(wrong, errors.New(p.Message))
	}
	return wrong
}

// yaml is a file with the target. Texts are quoted, so that nothing in them is read as anything else; secret gives what
// stands for the value of a variable.
func (t *oneTarget) yaml(secret func(variable string) string) string {
	lines := given("name", t.name, "api", t.api, "url", t.url)
	password := ""
	if t.login != "" {
		password = secret(t.passwordEnv)
	}
	if user := given("login", t.login, "password", password, "email", t.email, "id", t.id); len(user) > 0 {
		lines = append(lines, "user: {"+strings.Join(user, ", ")+"}")
	}
	for _, s := range target.OwnTexts() {
		text := *t.own[s.Path]
		if s.Secret {
			text = secret(text)
		}
		lines = append(lines, given(s.Path, text)...)
	}
	if len(t.without) > 0 {
		words, _ := json.Marshal(t.without) // JSON is YAML
		lines = append(lines, "without: "+string(words))
	}
	tls := given("ca_file", t.caPEM)
	if t.insecure {
		tls = append(tls, "insecure_skip_verify: true")
	}
	if len(tls) > 0 {
		lines = append(lines, "tls: {"+strings.Join(tls, ", ")+"}")
	}
	return "targets:\n  - " + strings.Join(lines, "\n    ") + "\n"
}

// given are keys with their texts, those that are not empty.
func given(keysAndTexts ...string) (list []string) {
	for pair := range slices.Chunk(keysAndTexts, 2) {
		if pair[1] != "" {
			list = append(list, fmt.Sprintf("%s: %q", pair[0], pair[1]))
		}
	}
	return list
}
