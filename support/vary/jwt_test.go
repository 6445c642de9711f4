//go:build unit

package vary

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

var noon = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

// genuine is a token that ends five minutes after noon. Its signature stands for one.
func genuine(alg string) string {
	part := func(v any) string { b, _ := json.Marshal(v); return base64.RawURLEncoding.EncodeToString(b) }
	return part(map[string]any{"alg": alg, "kid": "realm-1"}) + "." +
		part(map[string]any{"iss": "https://kc/realms/a", "preferred_username": "zoë", "exp": noon.Add(5 * time.Minute).
			Unix(), "n": 12345678901234567}) + ".c2lnbmVk"
}

func parse(t *testing.T, token string) *JWT {
	t.Helper()
	j, err := ParseJWT(token)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return j
}

func TestAJWTTellsItsClaims(t *testing.T) {
	g := NewWithT(t)
	j := parse(t, genuine("RS256"))
	g.Expect(j.Algorithm()).To(Equal("RS256"))
	g.Expect(j.Text("preferred_username")).To(Equal("zoë"))
	g.Expect(j.Text("n")).To(BeEmpty(), "a number is no text")
	g.Expect(j.Text("email")).To(BeEmpty())
	end, known := j.Expires()
	g.Expect(known).To(BeTrue())
	g.Expect(end).To(BeTemporally("==", noon.Add(5*time.Minute)))
	_, known = parse(t, "e30.e30.x").Expires()
	g.Expect(known).To(BeFalse())
}

func TestWhatIsNoJWTIsAnError(t *testing.T) {
	g := NewWithT(t)
	for _, token := range []string{"", "opaque", "a.b.c", "e30.e30.", "e30.e30", "e30.e30.x.y", "e30.bnVsbA.x",
		"bnVsbA.e30.x", "W10.e30.x", "e30.!!.x", "h.k.i.c.t"} {
		_, err := ParseJWT(token)
		g.Expect(err).To(HaveOccurred(), token)
	}
}

func TestForgedTokensDifferInOneThingAndTheEnd(t *testing.T) {
	g := NewWithT(t)
	was := genuine("RS256")
	j := parse(t, was)
	stranger, err := j.SignedByStranger(noon)
	g.Expect(err).NotTo(HaveOccurred())
	for _, forged := range []string{j.LongerLived(noon), j.Unsigned(noon) + "x", stranger} {
		f := parse(t, forged)
		end, _ := f.Expires()
		g.Expect(end).To(BeTemporally("==", noon.Add(65*time.Minute)))
		g.Expect(string(f.Claims["n"])).To(Equal("12345678901234567"), "numbers keep their digits")
		g.Expect(f.Claims).To(HaveLen(len(j.Claims)))
		g.Expect(f.Text("preferred_username")).To(Equal("zoë"))
		g.Expect(string(f.Header["kid"])).To(Equal(`"realm-1"`))
	}
	end, _ := parse(t, j.LongerLived(noon.Add(24*time.Hour))).Expires()
	g.Expect(end).To(BeTemporally("==", noon.Add(25*time.Hour)), "of a token that ended, an hour from now")

	header, signature := strings.Split(was, ".")[0], strings.Split(was, ".")[2]
	g.Expect(j.LongerLived(noon)).To(HavePrefix(header + "."))
	g.Expect(j.LongerLived(noon)).To(HaveSuffix("." + signature))
	g.Expect(j.Unsigned(noon)).To(HaveSuffix("."))
	g.Expect(parse(t, j.Unsigned(noon)+"x").Algorithm()).To(Equal("none"))
	g.Expect(genuine("RS256")).To(Equal(was), "the token itself stays as it is")
	g.Expect(j.Algorithm()).To(Equal("RS256"))
}

// A product that trusts the key which a token brings along finds the signature right.
func TestAStrangersSignatureFitsTheKeyInItsHeader(t *testing.T) {
	g := NewWithT(t)
	forged, err := parse(t, genuine("RS256")).SignedByStranger(noon)
	g.Expect(err).NotTo(HaveOccurred())
	var jwk struct{ N, E, Kid string }
	g.Expect(json.Unmarshal(parse(t, forged).Header["jwk"], &jwk)).To(Succeed())
	g.Expect(jwk.Kid).To(Equal("realm-1"))
	number := func(s string) *big.Int {
		b, err := base64.RawURLEncoding.DecodeString(s)
		g.Expect(err).NotTo(HaveOccurred())
		return new(big.Int).SetBytes(b)
	}
	key := &rsa.PublicKey{N: number(jwk.N), E: int(number(jwk.E).Int64())}
	dot := strings.LastIndexByte(forged, '.')
	sum := sha256.Sum256([]byte(forged[:dot]))
	g.Expect(rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], number(forged[dot+1:]).FillBytes(make([]byte, 256)))).
		To(Succeed())

	_, err = parse(t, genuine("ES256")).SignedByStranger(noon)
	g.Expect(err).To(MatchError(ContainSubstring(`"ES256"`)))
}

func TestLengthened(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Lengthened("a.b.c", 8)).To(Equal("a.b.c.~~"))
	g.Expect(Lengthened("a.b.c", 6)).To(Equal("a.b.c."))
	g.Expect(Lengthened("a.b.c", 5)).To(Equal("a.b.c"))
	g.Expect(Lengthened("a.b.c", 4)).To(Equal("a.b.c"))
}
