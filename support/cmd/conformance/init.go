package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"session-conformance/suites"
	"session-conformance/support/target"
)

// initCommand writes a targets.yaml for one product.
func initCommand() *cobra.Command {
	t := &oneTarget{}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a targets.yaml: five questions, or flags",
		Long: `init asks for the API, the address, the login, the variable that holds the password, and the name of the target,
unless flags answer. It writes targets.yaml into the working folder, with its schema for editors beside it, says how
many more specs each further key would have judged, and tries the login once as conformance check --online does. It
never overwrites a file.

Where the variable that holds the password is not set, a terminal is asked for the password, for this one try; it is
written nowhere. Exits: as check --online.`,
		Args: noWords(""),
		RunE: func(*cobra.Command, []string) error { return t.write() },
	}
	t.flags(cmd.Flags())
	return cmd
}

// write asks what is missing, and writes the file.
func (t *oneTarget) write() error {
	if _, err := os.Lstat(target.FileName); err == nil {
		return fmt.Errorf("%s is there already: it is not overwritten; add the target to it, or go to another folder",
			target.FileName)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := t.ask(); err != nil {
		return err
	}
	set := t.passwordEnv
	if _, there := os.LookupEnv(set); !there {
		t.passwordEnv = "" // it need not be set yet
	}
	err := t.check()
	t.passwordEnv = set
	if err != nil {
		return err
	}
	// A schema that lies there already is an earlier one's, or the user's own.
	if err := writeNew(schemaName, string(target.Schema())); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := writeNew(target.FileName, t.yaml()); err != nil {
		return err
	}
	return t.tell()
}

// schemaName is the file that editors complete the keys of targets.yaml by.
const schemaName = ".targets.schema.json"

// writeNew writes a file that must not be there yet.
func writeNew(path, text string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

// ask asks the terminal for what no flag answers.
func (t *oneTarget) ask() error {
	answers := bufio.NewScanner(os.Stdin)
	terminal := term.IsTerminal(int(os.Stdin.Fd()))
	ask := func(question, otherwise string, into *string) error {
		if *into != "" {
			return nil
		}
		if otherwise != "" {
			question += " [" + otherwise + "]"
		}
		if terminal {
			fmt.Fprint(os.Stderr, question+": ")
		}
		if !answers.Scan() {
			if otherwise == "" {
				return fmt.Errorf("no answer to: %s; give it by a flag (conformance init --help)", question)
			}
			*into = otherwise
			return nil
		}
		if *into = strings.TrimSpace(answers.Text()); *into == "" {
			*into = otherwise
		}
		return nil
	}
	if err := ask("API ("+strings.Join(target.APIs(), ", ")+")", "", &t.api); err != nil {
		return err
	}
	if err := ask("Address of the product", "", &t.url); err != nil {
		return err
	}
	if t.url != target.Embedded {
		if err := ask("Login of an account of its own", "", &t.login); err != nil {
			return err
		}
		if err := ask("Variable that holds the password", strings.ToUpper(t.api)+"_PASSWORD", &t.passwordEnv); err != nil {
			return err
		}
	}
	return ask("Name of the target", t.api, &t.name)
}

// yaml is the file.
func (t *oneTarget) yaml() string {
	var b strings.Builder
	b.WriteString("# yaml-language-server: $schema=" + schemaName + "\n# What each key means, editors say by that " +
		"schema; what is wrong, " +
		"conformance check.\n\ntargets:\n")
	password := ""
	if t.login != "" {
		password = inVariable(t.passwordEnv)
	}
	all := t.settings(password)
	keys := []string{"name", "api", "url", "user"}
	for _, s := range target.OwnTexts() {
		keys = append(keys, s.Path)
	}
	item := "  - "
	for _, key := range append(keys, "without", "tls") {
		value, given := all[key]
		if !given {
			continue
		}
		fmt.Fprintf(&b, "%s%s:%s\n", item, key, asBlock(value))
		item = "    "
	}
	return b.String()
}

// asBlock is a value of a target, as YAML behind its key. Texts are quoted: then nothing in them is read as anything
// else.
func asBlock(value any) string {
	switch v := value.(type) {
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = fmt.Sprintf("%q", s)
		}
		return " [" + strings.Join(quoted, ", ") + "]"
	case map[string]any:
		text := ""
		for _, key := range []string{"login", "password", "email", "id", "ca_file", "insecure_skip_verify"} {
			if inner, given := v[key]; given {
				text += "\n      " + key + ":" + asBlock(inner)
			}
		}
		return text
	case bool:
		return fmt.Sprintf(" %t", v)
	}
	return " \"" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(fmt.Sprint(value)) + "\""
}

// passwordForOnce sees to it that the password's variable is set in this process, and says whether it is.
func (t *oneTarget) passwordForOnce() (ready bool, err error) {
	if _, set := os.LookupEnv(t.passwordEnv); set || t.url == target.Embedded {
		return true, nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return false, nil
	}
	text, err := readPassword(fmt.Sprintf("Password of %s, to try the login now (empty: later): ", t.login))
	if err != nil || text == "" {
		return false, err
	}
	return true, os.Setenv(t.passwordEnv, text)
}

// tell says what each further key would have judged, tries the login, and says how to go on.
func (t *oneTarget) tell() error {
	fmt.Printf("%s is written.\n", target.FileName)
	_ = os.Unsetenv("TARGETS_FILE")
	_ = os.Unsetenv("TARGET")
	goOn := "Go on with: conformance run"
	if _, set := os.LookupEnv(t.passwordEnv); !set && t.url != target.Embedded {
		goOn = fmt.Sprintf("Set %s, and go on with: conformance run", t.passwordEnv)
	}
	ready, err := t.passwordForOnce()
	if err != nil {
		return err
	}
	if !ready {
		fmt.Printf("Set %s; then see whether the login works: conformance check --online\n", t.passwordEnv)
		return nil
	}
	if err := t.tellOpen(); err != nil {
		return fmt.Errorf("it is not right yet:\n%w", err)
	}
	_, targets, err := selected()
	if err != nil {
		return fmt.Errorf("it is not right yet:\n%w", err)
	}
	if err := logIn(targets); err != nil {
		fmt.Printf("Mend %s, or the password in %s; then: conformance check --online\n", target.FileName, t.passwordEnv)
		return err
	}
	fmt.Println(goOn)
	return nil
}

// tellOpen says how many specs each key that is not given would have judged.
func (t *oneTarget) tellOpen() error {
	open, err := suites.Of(t.api).Open()
	if err != nil || t.url == target.Embedded { // whose server knows what is missing
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(open)) {
		fmt.Printf("  %s would have %d more specs judged\n", key, open[key])
	}
	return nil
}
