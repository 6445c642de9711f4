package exchange

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// explainTLS says why a handshake failed, with the remedy, or is empty.
func (p Party) explainTLS(err error, now time.Time) string {
	var unknown x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	var critical x509.UnhandledCriticalExtension
	var roots x509.SystemRootsError
	switch {
	case strings.Contains(err.Error(), "insecure algorithm"): // before the authority, which it makes unknown
		return "the certificate, or that of its authority, is signed with SHA-1 or MD5, which nobody accepts any more: " +
			"have it issued anew with SHA-256"
	case errors.As(err, &hostname):
		return p.anotherHost(hostname)
	case errors.As(err, &unknown):
		return p.unknownAuthority(unknown.Cert)
	case errors.As(err, &invalid):
		return p.invalidCertificate(invalid, now)
	case errors.As(err, &critical):
		return "the certificate has a critical extension that is not known here: have it issued anew without"
	case errors.As(err, &roots):
		return "this machine has no list of trusted authorities: name one in " + p.TLS +
			".ca_file, or install ca-certificates"
	}
	for _, h := range handshakes {
		if strings.Contains(err.Error(), h.words) {
			return strings.NewReplacer("{name}", p.Name, "{url}", p.URL, "{tls}", p.TLS).Replace(h.says)
		}
	}
	var alert *net.OpError
	switch {
	case errors.As(err, &alert) && alert.Op == "remote error": // the alert's text is of crypto/tls
		return fmt.Sprintf("%s broke the TLS handshake off with the alert %q: its log may say more", p.Name,
			strings.TrimPrefix(alert.Err.Error(), "tls: "))
	case strings.Contains(err.Error(), "x509: "):
		return "the certificate cannot be read: it breaks the rules of X.509; have it issued anew"
	case strings.Contains(err.Error(), "tls: "):
		return "the TLS handshake failed: what " + p.Name + " sent in it breaks the rules of TLS"
	}
	return ""
}

// handshakes are parts of crypto/tls's errors, and what they mean for {name}, whose TLS settings are {tls}.
var handshakes = []struct{ words, says string }{
	{"negative serial number", "the certificate has a negative serial number, which no authority may give (RFC 5280, " +
		"4.1.2.2): have it issued anew. " +
		"Until then GODEBUG=x509negativeserial=1 in the environment accepts it"},
	{"serial number too long", "the certificate has a serial number of more than 20 bytes (RFC 5280, 4.1.2.2): have it " +
		"issued anew"},
	{"-bit keys are insecure", "the certificate has an RSA key that is too short: have it issued anew with 2048 bits or more"},
	{"RSA key larger than", "the certificate has an RSA key of more than 8192 bits: have it issued anew with 4096 bits or fewer"},
	{"unsupported elliptic curve", "the certificate has a key on a curve that TLS clients do not know: have it issued " +
		"anew with P-256"},
	{"unsupported certificate", "the certificate has a key of a kind that TLS clients do not take: have it issued anew " +
		"with RSA or ECDSA"},
	{"unsupported protocol version", "{name} speaks no version of TLS that is still safe: turn on 1.2 or newer there."},
	{"protocol version not supported", "{name} speaks no version of TLS that is still safe: turn on 1.2 or newer there"},
	{"unrecognized name", "{name} serves no host of that name by TLS: is the host of {url} right? Else " +
		"{tls}.server_name names another"},
	{"no application protocol", "{name} speaks neither HTTP/2 nor HTTP/1.1 by TLS there: is the port of {url} right?"},
	{"certificate required", "{name} asks for a client's certificate, and got none: {tls}.cert_file and {tls}.key_file name one"},
	{"unknown certificate authority", "{name} does not trust the authority of the client's certificate: " +
		"{tls}.cert_file must be of one that it does, with the intermediate certificates after it"},
	{"expired certificate", "{name} says that the client's certificate of {tls}.cert_file has expired"},
	{"revoked certificate", "{name} says that the client's certificate of {tls}.cert_file is revoked"},
	{"bad certificate", "{name} asks for a client's certificate, or refuses the one it got ({tls}.cert_file and " +
		"{tls}.key_file name one)"},
	{"unconfigured cipher suite", "{name} chose a cipher suite that nobody offered it: its TLS is broken, or a proxy " +
		"on the way is"},
	{"handshake failure", "{name} and this program have no cipher suite in common, or it asks for a client's " +
		"certificate. Old servers have only RSA key exchange: " +
		"turn on suites that begin with TLS_ECDHE there. Until then GODEBUG=tlsrsakex=1,tls3des=1 in the environment " +
		"accepts them. A client's certificate is named by {tls}.cert_file and {tls}.key_file"},
	{"insufficient security", "{name} finds the cipher suites of TLS 1.2 and 1.3 too weak: turn on suites that begin " +
		"with TLS_ECDHE there"},
	{"first record does not look like a TLS handshake", "{name} does not speak TLS there: is the scheme of {url} right?"},
}

// anotherHost is about a certificate for another host.
func (p Party) anotherHost(h x509.HostnameError) string {
	names := append([]string{}, h.Certificate.DNSNames...)
	for _, ip := range h.Certificate.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return fmt.Sprintf("the certificate names its host only as Common Name (%s), which no client reads any more: have "+
			"it issued anew with a subjectAltName of the host. "+
			"Until then only %s.insecure_skip_verify accepts it", shown(h.Certificate.Subject.CommonName), p.TLS)
	}
	more := ""
	if len(names) > 3 {
		names, more = names[:3], " and others"
	}
	for i, name := range names {
		names[i] = shown(name)
	}
	return fmt.Sprintf("the certificate is for another host: %s%s. Write one of them in %s, or set %s.server_name to it",
		strings.Join(names, ", "), more, p.URL, p.TLS)
}

// intercepting are makers of proxies that open TLS on the way, as the authorities of their certificates are called.
var intercepting = words(
	`(?i)zscaler|fortinet|fortigate|blue ?coat|palo alto|netskope|mcafee|skyhigh|forcepoint|websense|sophos|umbrella|check point|` +
		`trend micro|kaspersky|avast|eset|bitdefender|squid|mitmproxy|portswigger|charles proxy|do_not_trust|fiddler|proxy|inspection|decrypt`)

// unknownAuthority is about a certificate of an authority that is not trusted here.
func (p Party) unknownAuthority(c *x509.Certificate) string {
	if c == nil {
		return "the certificate is signed by an authority that is not trusted here (" + p.TLS + ".ca_file names one)"
	}
	by := nameOf(c.Issuer.CommonName, c.Issuer.Organization)
	organizations := strings.Join(append(c.Issuer.Organization, c.Issuer.CommonName), " ")
	switch {
	case intercepting().MatchString(organizations):
		return fmt.Sprintf("the certificate is signed by %s, which looks like a corporate proxy that opens TLS on the "+
			"way: give its root certificate as %s.ca_file, or except the host in NO_PROXY", by, p.TLS)
	case string(c.RawIssuer) == string(c.RawSubject):
		return fmt.Sprintf("the certificate is signed by itself (%s), so it is not trusted here: give it, or the "+
			"authority that it should be of, as %s.ca_file", by, p.TLS)
	}
	return fmt.Sprintf("the certificate is signed by %s, an authority that is not trusted here: give its root "+
		"certificate as %s.ca_file, a company's own for one. "+
		"If the root stands there already, %s does not send its intermediate certificates", by, p.TLS, p.Name)
}

// invalidCertificate is about a certificate that its authority's rules or the clock forbid.
func (p Party) invalidCertificate(invalid x509.CertificateInvalidError, now time.Time) string {
	which := "the certificate"
	if invalid.Cert != nil && invalid.Cert.IsCA {
		which = "the certificate of the authority " +
			nameOf(invalid.Cert.Subject.CommonName, invalid.Cert.Subject.Organization)
	}
	switch invalid.Reason {
	case x509.Expired:
		if invalid.Cert != nil && now.Before(invalid.Cert.NotBefore) {
			return fmt.Sprintf("%s does not hold yet: only from %s; are the clocks right, here and where it was issued?", which,
				invalid.Cert.NotBefore.UTC().Format(time.DateTime+" MST"))
		}
		if invalid.Cert != nil {
			return fmt.Sprintf("%s has expired on %s: renew it", which, invalid.Cert.NotAfter.UTC().Format(time.DateTime+" MST"))
		}
	case x509.NotAuthorizedToSign:
		return "the certificate is signed by one that is no authority's (CA:FALSE): " + p.TLS +
			".ca_file must name a certificate that may sign"
	case x509.IncompatibleUsage:
		return which + " is not one for servers (its extended key usage): have it issued anew for server authentication"
	case x509.CANotAuthorizedForThisName, x509.NameConstraintsWithoutSANs, x509.UnconstrainedName:
		return which + " is for a name that its authority may not sign for (name constraints)"
	case x509.TooManyIntermediates:
		return "the certificate's chain is longer than its authority allows"
	}
	return which + " is not valid by the rules of X.509: have it issued anew"
}

// nameOf is how a sentence calls a certificate's holder or issuer.
func nameOf(common string, organizations []string) string {
	if common == "" {
		common = strings.Join(organizations, ", ")
	}
	return shown(common)
}

// shown is a name out of a certificate, in quotation marks and short.
func shown(name string) string { return `"` + Printable(name, 80) + `"` }
