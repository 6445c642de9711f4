//go:build keycloak && unix

package keycloak_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// The distribution of Keycloak that the tests start, from Maven Central. A newer one takes a new sum:
// sha256sum ~/.cache/session-conformance/keycloak-<version>.tar.gz
const (
	version  = "26.7.3"
	sum      = "77657f30b7e90d70f727712ce1c967f430fd6a5e9f458d32d8c6df0635345f47" // SHA-256 of the tar.gz
	copyGoal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
	leastJDK = 17
)

// tools says what is missing to start Keycloak.
func tools(ctx context.Context) error {
	output, err := exec.CommandContext(ctx, "java", "-version").CombinedOutput()
	if err != nil {
		return fmt.Errorf("make test-keycloak needs Java %d or later, and java does not run: %w", leastJDK, err)
	}
	found := regexp.MustCompile(`version "(\d+)`).FindSubmatch(output)
	if found == nil {
		return fmt.Errorf("make test-keycloak needs Java %d or later, and java -version says: %s", leastJDK, output)
	}
	if major, _ := strconv.Atoi(string(found[1])); major < leastJDK {
		return fmt.Errorf("make test-keycloak needs Java %d or later, and java is %s", leastJDK, found[1])
	}
	for _, program := range []string{"mvn", "tar", "sh"} {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Errorf("make test-keycloak needs %s: %w", program, err)
		}
	}
	return nil
}

// distribution gives the path of the verified archive. It is fetched once, and kept in the user's cache.
func distribution(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	cache = filepath.Join(cache, "session-conformance")
	kept := filepath.Join(cache, "keycloak-"+version+".tar.gz")
	if verify(kept) == nil {
		return kept, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	fetched, err := os.MkdirTemp(cache, "fetching-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(fetched) }()
	// -C: a file whose checksum is not that of the repository is an error.
	fetch := exec.CommandContext(ctx, "mvn", "-B", "-q", "-C", copyGoal, "-DoutputDirectory="+fetched,
		"-Dartifact=org.keycloak:keycloak-quarkus-dist:"+version+":tar.gz")
	fetch.Dir = fetched // where no pom.xml lies
	if output, err := fetch.CombinedOutput(); err != nil {
		return "", fmt.Errorf("Maven did not fetch Keycloak %s: %w\n%s", version, err, output)
	}
	archive := filepath.Join(fetched, "keycloak-quarkus-dist-"+version+".tar.gz")
	if err := verify(archive); err != nil {
		return "", err
	}
	return kept, os.Rename(archive, kept)
}

// verify compares the archive's checksum.
func verify(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != sum {
		return fmt.Errorf("%s has the SHA-256 %s, not %s: it is not what was pinned, so it is not started", path, got, sum)
	}
	return nil
}
