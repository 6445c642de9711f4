package main

import (
	"bufio"
	"cmp"
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
	if err := t.check(); err != nil {
		return err
	}
	if err := t.vet(); err != nil {
		return fmt.Errorf("nothing is written: %w", err)
	}
	// A schema that lies there already is an earlier one's, or the user's own.
	if err := writeNew(schemaName, string(target.Schema())); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	head := "# yaml-language-server: $schema=" + schemaName + "\n# What each key means, editors say by that schema; " +
		"what is wrong, conformance check.\n\n"
	if err := writeNew(target.FileName, head+t.yaml(inVariable)); err != nil {
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
	var wrong error
	ask := func(question, otherwise string, into *string) {
		if *into != "" || wrong != nil {
			return
		}
		if otherwise != "" {
			question += " [" + otherwise + "]"
		}
		if terminal {
			fmt.Fprint(os.Stderr, question+": ")
		}
		if !answers.Scan() && otherwise == "" {
			wrong = fmt.Errorf("no answer to: %s; give it by a flag (conformance init --help)", question)
		}
		*into = cmp.Or(strings.TrimSpace(answers.Text()), otherwise)
	}
	ask("API ("+strings.Join(target.APIs(), ", ")+")", "", &t.api)
	if wrong == nil && !slices.Contains(target.APIs(), t.api) {
		return unknownAPI(t.api)
	}
	ask("Address of the product", "", &t.url)
	if t.url != target.Embedded {
		ask("Login of an account of its own", "", &t.login)
		ask("Variable that holds the password", strings.ToUpper(t.api)+"_PASSWORD", &t.passwordEnv)
	}
	ask("Name of the target", t.api, &t.name)
	return wrong
}

// tell says what each further key would have judged, tries the login, and says how to go on. Where the password's
// variable is not set, a terminal is asked for this once.
func (t *oneTarget) tell() error {
	fmt.Printf("%s is written.\n", target.FileName)
	_ = os.Unsetenv("TARGETS_FILE")
	_ = os.Unsetenv("TARGET")
	goOn := "Go on with: conformance run"
	if unset := t.unset(); len(unset) > 0 {
		password := ""
		if slices.Equal(unset, []string{t.passwordEnv}) && term.IsTerminal(int(os.Stdin.Fd())) {
			var err error
			password, err = readPassword(fmt.Sprintf("Password of %s, to try the login now (empty: later): ", t.login))
			if err != nil {
				return err
			}
		}
		names := strings.Join(unset, " and ")
		if password == "" {
			fmt.Printf("Set %s; then see whether the login works: conformance check --online\n", names)
			return nil
		}
		goOn = fmt.Sprintf("Set %s, and go on with: conformance run", names)
		if err := os.Setenv(t.passwordEnv, password); err != nil {
			return err
		}
	}
	err := t.tellOpen()
	var targets []target.Target
	if err == nil {
		_, targets, err = selected()
	}
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

// unset are the variables that the file names and that are not set.
func (t *oneTarget) unset() (names []string) {
	t.yaml(func(variable string) string {
		if _, set := os.LookupEnv(variable); variable != "" && !set {
			names = append(names, variable)
		}
		return ""
	})
	return names
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
