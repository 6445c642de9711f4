package signing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	intoto "github.com/in-toto/attestation/go/v1"
	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"google.golang.org/protobuf/encoding/protojson"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// envelopeLimit bounds a signed statement, in bytes.
const envelopeLimit = 16 << 20

// Signed is what a statement says that was verified.
type Signed struct {
	KeyID  string
	Files  int
	Result string // PASSED, WARNED or FAILED
}

// Broken says that what is signed does not hold: another key's signature, a changed file.
type Broken struct{ error }

// Verify checks that the reports in a folder are those that the holder of the key signed: the signature, the digest
// of every file, and that no file is there that was not signed. It does not judge: see Differences.
func Verify(folder report.Dir, keyFile string) (*Signed, error) {
	key, err := readKey(keyFile)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder.Path, EnvelopeName)
	text, err := target.ReadRegular(path, envelopeLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s does not lie there: the reports are not signed", path)
	} else if err != nil {
		return nil, err
	}
	statement, id, err := open(text, key)
	if err != nil {
		return nil, Broken{fmt.Errorf("%s: %w", path, err)}
	}
	if err := compare(folder.Path, statement); err != nil {
		return nil, Broken{err}
	}
	return &Signed{KeyID: id, Files: len(statement.GetSubject()), Result: statement.GetPredicate().
		GetFields()["result"].GetStringValue()}, nil
}

// open checks an envelope's signature and gives the statement in it.
func open(text []byte, key dsse.Verifier) (*intoto.Statement, string, error) {
	var envelope dsse.Envelope
	if err := json.Unmarshal(text, &envelope); err != nil {
		return nil, "", fmt.Errorf("it is no DSSE envelope: %w", err)
	}
	verifier, err := dsse.NewEnvelopeVerifier(key)
	if err != nil {
		return nil, "", err
	}
	accepted, err := verifier.Verify(context.Background(), &envelope)
	if err != nil {
		return nil, "", errors.New("the signature is not that of this key, or what it signs was changed")
	}
	if again, err := reencoded(&envelope); err != nil || !bytes.Equal(again, text) || len(envelope.Signatures) != 1 {
		return nil, "", errors.New("the envelope was changed since it was signed")
	}
	payload, err := envelope.DecodeB64Payload()
	if err != nil {
		return nil, "", err
	}
	statement := &intoto.Statement{}
	if err := protojson.Unmarshal(payload, statement); err != nil {
		return nil, "", fmt.Errorf("its statement cannot be read: %w", err)
	}
	if err := statement.Validate(); err != nil || envelope.PayloadType != payloadType ||
		statement.GetPredicateType() != predicateType {
		return nil, "", errors.New("it signs no result of a test: another statement")
	}
	return statement, accepted[0].KeyID, nil
}

// compare checks that a folder holds the files that were signed, and no others.
func compare(folder string, statement *intoto.Statement) error {
	found, err := digests(folder)
	if err != nil {
		return err
	}
	var wrong []string
	for _, subject := range statement.GetSubject() {
		name, want := subject.GetName(), subject.GetDigest()["sha256"]
		switch got, there := found[name]; {
		case !there:
			wrong = append(wrong, name+" was signed and is not there")
		case got != want:
			wrong = append(wrong, name+" was changed since it was signed")
		}
		delete(found, name)
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		wrong = append(wrong, name+" is there and was not signed")
	}
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "\n"))
	}
	return nil
}

// Differences are the specs of which the signed results and those of judging the evidence again say something else.
// Waivers aside: what is waived failed.
func Differences(signed, again []*report.Results) []string {
	verdicts := func(runs []*report.Results) map[string]report.Verdict {
		all := map[string]report.Verdict{}
		for run, t := range report.Each(runs) {
			for _, r := range t.Results {
				all[run.API+"."+t.Name+": "+r.Spec] = r.Verdict
			}
		}
		return all
	}
	before, now := verdicts(signed), verdicts(again)
	var list []string
	add := func(text string, a ...any) { list = append(list, fmt.Sprintf(text, a...)) }
	for _, name := range slices.Sorted(maps.Keys(before)) {
		was, is := before[name], now[name]
		delete(now, name)
		switch {
		case is == "":
			add("%s: %s was signed, and the evidence does not show it", name, was)
		case is != was && !excused(is, was) && !excused(was, is):
			add("%s: %s was signed, and the evidence says %s", name, was, is)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		add("%s: the evidence says %s, and nothing was signed", name, now[name])
	}
	if len(list) == 0 {
		return ofTargets(signed, again)
	}
	return list
}

// ofTargets are the differences of targets whose specs have the same verdicts: which product it is, and the verdict of
// the whole, which a changed tier of a clause would change.
func ofTargets(signed, again []*report.Results) (list []string) {
	now := map[string]*report.Target{}
	for run, t := range report.Each(again) {
		now[run.API+"."+t.Name] = t
	}
	for run, was := range report.Each(signed) {
		name := run.API + "." + was.Name
		is := now[name]
		if is == nil || len(is.Results) != len(was.Results) {
			list = append(list, name+": it was signed twice, or specs of it were, or the evidence does not show it")
			continue
		}
		delete(now, name)
		if was.URL != is.URL || was.Product != is.Product {
			list = append(list, fmt.Sprintf("%s: %s %v was signed, and the evidence is of %s %v", name, was.URL, was.Product,
				is.URL, is.Product))
		}
		// partial: a verdict of v0.1.0, where one spec of a clause lacked a setting
		if verdict := withWaivers(is, was); was.Verdict != verdict &&
			!(was.Verdict == report.Partial && verdict == report.Conformant) {
			list = append(list, fmt.Sprintf("%s: %s was signed, and the evidence says %s", name, was.Verdict, verdict))
		}
	}
	return list
}

// excused says that a verdict is what a waiver makes of another one: of a failure, or of a warning.
func excused(waived, other report.Verdict) bool {
	return waived == report.Waived && (other == report.Fail || other == report.Warn)
}

// withWaivers is the verdict of a target if what was waived of it, as it was signed, is waived.
func withWaivers(is, was *report.Target) report.Verdict {
	waived := map[string]bool{}
	for _, r := range was.As(report.Waived) {
		waived[r.Spec] = true
	}
	if len(waived) == 0 {
		return is.Verdict
	}
	of := report.Target{Results: slices.Clone(is.Results)}
	for i := range of.Results {
		if waived[of.Results[i].Spec] {
			of.Results[i].Verdict = report.Waived
		}
	}
	of.Judge(time.Time{}, false)
	return of.Verdict
}
