package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"session-conformance/support/lang"
	"session-conformance/support/target"
)

// askedPassword is the variable under which the terminal's answer goes to the suites.
const askedPassword = "CONFORMANCE_PASSWORD"

// password sees that a variable holds the account's password, and asks the terminal where none is named.
func (t *oneTarget) password() error {
	if t.login == "" {
		return nil
	}
	if t.passwordEnv != "" {
		if _, set := os.LookupEnv(t.passwordEnv); !set {
			return fmt.Errorf("the variable %s is not set", t.passwordEnv)
		}
		return nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return errors.New("there is no terminal to ask for the password: name the variable that holds it with " +
			"--password-env")
	}
	text, err := readPassword(fmt.Sprintf("Password of %s: ", t.login))
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, lang.T("Lines that show a failure again take it from $%s: set that before you paste one.",
		askedPassword))
	t.passwordEnv = askedPassword
	return os.Setenv(askedPassword, text)
}

// inVariable is what targets.yaml has in the place of a variable's value; empty where none is named.
func inVariable(variable string) string {
	if variable == "" {
		return ""
	}
	return "${" + variable + "}"
}

// readPassword asks the terminal, which shows nothing of the answer.
func readPassword(question string) (string, error) {
	fmt.Fprint(os.Stderr, question)
	text, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(os.Stderr)
	if err == nil && bytes.ContainsFunc(text, unicode.IsControl) {
		err = errors.New("what was typed holds a control character, as arrow keys and some pastes send: type it again, or " +
			"name the variable that holds it with --password-env")
	}
	return string(text), err
}

// inFile writes the target into a file of its own, which holds no secret, and points the suites to it.
func (t *oneTarget) inFile() (end func(), err error) {
	end = func() {}
	err = t.vet()
	if err == nil {
		err = t.password()
	}
	if err != nil {
		return end, err
	}
	if t.caPEM != "" {
		if t.caPEM, err = filepath.Abs(t.caPEM); err != nil {
			return end, err
		}
	}
	text := t.yaml(inVariable)
	if t.waivers != "" {
		waivers, err := target.ReadWaivers(t.waivers)
		if err != nil {
			return end, fmt.Errorf("--waivers: %w", err)
		}
		if mine := waivers.Of(t.api, t.name); len(mine) > 0 {
			list, _ := json.Marshal(mine)
			text += fmt.Sprintf("    waivers: %s\n", list)
		}
	}
	_ = os.Unsetenv("TARGET")
	path, end, err := temporary(target.FileName, strings.NewReader(text))
	if err != nil {
		return end, err
	}
	return end, os.Setenv("TARGETS_FILE", path)
}

// tryCommand judges one target that its flags tell.
func tryCommand() *cobra.Command {
	asked, t := &runOptions{}, &oneTarget{}
	cmd := &cobra.Command{
		Use:   "try --api API --url ADDRESS --login LOGIN",
		Short: "Judge one product by flags, without a file",
		Long: `try judges one product and writes reports/, as run does. It asks the terminal for the password, or takes it from the variable
that --password-env names. Give it an account of its own: it sends wrong passwords too.`,
		Args: noWords(""),
		RunE: func(*cobra.Command, []string) error {
			if err := t.check(); err != nil {
				return err
			}
			asked.told = true
			end, err := t.inFile()
			defer end()
			if err != nil {
				return err
			}
			return asked.run()
		},
	}
	t.flags(cmd.Flags())
	cmd.Flags().StringVar(&t.waivers, "waivers", "", "a `FILE` with waivers: clause, reason and until of each")
	asked.flags(cmd)
	return cmd
}
