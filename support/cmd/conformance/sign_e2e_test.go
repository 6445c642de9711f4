//go:build e2e

package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// What a vendor signs, waivers and all, an acceptor verifies: the files, and the verdicts by judging the evidence
// again.
func TestSignAndVerify(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	g.Expect(err).NotTo(HaveOccurred())
	private, err := x509.MarshalPKCS8PrivateKey(key)
	g.Expect(err).NotTo(HaveOccurred())
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	g.Expect(err).NotTo(HaveOccurred())
	keys := t.TempDir()
	mine, theirs := filepath.Join(keys, "key.pem"), filepath.Join(keys, "public.pem")
	g.Expect(os.WriteFile(mine, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600)).To(Succeed())
	g.Expect(os.WriteFile(theirs, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}), 0o600)).To(Succeed())

	r := call(t, peculiar(t, ", waivers: [{clause: saymon-cookie-path, reason: ACME-1, until: 2099-01-31}]",
		"cookie-path-node"), nil, program, "run", "-q")
	g.Expect(r.exit).To(Equal(0), r.output)
	signed := call(t, "", nil, program, "sign", "--key", mine, r.reports.Path)
	g.Expect(signed.exit).To(Equal(0), signed.output)
	verified := call(t, "", nil, program, "verify", "--key", theirs, r.reports.Path)
	g.Expect(verified.exit).To(Equal(0), verified.output)
	g.Expect(verified.output).To(And(ContainSubstring("WARNED"), ContainSubstring("reaches the same verdicts")))

	// The judge's waivers apply, and those in the evidence do not.
	judged := call(t, "", nil, program, "judge", r.reports.Path)
	g.Expect(judged.exit).To(Equal(report.ExitNonConformant), judged.output)
	g.Expect(judged.output).To(And(ContainSubstring("judged from evidence gathered"),
		ContainSubstring("the evidence holds 1 waiver, not applied")))
	waivers := filepath.Join(keys, "waivers.yaml")
	g.Expect(os.WriteFile(waivers, []byte("waivers:\n - {clause: saymon-cookie-path, reason: ours, until: 2099-01-31}\n"),
		0o600)).To(Succeed())
	judged = call(t, "", nil, program, "judge", "--waivers", waivers, r.reports.Path)
	g.Expect(judged.exit).To(Equal(0), judged.output)

	// Results that the evidence does not bear out are noticed, though they are signed.
	path := filepath.Join(r.reports.Path, "saymon.json")
	text, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	changed := bytes.ReplaceAll(text, []byte(`"verdict": "waived"`), []byte(`"verdict": "pass"`))
	g.Expect(changed).NotTo(Equal(text))
	g.Expect(os.WriteFile(path, changed, 0o600)).To(Succeed())
	verified = call(t, "", nil, program, "verify", "--key", theirs, r.reports.Path)
	g.Expect(verified.exit).To(Equal(1), verified.output)
	g.Expect(verified.output).To(ContainSubstring("saymon.json was changed since it was signed"))
	g.Expect(call(t, "", nil, program, "sign", "--key", mine, r.reports.Path).exit).To(Equal(0))
	verified = call(t, "", nil, program, "verify", "--key", theirs, r.reports.Path)
	g.Expect(verified.exit).To(Equal(1), verified.output)
	g.Expect(verified.output).To(And(ContainSubstring("judged again, the evidence says something else"),
		ContainSubstring("pass was signed, and the evidence says fail")))
}
