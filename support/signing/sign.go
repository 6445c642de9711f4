package signing

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	testresult "github.com/in-toto/attestation/go/predicates/test_result/v0"
	intoto "github.com/in-toto/attestation/go/v1"
	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	"session-conformance/support/report"
)

const (
	payloadType   = "application/vnd.in-toto+json"
	predicateType = "https://in-toto.io/attestation/test-result/v0.1"
)

// Sign writes results.intoto.json into a folder of reports: a statement on the digests of all its files and what the
// specs decided, signed with the private key that lies in a file.
func Sign(folder report.Dir, keyFile string) (path string, err error) {
	key, err := readKey(keyFile)
	if err != nil {
		return "", err
	}
	runs, err := folder.Load()
	if err != nil {
		return "", err
	}
	statement, err := state(folder.Path, runs)
	if err != nil {
		return "", err
	}
	payload, err := protojson.Marshal(statement)
	if err != nil {
		return "", fmt.Errorf("the statement does not encode: %w", err)
	}
	signer, err := dsse.NewEnvelopeSigner(key)
	if err != nil {
		return "", err
	}
	envelope, err := signer.SignPayload(context.Background(), payloadType, payload)
	if err != nil {
		return "", fmt.Errorf("%s: it cannot sign: is it the private key? %w", keyFile, err)
	}
	path = filepath.Join(folder.Path, EnvelopeName)
	return path, folder.Rewrite(path, encode(envelope))
}

// encode writes an envelope in the one form that Verify takes, so that no byte of it can be changed unnoticed.
func encode(e *dsse.Envelope) []byte {
	text, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		panic("an envelope of plain strings does not encode: " + err.Error())
	}
	return append(text, '\n')
}

// state makes the statement on what lies in a folder.
func state(folder string, runs []*report.Results) (*intoto.Statement, error) {
	found, err := digests(folder)
	if err != nil {
		return nil, err
	}
	result := &testresult.TestResult{Result: "PASSED"}
	targets := 0
	for _, run := range runs {
		if len(run.Problems) > 0 || run.Filter != "" {
			return nil, fmt.Errorf("%s was not judged as a whole: run all specs, and sign that", run.API)
		}
		result.Configuration = append(result.Configuration, &intoto.ResourceDescriptor{Name: "session-conformance " +
			run.SuiteVersion + " " + run.API})
		for _, d := range run.Documents {
			document := &intoto.ResourceDescriptor{Name: d.File}
			if d.SHA256 != "" {
				document.Digest = map[string]string{"sha256": d.SHA256}
			}
			result.Configuration = append(result.Configuration, document)
		}
		for _, t := range run.Targets {
			targets++
			if found["evidence/"+t.Name+".har"] == "" {
				return nil, fmt.Errorf("the evidence of %s does not lie beside its results: whoever verifies them judges it again",
					t.Name)
			}
			add(result, run.API, t)
		}
	}
	if targets == 0 {
		return nil, errors.New("no target was judged: there is nothing to sign")
	}
	text, err := protojson.Marshal(result)
	if err != nil {
		return nil, err
	}
	predicate := &structpb.Struct{}
	if err := protojson.Unmarshal(text, predicate); err != nil {
		return nil, err
	}
	statement := &intoto.Statement{Type: intoto.StatementTypeUri, PredicateType: predicateType, Predicate: predicate}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		statement.Subject = append(statement.Subject,
			&intoto.ResourceDescriptor{Name: name, Digest: map[string]string{"sha256": found[name]}})
	}
	return statement, statement.Validate()
}

// add adds what the specs of a target decided.
func add(result *testresult.TestResult, api string, t report.Target) {
	switch {
	case t.Verdict == report.NonConformant:
		result.Result = "FAILED"
	case t.Verdict != report.Conformant && result.Result == "PASSED":
		result.Result = "WARNED"
	}
	for _, r := range t.Results {
		name := fmt.Sprintf("%s.%s: %s", api, t.Name, r.Spec)
		switch r.Verdict {
		case report.Pass:
			result.PassedTests = append(result.PassedTests, name)
		case report.Fail:
			result.FailedTests = append(result.FailedTests, name)
		default:
			result.WarnedTests = append(result.WarnedTests, fmt.Sprintf("%s (%s)", name, r.Verdict))
		}
	}
}

// reencoded is an envelope written anew from what it holds.
func reencoded(e *dsse.Envelope) ([]byte, error) {
	again := &dsse.Envelope{PayloadType: e.PayloadType}
	payload, err := e.DecodeB64Payload()
	if err != nil {
		return nil, err
	}
	again.Payload = base64.StdEncoding.EncodeToString(payload)
	for _, s := range e.Signatures {
		raw, err := base64.StdEncoding.DecodeString(s.Sig)
		if err != nil {
			return nil, err
		}
		again.Signatures = append(again.Signatures,
			dsse.Signature{KeyID: s.KeyID, Sig: base64.StdEncoding.EncodeToString(raw)})
	}
	return encode(again), nil
}

// EnvelopeName is the file in the folder of reports that holds the signed statement.
const EnvelopeName = "results.intoto.json"

// otherRuns are folders of reports below the folder of reports, of runs of their own.
var otherRuns = []string{"filtered", "judged", "proof"}

// digests are the SHA-256 of all files of a folder of reports, in hexadecimal digits, by their paths with slashes.
func digests(folder string) (map[string]string, error) {
	folder, err := filepath.EvalSymlinks(folder) // WalkDir does not go through a link
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(folder, path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case entry.IsDir() && (slices.Contains(otherRuns, name) || strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.IsDir(), name == EnvelopeName, strings.HasPrefix(entry.Name(), "."):
			return nil
		case !entry.Type().IsRegular():
			return fmt.Errorf("%s is no file, but a link, a pipe or a device: only files can be signed", path)
		}
		found[name], err = report.Digest(path)
		return err
	})
	return found, err
}
