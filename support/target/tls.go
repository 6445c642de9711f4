package target

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// Config is what a client needs to trust and to show. It reads the files; the config of a nil TLS is nil.
func (t *TLS) Config() (*tls.Config, error) {
	if t == nil {
		return nil, nil
	}
	config := &tls.Config{ServerName: t.ServerName, InsecureSkipVerify: t.InsecureSkipVerify}
	if t.CAFile != "" {
		pool, err := authorities(t.CAFile)
		if err != nil {
			return nil, fmt.Errorf("ca_file %w", err)
		}
		config.RootCAs = pool
	}
	if t.CertFile != "" {
		pair, key, err := clientPair(t.CertFile, t.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("%s %w", key, err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// pemLimit bounds a file of certificates or a key, in bytes: all authorities of a system take 300 KiB.
const pemLimit = 8 << 20

// readPEM reads a file's blocks in PEM form. A byte order mark, as Windows editors write it, is left out: the first
// block would be lost with it. The errors of this file go on after the name of a setting, and end in the remedy.
func readPEM(path string) ([]*pem.Block, error) {
	raw, err := ReadRegular(path, pemLimit)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", reason(err))
	}
	text := plainText(raw)
	begun := bytes.Count(text, []byte("-----BEGIN "))
	var blocks []*pem.Block
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		blocks = append(blocks, block)
	}
	switch {
	case len(blocks) < begun:
		return nil, fmt.Errorf("has %d blocks (-----BEGIN …) and only %d of them can be read: copy it anew, each "+
			"-----BEGIN and -----END on a line of its own", begun, len(blocks))
	case len(blocks) == 0:
		return nil, errors.New(notPEM(raw))
	}
	return blocks, nil
}

// plainText is a text in UTF-8 without byte order marks, also where it was saved as UTF-16. Of files that were joined
// each may have one.
func plainText(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		if text, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(raw); err == nil {
			raw = text
		}
	}
	return bytes.ReplaceAll(raw, byteOrderMark, nil)
}

// notPEM says what a file is that has no block in PEM form, and how to convert it.
func notPEM(raw []byte) string {
	var sequence asn1.RawValue
	_, err := asn1.Unmarshal(raw, &sequence)
	_, notOne := x509.ParseCertificate(raw)
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return "is an empty file; give a PEM file"
	case notOne == nil:
		return "is in DER form, not PEM; convert it: openssl x509 -inform der -in FILE -out FILE.pem"
	case err == nil && sequence.Tag == asn1.TagSequence &&
		bytes.Contains(raw[:min(len(raw), 64)], []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07}):
		return "is a PKCS#12 store (.p12, .pfx) or PKCS#7 file, not PEM; convert it: openssl pkcs12 -nodes -in FILE " +
			"-out FILE.pem"
	case err == nil && sequence.Tag == asn1.TagSequence:
		return "is in DER form, not PEM; convert it with openssl, -inform der"
	case bytes.HasPrefix(raw, []byte{0xfe, 0xed, 0xfe, 0xed}):
		return "is a Java key store, not PEM; convert it with keytool and openssl pkcs12"
	}
	return "holds nothing in PEM form (-----BEGIN CERTIFICATE----- or -----BEGIN PRIVATE KEY-----); convert it"
}

// certificates are those of a file, each of which must be readable: one that is dropped in silence is missed only in a
// handshake.
func certificates(path string) ([]*x509.Certificate, error) {
	blocks, err := readPEM(path)
	if err != nil {
		return nil, err
	}
	var list []*x509.Certificate
	key := false
	for _, block := range blocks {
		switch block.Type {
		case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
			c, err := x509.ParseCertificate(block.Bytes)
			if block.Type == "TRUSTED CERTIFICATE" && err != nil { // openssl's own: settings of trust follow the certificate
				var first asn1.RawValue
				_, _ = asn1.Unmarshal(block.Bytes, &first) // what it cannot read is no certificate either
				c, err = x509.ParseCertificate(first.FullBytes)
			}
			if err != nil {
				why := "it is damaged, or breaks the rules of X.509"
				if strings.Contains(err.Error(), "negative serial number") {
					why = "its serial number is negative, which no authority may give (RFC 5280, 4.1.2.2)"
				}
				return nil, fmt.Errorf("has a certificate, number %d in the file, that cannot be read: %s; remove it, or have "+
					"it issued or exported anew", len(list)+1, why)
			}
			list = append(list, c)
		default:
			key = key || strings.HasSuffix(block.Type, "PRIVATE KEY")
		}
	}
	switch {
	case len(list) == 0 && key:
		return nil, errors.New("holds a private key and no certificate (-----BEGIN CERTIFICATE-----): is it the wrong file?")
	case len(list) == 0:
		return nil, errors.New("holds no certificate in PEM form (-----BEGIN CERTIFICATE-----); convert it")
	}
	return list, nil
}

// authorities reads the certificates to trust.
func authorities(path string) (*x509.CertPool, error) {
	list, err := certificates(path)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	for _, c := range list {
		pool.AddCert(c)
	}
	return pool, nil
}

// clientPair reads a client's certificate, with those of its authorities after it, and its key. An error is about the
// file of the setting at.
func clientPair(certFile, keyFile string) (pair tls.Certificate, at string, err error) {
	at = "cert_file"
	list, err := certificates(certFile)
	key, keyErr := privateKey(keyFile)
	switch {
	case err != nil && keyErr != nil && strings.Contains(err.Error(), "private key and no certificate") &&
		strings.Contains(keyErr.Error(), "holds a certificate"):
		return pair, at, errors.New("holds the key, and key_file the certificate; exchange the two")
	case err != nil:
		return pair, at, err
	case keyErr != nil:
		return pair, "key_file", keyErr
	}
	switch place := slices.IndexFunc(list, func(c *x509.Certificate) bool {
		public, ok := c.PublicKey.(interface{ Equal(crypto.PublicKey) bool })
		return ok && public.Equal(key.Public())
	}); {
	case place > 0:
		return pair, at, fmt.Errorf("has the certificate of that key in place %d; put it first, and those of its "+
			"authorities after it", place+1)
	case place < 0:
		return pair, at, errors.New("and key_file are not a pair: the key is that of another certificate; give the " +
			"two that belong together")
	}
	for _, c := range list {
		pair.Certificate = append(pair.Certificate, c.Raw)
	}
	pair.PrivateKey, pair.Leaf = key, list[0]
	return pair, "", nil
}

// privateKey is the first one of a file.
func privateKey(path string) (crypto.Signer, error) {
	blocks, err := readPEM(path)
	if err != nil {
		return nil, err
	}
	const passphrase = "is encrypted with a passphrase, which nobody could type in; take it off: openssl pkey -in FILE " +
		"-out PLAIN, and keep that file safe"
	var found any
	certificate := false
	for _, block := range blocks {
		switch {
		case block.Type == "ENCRYPTED PRIVATE KEY", strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED"):
			return nil, errors.New(passphrase)
		case block.Type == "OPENSSH PRIVATE KEY":
			return nil, errors.New("is a key of OpenSSH's own form; convert it: ssh-keygen -p -m PEM -f FILE")
		case block.Type == "PRIVATE KEY":
			found, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		case block.Type == "RSA PRIVATE KEY":
			found, err = x509.ParsePKCS1PrivateKey(block.Bytes)
		case block.Type == "EC PRIVATE KEY":
			found, err = x509.ParseECPrivateKey(block.Bytes)
		default:
			certificate = certificate || strings.HasSuffix(block.Type, "CERTIFICATE")
			continue
		}
		signer, signs := found.(crypto.Signer)
		if err != nil || !signs {
			return nil, errors.New("has a key that cannot be read: it is damaged, or of a kind that TLS does not use; give " +
				"one of RSA or ECDSA")
		}
		return signer, nil
	}
	if certificate {
		return nil, errors.New("holds a certificate and no key (-----BEGIN PRIVATE KEY-----): is it the wrong file?")
	}
	return nil, errors.New("holds no key in PEM form (-----BEGIN PRIVATE KEY-----); convert it")
}
