// Package signing signs the reports of a run as an in-toto statement in a DSSE envelope, and verifies them.
package signing

import (
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"github.com/secure-systems-lab/go-securesystemslib/signerverifier"
	"golang.org/x/crypto/ssh"

	"session-conformance/support/target"
)

// keyLimit bounds a file with a key, in bytes.
const keyLimit = 64 << 10

// errNoKey is what is said of a file that holds none of the kinds that are taken.
var errNoKey = errors.New("it holds no ed25519 or ECDSA key: PEM (PKCS#8, SEC 1, PKIX) or OpenSSH")

// readKey reads a private or public key from a file. Keys under a passphrase are refused: whoever signs in a pipeline
// gives one without.
func readKey(path string) (dsse.SignerVerifier, error) {
	text, err := target.ReadRegular(path, keyLimit)
	if err != nil {
		return nil, fmt.Errorf("the key: %w", err)
	}
	key, err := keyOf(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

func keyOf(text []byte) (dsse.SignerVerifier, error) {
	text, err := inPEM(text)
	if err != nil {
		return nil, err
	}
	key, err := signerverifier.LoadKey(text)
	if err != nil {
		return nil, errNoKey
	}
	switch key.KeyType {
	case signerverifier.ED25519KeyType:
		return signerverifier.NewED25519SignerVerifierFromSSLibKey(key)
	case signerverifier.ECDSAKeyType:
		return signerverifier.NewECDSASignerVerifierFromSSLibKey(key)
	}
	return nil, errNoKey
}

// inPEM gives a key of OpenSSH in PEM, and others as they stand.
func inPEM(text []byte) ([]byte, error) {
	block, _ := pem.Decode(text)
	switch {
	case block == nil && strings.Contains(string(text), " "):
		public, _, _, _, err := ssh.ParseAuthorizedKey(text)
		if err != nil {
			return nil, errNoKey
		}
		with, ok := public.(ssh.CryptoPublicKey)
		if !ok {
			return nil, errNoKey
		}
		return publicPEM(with.CryptoPublicKey())
	case block == nil:
		return nil, errNoKey
	case block.Type != "OPENSSH PRIVATE KEY":
		if _, encrypted := block.Headers["DEK-Info"]; encrypted || block.Type == "ENCRYPTED PRIVATE KEY" {
			return nil, errors.New("the key is under a passphrase: give one that is not")
		}
		return text, nil
	}
	raw, err := ssh.ParseRawPrivateKey(text)
	var passphrase *ssh.PassphraseMissingError
	switch {
	case errors.As(err, &passphrase):
		return nil, errors.New("the key is under a passphrase: give one that is not")
	case err != nil:
		return nil, errNoKey
	}
	if pointed, ok := raw.(*ed25519.PrivateKey); ok {
		raw = *pointed
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(raw)
	if err != nil {
		return nil, errNoKey
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded}), nil
}

func publicPEM(key crypto.PublicKey) ([]byte, error) {
	encoded, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, errNoKey
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: encoded}), nil
}
