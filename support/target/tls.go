package target

import (
	"crypto/tls"
	"fmt"
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
		pair, err := clientPair(t.CertFile, t.KeyFile)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}
