//go:build unit

package redact

import (
	"encoding/base64"
	"net/url"
	"testing"

	. "github.com/onsi/gomega"
)

func TestLeaksQuicklyFindsOneEncoding(t *testing.T) {
	g := NewWithT(t)
	h := New()
	secret := "hunter2 & hunter3"
	h.Learn("user.password", secret)
	for _, text := range []string{secret, `{"a": "hunter2 \u0026 hunter3"}`, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte("login:" + secret))} {
		g.Expect(h.LeaksQuickly([]byte("before "+text+" after"))).To(Equal([]string{"user.password"}), text)
	}
	g.Expect(h.LeaksQuickly([]byte("hunter2 and hunter3"))).To(BeEmpty())
}
