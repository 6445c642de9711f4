//go:build stacks

package stacks

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
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

// behindNginx puts nginx with TLS and HTTP/2 before a server.
func behindNginx(t *testing.T, s served) served {
	t.Helper()
	return behind(t, s, "nginx", func(dir string, port int) (string, []string) {
		return fmt.Sprintf(`daemon off; pid nginx.pid; error_log stderr; worker_processes 1;
events {}
http {
	access_log off; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
	gzip on; gzip_types application/json application/xml text/plain; gzip_min_length 1; gzip_proxied any;
	server {
		listen 127.0.0.1:%d ssl http2;
		ssl_certificate pair.pem; ssl_certificate_key pair.pem;
		location / {
			proxy_pass %s; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;
		}
	}
}`, port, s.url), []string{"nginx", "-p", dir, "-c", "conf"}
	})
}

// behindHAProxy puts HAProxy with TLS and HTTP/2 before a server.
func behindHAProxy(t *testing.T, s served) served {
	t.Helper()
	return behind(t, s, "haproxy", func(dir string, port int) (string, []string) {
		return fmt.Sprintf(`defaults
	mode http
	timeout connect 5s
	timeout client 30s
	timeout server 30s
frontend all
	bind 127.0.0.1:%d ssl crt %s/pair.pem alpn h2,http/1.1
	http-request set-header X-Forwarded-Proto https
	default_backend product
backend product
	server one %s
`, port, dir, s.url[len("http://"):]), []string{"haproxy", "-db", "-f", filepath.Join(dir, "conf")}
	})
}

// behind starts a proxy. It cannot choose its port itself, and a free one may be taken meanwhile: then another is
// tried.
func behind(t *testing.T, s served, program string, configure func(dir string, port int) (string, []string)) served {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s is not installed: apt-get install %s", program, program)
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	authority := pair(t, dir)
	for range 10 {
		port := freePort(t)
		conf, line := configure(dir, port)
		if err := os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o600); err != nil {
			t.Fatal(err)
		}
		log, err := os.Create(filepath.Join(dir, "log"))
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(line[0], line[1:]...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { _ = cmd.Wait(); close(ended) }()
		if answers(port, ended) {
			t.Cleanup(func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Process.Kill(); <-ended })
			settings := map[string]any{"tls": map[string]string{"ca_file": authority}}
			for k, v := range s.settings {
				settings[k] = v
			}
			return served{name: program, url: fmt.Sprintf("https://127.0.0.1:%d", port), settings: settings}
		}
		_ = cmd.Process.Kill()
		<-ended
	}
	text, _ := os.ReadFile(filepath.Join(dir, "log"))
	t.Fatalf("%s did not start:\n%s", program, text)
	return served{}
}

// answers waits until the port takes connections; false where the program ended before.
func answers(port int, ended <-chan struct{}) bool {
	for range 100 {
		select {
		case <-ended:
			return false
		case <-time.After(50 * time.Millisecond):
		}
		if c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			_ = c.Close()
			return true
		}
	}
	return false
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
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
