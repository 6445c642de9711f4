//go:build unit

package target

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf16"

	. "github.com/onsi/gomega"
)

func TestAuthorities(t *testing.T) {
	first, key := selfSigned(t)
	second, _ := selfSigned(t)
	block, _ := pem.Decode(first)
	utf16le := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(string(first))) {
		utf16le = append(utf16le, byte(unit), byte(unit>>8))
	}
	both := append(bytes.Clone(first), second...)
	for name, tt := range map[string]struct {
		file  []byte
		wrong string
	}{
		"one":                   {first, ""},
		"a byte order mark":     {append([]byte("\ufeff"), both...), ""},
		"marks in joined files": {bytes.Join([][]byte{nil, first, second}, []byte("\ufeff")), ""},
		"UTF-16":                {utf16le, ""},
		"text between":          {bytes.Join([][]byte{[]byte("# root\n"), first, []byte("# issuing\n"), second}, nil), ""},
		"Windows' line ends":    {bytes.ReplaceAll(first, []byte("\n"), []byte("\r\n")), ""},
		"a key beside it":       {append(bytes.Clone(key), first...), ""},
		"openssl's own": {pem.EncodeToMemory(&pem.Block{Type: "TRUSTED CERTIFICATE",
			Bytes: append(bytes.Clone(block.Bytes), 0x30, 0)}), ""},
		"a key alone":      {key, "holds a private key and no certificate"},
		"DER":              {block.Bytes, "is in DER form, not PEM; convert it: openssl x509 -inform der"},
		"nothing":          {[]byte("\n"), "is an empty file"},
		"text":             {[]byte("Acme Root\n"), "holds nothing in PEM form"},
		"a second one cut": {both[:len(both)-40], "has 2 blocks (-----BEGIN …) and only 1 of them can be read"},
		"a second one damaged": {append(bytes.Clone(first),
			pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: block.Bytes[4:]})...),
			"has a certificate, number 2 in the file, that cannot be read"},
	} {
		path := filepath.Join(t.TempDir(), "ca.pem")
		if err := os.WriteFile(path, tt.file, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := (&TLS{CAFile: path}).Config()
		if tt.wrong == "" {
			NewWithT(t).Expect(err).NotTo(HaveOccurred(), name)
		} else {
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring("ca_file "+tt.wrong)), name)
		}
	}
}

func TestClientPairs(t *testing.T) {
	c, key := selfSigned(t)
	other, otherKey := selfSigned(t)
	encrypted := pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte{0x30, 0}})
	older := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED"},
		Bytes: []byte{1}})
	mark := []byte("\ufeff")
	for name, tt := range map[string]struct {
		cert, key []byte
		wrong     string
	}{
		"a pair":               {c, key, ""},
		"byte order marks":     {append(bytes.Clone(mark), c...), append(bytes.Clone(mark), key...), ""},
		"with its authorities": {append(bytes.Clone(c), other...), key, ""},
		"both in one file":     {append(bytes.Clone(key), c...), append(bytes.Clone(c), key...), ""},
		"an authority first": {append(bytes.Clone(other), c...), key,
			"cert_file has the certificate of that key in place 2; put it first"},
		"exchanged":                {key, c, "cert_file holds the key, and key_file the certificate; exchange the two"},
		"another's key":            {c, otherKey, "cert_file and key_file are not a pair"},
		"a passphrase":             {c, encrypted, "key_file is encrypted with a passphrase"},
		"a passphrase, older form": {c, older, "key_file is encrypted with a passphrase"},
		"no key":                   {c, other, "key_file holds a certificate and no key"},
		"no certificate":           {otherKey, key, "cert_file holds a private key and no certificate"},
		"a key of OpenSSH's": {c, pem.EncodeToMemory(&pem.Block{Type: "OPENSSH PRIVATE KEY", Bytes: []byte{1}}),
			"key_file is a key of OpenSSH's own form"},
		"a damaged key": {c, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte{1}}),
			"key_file has a key that cannot be read"},
		"a store of PKCS#12": {c, []byte{0x30, 0x0f, 2, 1, 3, 0x30, 0x0a, 6, 8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1,
			7}, "key_file is a PKCS#12 store"},
	} {
		folder := t.TempDir()
		certFile, keyFile := filepath.Join(folder, "c.pem"), filepath.Join(folder, "k.pem")
		for path, text := range map[string][]byte{certFile: tt.cert, keyFile: tt.key} {
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		config, err := (&TLS{CertFile: certFile, KeyFile: keyFile}).Config()
		if tt.wrong == "" {
			NewWithT(t).Expect(err).NotTo(HaveOccurred(), name)
			NewWithT(t).Expect(config.Certificates).To(HaveLen(1), name)
		} else {
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(tt.wrong)), name)
		}
	}
}

// selfSigned makes a certificate and its key, both PEM.
func selfSigned(t *testing.T) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true,
		BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})
}
