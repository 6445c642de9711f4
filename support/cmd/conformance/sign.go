package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"session-conformance/support/report"
	"session-conformance/support/signing"
	"session-conformance/support/sink"
)

var errNoKey = errors.New("--key FILE is missing: the key to sign or to verify with")

// signCommand signs the reports of a run.
func signCommand() *cobra.Command {
	key := ""
	cmd := onReports("sign --key FILE", "Sign the reports of a run: results.intoto.json beside them",
		`sign writes results.intoto.json into the folder of reports: an in-toto statement (a test result) on the
digests of all files there, in a DSSE envelope, signed with a private key: ed25519 or ECDSA, in PEM or as ssh-keygen
writes it, without a passphrase.`,
		func(folder report.Dir) error {
			if key == "" {
				return errNoKey
			}
			path, err := signing.Sign(folder, key)
			if err != nil {
				return err
			}
			fmt.Printf("%s is written: conformance verify --key PUBLIC_KEY %s\n", sink.Line(path), sink.Shell(folder.Path))
			return nil
		})
	cmd.Flags().StringVar(&key, "key", "", "the `FILE` with the private key")
	return cmd
}

// verifyCommand checks signed reports, and judges their evidence again.
func verifyCommand() *cobra.Command {
	key := ""
	cmd := onReports("verify --key FILE", "Check signed reports, judge their evidence again, and compare",
		`verify checks the signature of results.intoto.json, the digest of every file, and that no other file lies
there; judges the evidence again with this version; and says whether it reaches the same verdicts, waivers aside. Exit 1
where any of it does not hold.`,
		func(folder report.Dir) error {
			if key == "" {
				return errNoKey
			}
			signed, err := signing.Verify(folder, key)
			var broken signing.Broken
			switch {
			case errors.As(err, &broken):
				fmt.Println("NOT VERIFIED: " + sink.Text(err.Error()))
				return exit(report.ExitNonConformant)
			case err != nil:
				return err
			}
			fmt.Printf("Signed by %s: %d files as they were signed, %s.\n", signed.KeyID, signed.Files, signed.Result)
			differences, err := judgedAgain(folder)
			if err != nil {
				return err
			}
			if len(differences) > 0 {
				fmt.Println("NOT VERIFIED: judged again, the evidence says something else:")
				for _, line := range differences {
					fmt.Println("  " + sink.Line(line))
				}
				return exit(report.ExitNonConformant)
			}
			fmt.Println("Judged again, the evidence reaches the same verdicts.")
			return nil
		})
	cmd.Flags().StringVar(&key, "key", "", "the `FILE` with the signer's public key")
	return cmd
}

// judgedAgain judges the evidence of a folder of reports in a process of its own, and gives what differs from the
// results there.
func judgedAgain(folder report.Dir) ([]string, error) {
	signed, err := folder.Load()
	if err != nil {
		return nil, err
	}
	other, err := os.MkdirTemp("", "verify-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(other) }()
	cmd, err := apart(other, "judge", folder.Path, "-q")
	if err != nil {
		return nil, err
	}
	output, failed := cmd.CombinedOutput()
	again, err := report.Dir{Path: other}.Load()
	if err != nil {
		return nil, fmt.Errorf("the evidence cannot be judged again (%v, %v):\n%s", err, failed, output)
	}
	return signing.Differences(signed, again), nil
}
