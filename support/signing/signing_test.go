//go:build unit

package signing

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"golang.org/x/crypto/ssh"

	_ "session-conformance/suites/apis" // whose results the tests sign
	"session-conformance/support/report"
)

// pair are files with a private key and its public one.
type pair struct{ private, public string }

func write(t *testing.T, name string, text []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func inFiles(t *testing.T, key crypto.Signer) pair {
	t.Helper()
	g := NewWithT(t)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	g.Expect(err).NotTo(HaveOccurred())
	public, err := publicPEM(key.Public())
	g.Expect(err).NotTo(HaveOccurred())
	return pair{write(t, "key.pem", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})),
		write(t, "key.pub", public)}
}

// ssh writes a key as ssh-keygen does.
func inOpenSSH(t *testing.T, key crypto.Signer) pair {
	t.Helper()
	g := NewWithT(t)
	block, err := ssh.MarshalPrivateKey(key, "a comment")
	g.Expect(err).NotTo(HaveOccurred())
	public, err := ssh.NewPublicKey(key.Public())
	g.Expect(err).NotTo(HaveOccurred())
	return pair{write(t, "id", pem.EncodeToMemory(block)), write(t, "id.pub", ssh.MarshalAuthorizedKey(public))}
}

func keys(t *testing.T) map[string]pair {
	t.Helper()
	g := NewWithT(t)
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	g.Expect(err).NotTo(HaveOccurred())
	all := map[string]pair{"ed25519 in PEM": inFiles(t, edwards), "ed25519 of OpenSSH": inOpenSSH(t, edwards)}
	for name, curve := range map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(),
		"P-521": elliptic.P521()} {
		key, err := ecdsa.GenerateKey(curve, rand.Reader)
		g.Expect(err).NotTo(HaveOccurred())
		all[name+" in PEM"], all[name+" of OpenSSH"] = inFiles(t, key), inOpenSSH(t, key)
		sec1, err := x509.MarshalECPrivateKey(key)
		g.Expect(err).NotTo(HaveOccurred())
		all[name+" in SEC 1"] = pair{write(t, "ec.pem", pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: sec1})),
			all[name+" in PEM"].public}
	}
	return all
}

// reports writes a folder of reports of one target.
func reports(t *testing.T) report.Dir {
	t.Helper()
	g := NewWithT(t)
	folder := report.Dir{Path: t.TempDir()}
	g.Expect(folder.WriteEvidence("lab", []byte(`{"log": {}}`))).To(Succeed())
	lab := report.Target{Name: "lab", URL: "http://h", RefusedLogins: map[string]int{},
		Observations: []report.Observation{},
		Results: []report.Result{{Clause: "c-a", Tier: "stated", Spec: "does a", Verdict: report.Pass, Exchanges: []int{}},
			{Clause: "c-b", Tier: "stated", Spec: "does b", Verdict: report.Waived, Exchanges: []int{}}}}
	lab.Judge(time.Now(), false)
	g.Expect(folder.Write(&report.Results{Format: report.Format, API: "saymon", SuiteVersion: "v0.1.0",
		Started: time.Now(), Targets: []report.Target{lab}})).To(Succeed())
	return folder
}

func TestWhatIsSignedIsVerified(t *testing.T) {
	for name, key := range keys(t) {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			folder := reports(t)
			_, err := Sign(folder, key.private)
			g.Expect(err).NotTo(HaveOccurred())
			for _, file := range []string{key.public, key.private} {
				signed, err := Verify(folder, file)
				g.Expect(err).NotTo(HaveOccurred())
				g.Expect(signed.Files).To(Equal(8))
				g.Expect(signed.Result).To(Equal("WARNED"))
			}
			_, err = Sign(folder, key.public)
			g.Expect(err).To(HaveOccurred(), "a public key signs nothing")
		})
	}
}

// One changed byte anywhere is noticed: in a report, in the evidence, in the statement, in the signature.
func TestEachChangedByteIsNoticed(t *testing.T) {
	g := NewWithT(t)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	g.Expect(err).NotTo(HaveOccurred())
	file, folder := inFiles(t, key), reports(t)
	_, err = Sign(folder, file.private)
	g.Expect(err).NotTo(HaveOccurred())
	found, err := digests(folder.Path)
	g.Expect(err).NotTo(HaveOccurred())
	found[EnvelopeName] = ""
	for name := range found {
		path := filepath.Join(folder.Path, name)
		text, err := os.ReadFile(path)
		g.Expect(err).NotTo(HaveOccurred())
		step := max(1, len(text)/100)
		if name == EnvelopeName {
			noticed(g, text, file.public)
		}
		for i := 0; i < len(text); i += step {
			changed := append([]byte{}, text...)
			changed[i] ^= 1
			g.Expect(os.WriteFile(path, changed, 0o600)).To(Succeed())
			_, err := Verify(folder, file.public)
			g.Expect(err).To(HaveOccurred(), "%s, byte %d of %d: %q", name, i, len(text), text[i])
		}
		g.Expect(os.WriteFile(path, append(text, '\n'), 0o600)).To(Succeed())
		_, err = Verify(folder, file.public)
		g.Expect(err).To(HaveOccurred(), name)
		g.Expect(os.Remove(path)).To(Succeed())
		_, err = Verify(folder, file.public)
		g.Expect(err).To(MatchError(ContainSubstring(name)))
		g.Expect(os.WriteFile(path, text, 0o600)).To(Succeed())
	}
	_, err = Verify(folder, file.public)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(folder.WriteEvidence("other", nil)).To(Succeed())
	_, err = Verify(folder, file.public)
	g.Expect(err).To(MatchError("evidence/other.har is there and was not signed"))
}

// noticed checks that each changed byte of an envelope is noticed.
func noticed(g *WithT, envelope []byte, keyFile string) {
	key, err := readKey(keyFile)
	g.Expect(err).NotTo(HaveOccurred())
	for i := range envelope {
		changed := append([]byte{}, envelope...)
		changed[i] ^= 1
		_, _, err := open(changed, key)
		g.Expect(err).To(HaveOccurred(), "byte %d of the envelope: %q", i, envelope[i])
	}
}

func TestAnotherKeyIsRefused(t *testing.T) {
	g := NewWithT(t)
	all := keys(t)
	folder := reports(t)
	_, err := Sign(folder, all["P-256 in PEM"].private)
	g.Expect(err).NotTo(HaveOccurred())
	_, other, err := ed25519.GenerateKey(rand.Reader)
	g.Expect(err).NotTo(HaveOccurred())
	for _, file := range []string{all["P-384 in PEM"].public, inFiles(t, other).public} {
		_, err = Verify(folder, file)
		g.Expect(err).To(MatchError(ContainSubstring("the signature is not that of this key")))
	}
}

func TestWhatIsNoKeyIsRefused(t *testing.T) {
	g := NewWithT(t)
	locked, err := ssh.MarshalPrivateKeyWithPassphrase(ed25519.NewKeyFromSeed(make([]byte, 32)), "", []byte("secret"))
	g.Expect(err).NotTo(HaveOccurred())
	for says, text := range map[string]string{
		"it holds no ed25519":                                 "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
		"holds no ed25519 or ECDSA":                           "no key at all",
		"no ed25519 or ECDSA key":                             "",
		"the key is under a passphrase: give one that is not": string(pem.EncodeToMemory(locked)),
		"is under a passphrase": "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END " +
			"ENCRYPTED PRIVATE KEY-----\n",
	} {
		_, err := readKey(write(t, "key", []byte(text)))
		g.Expect(err).To(MatchError(ContainSubstring(says)))
	}
	_, err = readKey(filepath.Join(t.TempDir(), "none"))
	g.Expect(err).To(HaveOccurred())
}

func TestWhatIsNotWholeIsNotSigned(t *testing.T) {
	g := NewWithT(t)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	g.Expect(err).NotTo(HaveOccurred())
	file := inFiles(t, key)
	folder := reports(t)
	_, err = Verify(folder, file.public)
	g.Expect(err).To(MatchError(ContainSubstring("the reports are not signed")))
	g.Expect(os.Remove(folder.Evidence("lab"))).To(Succeed())
	_, err = Sign(folder, file.private)
	g.Expect(err).To(MatchError(ContainSubstring("the evidence of lab does not lie beside its results")))
	g.Expect(os.Symlink("/etc/hostname", folder.Evidence("lab"))).To(Succeed())
	_, err = Sign(folder, file.private)
	g.Expect(err).To(MatchError(ContainSubstring("only files can be signed")))
}

// A folder of reports may come from elsewhere, with a link where the statement belongs.
func TestAStatementIsNotWrittenThroughALink(t *testing.T) {
	g := NewWithT(t)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	g.Expect(err).NotTo(HaveOccurred())
	file, folder, precious := inFiles(t, key), reports(t), write(t, "precious", []byte("as it was"))
	g.Expect(os.Symlink(precious, filepath.Join(folder.Path, EnvelopeName))).To(Succeed())
	_, err = Sign(folder, file.private)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.ReadFile(precious)).To(BeEquivalentTo("as it was"))
	_, err = Verify(folder, file.public)
	g.Expect(err).NotTo(HaveOccurred())
}
