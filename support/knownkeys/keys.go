// Package knownkeys has RSA keys that stand in RFCs, with their secret halves. Whoever trusts one trusts anybody, so
// they are for tests, reference servers and forgeries only; and they are there at once, where to make a key takes
// longer than all else of a run.
package knownkeys

import (
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"math/big"
	"sync"
)

// The keys of 2048 bits, by where they stand.
var (
	RFC7515 = key("RFC 7515, appendix A.2",
		"4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc",
		"uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc")
	RFC7517 = key("RFC 7517, appendix A.2",
		"83i-7IvMGXoMXCskv73TKr8637FiO7Z27zv8oj6pbWUQyLPQBQxtPVnwD20R-60eTDmD2ujnMt5PoqMrm8RfmNhVWDtjjMmCMjOpSXicFHj7XOuVIYQyqVWlWEh6dN36GVZYk93N8Bc9vY41xy8B9RzzOGVQzXvNEvn7O0nVbfs",
		"3dfOR9cuYq-0S-mkFLzgItgMEfFzB2q3hWehMuG0oCuqnb3vobLyumqjVZQO1dIrdwgTnCdpYzBcOfW5r370AFXjiWft_NGEiovonizhKpo9VVS78TzFgxkIdrecRezsZ-1kYd_s1qDbxtkDEgfAITAG9LUnADun4vIcb6yelxk")
	RFC7520 = key("RFC 7520, section 3.4",
		"3Slxg_DwTXJcb6095RoXygQCAZ5RnAvZlno1yhHtnUex_fp7AZ_9nRaO7HX_-SFfGQeutao2TDjDAWU4Vupk8rw9JR0AzZ0N2fvuIAmr_WCsmGpeNqQnev1T7IyEsnh8UMt-n5CafhkikzhEsrmndH6LxOrvRJlsPp6Zv8bUq0k",
		"uKE2dh-cTf6ERF4k4e_jy78GfPYUIaUyoSSJuBzp3Cubk3OCqs6grT8bR_cu0Dm1MZwWmtdqDyI95HrUeq3MP15vMMON8lHTeZu2lmKvwqW7anV5UzhM1iZ7z4yMkuUwFWoBvyY898EXvRD-hdqRxHlSqAZ192zB3pVFJ0s7pFc")
)

// exponent is the public exponent of all of them.
const exponent = 65537

// key gives the key with the two primes, made when it is first asked for. The error says which key is no key.
func key(place, first, second string) func() (*rsa.PrivateKey, error) {
	return sync.OnceValues(func() (*rsa.PrivateKey, error) {
		var primes []*big.Int
		for _, text := range []string{first, second} {
			bytes, err := base64.RawURLEncoding.DecodeString(text)
			if err != nil {
				return nil, fmt.Errorf("the key of %s: %w", place, err)
			}
			primes = append(primes, new(big.Int).SetBytes(bytes))
		}
		one := big.NewInt(1)
		p, q := primes[0], primes[1]
		order := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: exponent},
			D: new(big.Int).ModInverse(big.NewInt(exponent), order), Primes: primes}
		key.Precompute()
		if err := key.Validate(); err != nil {
			return nil, fmt.Errorf("the key of %s: %w", place, err)
		}
		return key, nil
	})
}
