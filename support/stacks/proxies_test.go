//go:build stacks

package stacks

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// behindNginx puts nginx with TLS and HTTP/2 before a server. It takes over the socket as from an nginx before it.
func behindNginx(t *testing.T, s served) served {
	t.Helper()
	return behind(t, s, "nginx", func(dir, address string) (string, []string, string) {
		return fmt.Sprintf(`daemon off; pid nginx.pid; error_log stderr; worker_processes 1;
events {}
http {
	access_log off; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
	gzip on; gzip_types application/json application/xml text/plain; gzip_min_length 1; gzip_proxied any;
	server {
		listen %s ssl http2;
		ssl_certificate pair.pem; ssl_certificate_key pair.pem;
		location / {
			proxy_pass %s; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;
		}
	}
}`, address, s.url), []string{"-p", dir, "-c", "conf"}, "NGINX=3;"
	})
}

// behindHAProxy puts HAProxy with TLS and HTTP/2 before a server.
func behindHAProxy(t *testing.T, s served) served {
	t.Helper()
	return behind(t, s, "haproxy", func(dir, _ string) (string, []string, string) {
		return fmt.Sprintf(`defaults
	mode http
	timeout connect 5s
	timeout client 30s
	timeout server 30s
frontend all
	bind fd@3 ssl crt %s/pair.pem alpn h2,http/1.1
	http-request set-header X-Forwarded-Proto https
	default_backend product
backend product
	server one %s
`, dir, s.url[len("http://"):]), []string{"-db", "-f", filepath.Join(dir, "conf")}, ""
	})
}

// behind starts a proxy on a socket that is open before it, so that nobody can take its port. configure gives its
// configuration, its arguments, and a variable that it needs.
func behind(t *testing.T, s served, program string, configure func(dir, address string) (string, []string,
	string)) served {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s is not installed: apt-get install %s", program, program)
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	authority := pair(t, dir)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	socket, err := listener.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	at := listener.Addr().String()
	conf, args, variable := configure(dir, at)
	if err := os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.Env = dir, log, log, append(os.Environ(), variable)
	cmd.ExtraFiles = []*os.File{socket} // the descriptor 3
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			_ = cmd.Process.Kill()
			<-ended
		}
	})
	if !answers(at, ended) {
		text, _ := os.ReadFile(log.Name())
		t.Fatalf("%s did not start:\n%s", program, text)
	}
	settings := map[string]any{"tls": map[string]string{"ca_file": authority}}
	for k, v := range s.settings {
		settings[k] = v
	}
	return served{name: program, url: "https://" + at, settings: settings}
}

// answers waits until somebody speaks TLS at the address: the socket itself takes connections before. It is false where
// the program ended, or within ten seconds nobody did.
func answers(at string, ended <-chan struct{}) bool {
	dialer := &net.Dialer{Timeout: time.Second}
	for range 100 {
		select {
		case <-ended:
			return false
		case <-time.After(100 * time.Millisecond):
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		c, err := (&tls.Dialer{NetDialer: dialer, Config: &tls.Config{InsecureSkipVerify: true}}).DialContext(ctx, "tcp", at)
		cancel()
		if err == nil {
			_ = c.Close()
			return true
		}
	}
	return false
}

// pair writes a self-signed certificate with its key to pair.pem, and gives the path of the certificate alone.
func pair(t *testing.T, dir string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	says := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "loopback"},
		NotBefore: time.Now().Add(-time.Hour),
		NotAfter:  time.Now().Add(24 * time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, says, says, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	both := append(certificate, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})...)
	path := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(path, certificate, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "pair.pem"), both, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
