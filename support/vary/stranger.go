package vary

import (
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"math/big"
	"sync"
)

// The primes of the key in RFC 7515, appendix A.2. Everybody knows it, so whoever trusts it trusts anybody; and to make a key takes
// longer than all else of a run.
const (
	strangersP = "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc"
	strangersQ = "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc"
)

// strangersKey is that key, whose exponent is 65537.
var strangersKey = sync.OnceValues(func() (*rsa.PrivateKey, error) {
	var primes []*big.Int
	for _, text := range []string{strangersP, strangersQ} {
		bytes, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			return nil, fmt.Errorf("the stranger's key: %w", err)
		}
		primes = append(primes, new(big.Int).SetBytes(bytes))
	}
	one, exponent := big.NewInt(1), big.NewInt(65537)
	p, q := primes[0], primes[1]
	order := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: 65537}, D: new(big.Int).ModInverse(exponent, order), Primes: primes}
	key.Precompute()
	return key, key.Validate()
})
