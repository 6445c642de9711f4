package hostile

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"time"

	"session-conformance/support/reference/wire"
)

// connection are servers that do not answer, or stop doing so.
func connection() []Case {
	return []Case{
		{Name: "refuses", Says: "Nobody listens at the address.", deaf: true},
		{Name: "silent", Says: "It accepts connections and never answers.", talk: silent},
		{Name: "silent-once", Says: "It never answers the fourth request.", when: once, speak: (*turn).hold},
		{Name: "closes", Says: "It closes each connection at once.", talk: func(context.Context, net.Conn) {}},
		{Name: "closes-once", Says: "It closes the connection in place of the fourth answer.", when: once,
			speak: func(*turn) bool { return false }},
		{Name: "resets", Says: "It resets each connection at once.", talk: func(_ context.Context, c net.Conn) {
			wire.Reset(c)
		}},
		{Name: "resets-once", Says: "It resets the connection in place of the fourth answer.", when: once,
			speak: func(t *turn) bool { return t.reset() }},
		{Name: "resets-after-status", Says: "It resets the connection after the fourth answer's status line.", when: once,
			speak: func(t *turn) bool { return t.write("HTTP/1.1 200 OK\r\n") && t.wait(arrival) && t.reset() }},
		{Name: "resets-in-body", Says: "It resets the connection in the middle of the fourth answer's body.", when: once,
			speak: func(t *turn) bool {
				return t.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":") && t.wait(arrival) && t.reset()
			}},
		{Name: "drips", Says: "It sends the fourth answer one byte a second.", when: once, speak: func(t *turn) bool {
			return t.drip(head(t.said.Status, t.said.Header) + string(t.said.Body))
		}},
		{Name: "drips-body", Says: "It sends the fourth answer's body one byte a second, without end.", when: once,
			speak: func(t *turn) bool {
				return t.write("HTTP/1.1 200 OK\r\n\r\n") && t.forever("x", time.Second)
			}},
		{Name: "dies", Says: "It works for ten requests, and then nobody listens any more.", when: after(10),
			speak: func(t *turn) bool {
				t.running.StopListening()
				return t.reset()
			}},
		{Name: "slows-down", Says: "Each answer takes a fifth of a second longer than the one before.", when: after(0),
			speak: func(t *turn) bool {
				return t.wait(time.Duration(t.number)*200*time.Millisecond) && t.well(t.said)
			}},
		{Name: "answers-another", Says: "From the third request on, the answer is that to the request before.",
			when:  after(2),
			speak: func(t *turn) bool { return t.well(*t.earlier) }},
		{Name: "answers-twice", Says: "Each request is answered twice, on a connection that is kept.", when: after(0),
			speak: func(t *turn) bool { return t.well(t.said) && t.wait(arrival) && t.well(t.said) }},
		{Name: "answers-unasked", Says: "A secret is answered on each new connection before anything is asked.",
			talk: unasked},
	}
}

// arrival is how long a piece has to arrive as one of its own.
const arrival = 20 * time.Millisecond

func silent(_ context.Context, c net.Conn) { io.Copy(io.Discard, c) }

func unasked(_ context.Context, c net.Conn) {
	io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n\"d0c5ab1e-0000-4000-8000-00000badcafe\"")
	io.Copy(io.Discard, c)
}

func (t *turn) reset() bool {
	wire.Reset(t.conn)
	return false
}

// drip sends a byte a second.
func (t *turn) drip(s string) bool {
	for i := range len(s) {
		if !t.write(s[i:i+1]) || !t.wait(time.Second) {
			return false
		}
	}
	return false
}

// handshakes are servers over TLS with whom nobody should shake hands.
func handshakes() []Case {
	return []Case{
		{Name: "tls-expired", Says: "Its certificate is over.", tls: with(func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour)
		}, nil)},
		{Name: "tls-not-yet-valid", Says: "Its certificate holds from tomorrow on.", tls: with(func(c *x509.Certificate) {
			c.NotBefore = time.Now().Add(24 * time.Hour)
		}, nil)},
		{Name: "tls-self-signed", Says: "Its certificate vouches for itself, and nobody else does.",
			tls: func() (*tls.Config, []byte, error) {
				config, _, err := with(nil, nil)()
				return config, nil, err
			}},
		{Name: "tls-wrong-name", Says: "Its certificate is for another host.", tls: with(func(c *x509.Certificate) {
			c.DNSNames, c.IPAddresses = []string{"elsewhere.invalid"}, nil
		}, nil)},
		{Name: "tls-name-with-escapes", Says: "Its certificate is for a host with terminal escape sequences in its name.",
			tls: with(func(c *x509.Certificate) {
				c.DNSNames, c.IPAddresses = []string{"x"}, nil
				c.Subject.CommonName = "\x1b[31m<script>alert(1)</script>]]>"
			}, nil)},
		{Name: "tls-1-0", Says: "It speaks nothing newer than TLS 1.0.", tls: with(nil, func(c *tls.Config) {
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10
		})},
		{Name: "tls-asks-for-a-certificate", Says: "It demands a client certificate.", tls: with(nil, func(c *tls.Config) {
			c.ClientAuth = tls.RequireAnyClientCert
		})},
		{Name: "tls-half", Says: "Its handshake stops in the middle.",
			talk: greets("\x16\x03\x03\x02\x00\x02\x00\x01\xfc\x03\x03", true)}, // the beginning of a ServerHello
		{Name: "tls-hangs-up", Says: "It hangs up in the middle of the handshake.",
			talk: greets("\x16\x03\x03\x02\x00\x02", false)},
		{Name: "tls-alert", Says: "It answers each handshake with an alert.",
			talk: greets("\x15\x03\x03\x00\x02\x02\x50", true)}, // fatal: internal error
		{Name: "tls-plain", Says: "It speaks plain HTTP where https is expected.",
			talk: greets("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", true)},
	}
}

// greets answers the beginning of a ClientHello with these bytes, and stays or hangs up.
func greets(bytes string, stays bool) func(context.Context, net.Conn) {
	return func(_ context.Context, c net.Conn) {
		io.ReadFull(c, make([]byte, 5))
		io.WriteString(c, bytes)
		if stays {
			io.Copy(io.Discard, c)
		}
	}
}

// with makes a configuration with a certificate of its own, and changes both.
func with(certificate func(*x509.Certificate), config func(*tls.Config)) func() (*tls.Config, []byte, error) {
	return func() (*tls.Config, []byte, error) {
		made, pem, err := wire.NewCertificate(certificate)
		if err != nil {
			return nil, nil, err
		}
		c := &tls.Config{Certificates: []tls.Certificate{made}}
		if config != nil {
			config(c)
		}
		return c, pem, nil
	}
}
