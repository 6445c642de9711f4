//go:build image

package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// pulled pushes the image to a registry on loopback, pulls it from there, and unpacks it as a container engine does. It
// gives the bundle.
func pulled(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	defer server.Close()
	reference := strings.TrimPrefix(server.URL, "http://") + "/conformance:v1"
	digest, err := built.image(reference)
	if err != nil {
		t.Fatal(err)
	}
	named, err := name.ParseReference(strings.TrimSuffix(reference, ":v1") + "@" + digest)
	if err != nil {
		t.Fatal(err)
	}
	image, err := remote.Image(named, remote.WithPlatform(v1.Platform{OS: "linux", Architecture: runtime.GOARCH}))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	stored, err := layout.Write(filepath.Join(folder, "layout"), empty.Index)
	if err == nil {
		err = stored.AppendImage(image,
			layout.WithAnnotations(map[string]string{"org.opencontainers.image.ref.name": "v1"}))
	}
	if err != nil {
		t.Fatal(err)
	}
	bundle := filepath.Join(folder, "bundle")
	must(t, "umoci", "unpack", "--image", filepath.Join(folder, "layout")+":v1", bundle)
	return bundle
}

// contained changes the bundle's configuration: the root is read-only, reports go to the folder, the network is this
// machine's, and the arguments stand behind the image's entry point.
func contained(t *testing.T, bundle, reports, password string, args []string) {
	t.Helper()
	path := filepath.Join(bundle, "config.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var config map[string]any
	if err := json.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	process, root := config["process"].(map[string]any), config["root"].(map[string]any)
	if user := process["user"].(map[string]any); user["uid"] == 0.0 || user["gid"] == 0.0 {
		t.Errorf("the image runs as %v", user)
	}
	root["readonly"], process["terminal"], process["args"] = true, false, append([]string{"/conformance"}, args...)
	process["env"] = append(process["env"].([]any), "PW="+password)
	linux := config["linux"].(map[string]any)
	var apart []any
	for _, space := range linux["namespaces"].([]any) {
		if space.(map[string]any)["type"] != "network" {
			apart = append(apart, space)
		}
	}
	linux["namespaces"] = apart
	config["mounts"] = append(withoutVolumes(config["mounts"].([]any)), map[string]any{"destination": "/judge/reports",
		"type": "bind", "source": reports, "options": []string{"bind", "rw"}})
	if text, err = json.Marshal(config); err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// withoutVolumes are the mounts without the place that unpacking made for the volume.
func withoutVolumes(mounts []any) (others []any) {
	for _, m := range mounts {
		if m.(map[string]any)["destination"] != "/judge/reports" {
			others = append(others, m)
		}
	}
	return others
}

// The image judges as nobody, with a root that cannot be written, and writes nothing but reports.
func TestTheImageJudgesWithoutRights(t *testing.T) {
	for _, tool := range []string{"umoci", "runc"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is missing: apt-get install umoci runc", tool)
		}
	}
	bundle, program := pulled(t), filepath.Join(unpacked(t), "conformance")
	for name, c := range judged {
		t.Run(name, func(t *testing.T) {
			p := serve(t, program, c.faults...)
			reports := t.TempDir()
			if err := os.Chmod(reports, 0o777); err != nil {
				t.Fatal(err)
			}
			contained(t, bundle, reports, p.password, p.tried())
			cmd := exec.Command("runc", "--root", t.TempDir(), "run", "--bundle", bundle, "conformance-"+name)
			expect(t, cmd, c.exit, c.says)
			for _, report := range []string{"index.html", "TEST-saymon.xml", "saymon.json", "evidence/saymon.har"} {
				if _, err := os.Stat(filepath.Join(reports, report)); err != nil {
					t.Error(err)
				}
			}
			left, err := filepath.Glob(filepath.Join(reports, "try-*"))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}
