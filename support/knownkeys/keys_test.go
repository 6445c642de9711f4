//go:build unit

package knownkeys

import (
	"crypto/rsa"
	"encoding/base64"
	"testing"

	. "github.com/onsi/gomega"
)

// The moduli begin as the RFCs print them.
func TestKeysAreThoseOfTheRFCs(t *testing.T) {
	for modulus, key := range map[string]func() (*rsa.PrivateKey, error){
		"ofgWCuLjybRlzo0t": RFC7515, "0vx7agoebGcQSuuP": RFC7517, "n4EPtAOCc9AlkeQH": RFC7520,
	} {
		g := NewWithT(t)
		k, err := key()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(k.N.BitLen()).To(Equal(2048))
		g.Expect(base64.RawURLEncoding.EncodeToString(k.N.Bytes())).To(HavePrefix(modulus))
	}
}

func TestAKeyThatIsNoneSaysWhose(t *testing.T) {
	for _, primes := range [][2]string{{"!", "Aw"}, {"Aw", "BA"}} {
		_, err := key("RFC 1", primes[0], primes[1])()
		NewWithT(t).Expect(err).To(MatchError(HavePrefix("the key of RFC 1: ")))
	}
}
